from common import *
from gaoya.minhash import MinHashStringIndex

if setting == "documented":  # the constructor's own: words, 20 bands of 5, Jaccard 0.75
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=0.75, num_bands=20, band_size=5, analyzer="word", lowercase=True, ngram_range=(1, 1))
else:  # it cuts shingles itself
    kind, n, bands, rows, alike = re.fullmatch(r"(char|word)[a-z]*s(\d+)-(\d+)x(\d+)-([\d.]+)", setting).groups()
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=float(alike), num_bands=int(bands), band_size=int(rows),
                               analyzer=kind, lowercase=True, ngram_range=(int(n), int(n)))

lines, ids, texts = read()
index.par_bulk_insert_docs(list(range(len(texts))), texts)
pairs = [(j, i) for i, found in enumerate(index.par_bulk_query(texts)) for j in found if j < i]
write(lines, {i for _, i in pairs})
write_table("pairs.tsv", ((ids[j], ids[i]) for j, i in pairs))
