"""Writes measures.json: what scikit-learn (precision, recall, F1, adjusted Rand index), numpy (percentiles) and a plain computation with fractions
(B-cubed, from its definition item by item) say of random cases. Run with scikit-learn 1.9.1: python3 reference.py > measures.json"""
import json, random
from fractions import Fraction
import numpy
from sklearn.metrics import adjusted_rand_score, precision_recall_fscore_support

def bcubed(right, said):
    n, p, r = len(right), Fraction(0), Fraction(0)
    for i in range(n):
        inside = [j for j in range(n) if said[j] == said[i]]
        belong = [j for j in range(n) if right[j] == right[i]]
        both = len(set(inside) & set(belong))
        p += Fraction(both, len(inside)); r += Fraction(both, len(belong))
    return float(p / n), float(r / n)

random.seed(7)
clusterings, judgements, quantiles = [], [], []
for k in range(40):
    n = random.choice([2, 3, 5, 12, 40, 90]); top = random.randint(1, n)
    right = [str(random.randrange(top)) for _ in range(n)]
    said = [x if random.random() < k / 40 else 'x' + str(random.randrange(top)) for x in right]
    p, r = bcubed(right, said)
    clusterings.append({'right': right, 'said': said, 'precision': p, 'recall': r, 'rand': float(adjusted_rand_score(right, said))})
for k in range(40):
    n = random.randint(1, 60)
    wanted = [random.randint(0, 1) for _ in range(n)]
    called = [w if random.random() < k / 40 else random.randint(0, 1) for w in wanted]
    if not sum(wanted) or not sum(called): continue
    p, r, f, _ = precision_recall_fscore_support(wanted, called, average='binary')
    judgements.append({'wanted': wanted, 'called': called, 'precision': float(p), 'recall': float(r), 'f1': float(f)})
for n in (1, 2, 3, 10, 77):
    x = sorted(random.random() for _ in range(n))
    quantiles.append({'sorted': x, 'low': float(numpy.percentile(x, 2.5)), 'high': float(numpy.percentile(x, 97.5))})
print(json.dumps({'clusterings': clusterings, 'judgements': judgements, 'quantiles': quantiles}))
