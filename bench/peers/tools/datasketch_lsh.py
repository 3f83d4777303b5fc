from common import *
from datasketch import MinHash, MinHashLSH

if setting == "documented":  # its README: words, 128 permutations, threshold 0.5
    cut, permutations, lsh = words, 128, MinHashLSH(threshold=0.5, num_perm=128)
else:
    cut, permutations, lsh = characters, 112, MinHashLSH(num_perm=112, params=(14, 8))

lines, ids, texts = read()
pairs, removed = [], set()
for i, text in enumerate(texts):
    sketch = MinHash(num_perm=permutations)
    sketch.update_batch([s.encode() for s in set(cut(text))])
    for j in lsh.query(sketch):
        pairs.append((ids[j], ids[i]))
        removed.add(i)
    lsh.insert(i, sketch)
write(lines, removed)
write_table("pairs.tsv", pairs)
