package main

// tool is one that people use, at a pinned version.
type tool struct {
	kind     string // of result
	name     string
	version  string
	packages []string // that pip installs into an environment of its own; none for what the system has
	python   string   // that it wants, where python3 is not enough
	adapter  string   // file in tools
	settings []setting
}

// setting is how a tool is called.
type setting struct {
	name string // the adapter's third argument
	why  string
}

const (
	kindDuplicates = "duplicates"
	ownName        = "corpusctl"
)

// The settings called tuned are what we would set for Arabic news: character shingles of normalised text instead of words, and bands that
// find most without running together. They were not swept (docs/COMPARISON.md, "Settings").
var catalogue = []tool{
	{kindDuplicates, ownName, "this checkout", nil, "", "corpusctl.sh", []setting{
		{"default", "as it comes"},
		{"raw", "`--compare raw`: leftovers not masked"},
	}},
	{kindDuplicates, "sort -u", "coreutils, jq", nil, "", "exact.sh", []setting{
		{"raw", "equal texts, byte by byte"},
		{"folded", "equal after `corpusctl fold`"},
	}},
	{kindDuplicates, "datasketch", "2.0.0", []string{"datasketch==2.0.0"}, "", "datasketch_lsh.py", []setting{
		{"documented", "its README: words, 128 permutations, threshold 0.5"},
		{"tuned", "7 characters, 14 bands of 8"},
	}},
	{kindDuplicates, "rensa", "0.5.0", []string{"rensa==0.5.0"}, "", "rensa_dedup.py", []setting{
		{"documented", "its README: words, 128 permutations, sketches alike by 0.8"},
		{"tuned", "7 characters, 32 bands of 4, sketches alike by 0.6"},
	}},
	{kindDuplicates, "gaoya", "0.2.2", []string{"gaoya==0.2.2"}, "", "gaoya_index.py", []setting{
		{"documented", "the constructor's own: words, 20 bands of 5, sketches alike by 0.75"},
		{"tuned", "7 characters, 42 bands of 4, sketches alike by 0.6"},
	}},
	{kindDuplicates, "datatrove", "0.10.1", []string{"datatrove[io,processing,multilingual]==0.10.1", "spacy==3.8.18"}, "", "datatrove_minhash.py", []setting{
		{"documented", "its default: 5 words (English tokens), 14 bands of 8"},
		{"fineweb2-arabic", "FineWeb-2: 5 words (Arabic tokens), 14 bands of 8"},
		{"tuned", "2 words, 14 bands of 8"},
	}},
	{kindDuplicates, "text-dedup", "0.4.1", []string{"text-dedup==0.4.1"}, "python3.12", "text_dedup_minhash.py", []setting{
		{"documented", "its README: 5 words, 240 permutations, Jaccard 0.7, checked"},
		{"tuned", "2 words, 240 permutations, Jaccard 0.5, checked"},
	}},
	{kindDuplicates, "dolma", "1.2.1", []string{"dolma==1.2.1", "boto3==1.28.17", "aiobotocore==2.5.4"}, "", "dolma_bloom.py", []setting{
		{"documented", "Bloom filter over whole texts"},
	}},
}
