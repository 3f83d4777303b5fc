from common import *
from datasketch import MinHash, MinHashLSH

alike = 0
if setting == "documented":  # its README: words, 128 permutations, threshold 0.5
    cut, permutations, lsh = words, 128, MinHashLSH(threshold=0.5, num_perm=128)
else:
    cut, bands, rows, alike = swept()
    permutations = bands * rows
    lsh = MinHashLSH(num_perm=permutations, params=(bands, rows))

lines, ids, texts = read()
pairs, removed, sketches = [], set(), []
for i, text in enumerate(texts):
    sketch = MinHash(num_perm=permutations)
    sketch.update_batch([s.encode() for s in set(cut(text))])
    for j in lsh.query(sketch):
        if not alike or sketch.jaccard(sketches[j]) >= alike:
            pairs.append((ids[j], ids[i]))
            removed.add(i)
    lsh.insert(i, sketch)
    if alike:
        sketches.append(sketch)
write(lines, removed)
write_table("pairs.tsv", pairs)
