from common import *
from gaoya.minhash import MinHashStringIndex

if setting == "documented":  # the constructor's own: words, 20 bands of 5, Jaccard 0.75
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=0.75, num_bands=20, band_size=5, analyzer="word", lowercase=True, ngram_range=(1, 1))
else:  # many loose bands, and its own check of the sketches at 0.6
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=0.6, num_bands=42, band_size=4, analyzer="char", lowercase=True, ngram_range=(7, 7))

lines, ids, texts = read()
index.par_bulk_insert_docs(list(range(len(texts))), texts)
pairs = [(j, i) for i, found in enumerate(index.par_bulk_query(texts)) for j in found if j < i]
write(lines, {i for _, i in pairs})
write_table("pairs.tsv", ((ids[j], ids[i]) for j, i in pairs))
