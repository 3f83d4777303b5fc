from common import *
from rensa import RMinHash, RMinHashDeduplicator, RMinHashLSH

lines, ids, texts = read()
if setting == "documented":  # its README: words, 128 permutations, sketches alike by 0.8
    dedup = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True)
    keep = dedup.add_pairs((str(i), words(text)) for i, text in enumerate(texts))
    write(lines, {i for i, kept in enumerate(keep) if not kept})
else:
    cut, bands, rows, alike = swept()
    lsh = RMinHashLSH(threshold=alike, num_perm=bands * rows, num_bands=bands)
    pairs, removed, sketches = [], set(), []
    for i, text in enumerate(texts):
        sketch = RMinHash(num_perm=bands * rows, seed=42)
        sketch.update(list(cut(text)))
        for j in lsh.query(sketch):
            if sketch.jaccard(sketches[j]) >= alike:
                pairs.append((ids[j], ids[i]))
                removed.add(i)
        lsh.insert(i, sketch)
        sketches.append(sketch)
    write(lines, removed)
    write_table("pairs.tsv", pairs)
