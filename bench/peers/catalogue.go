package main

import "slices"

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
	kindQuality    = "quality"
	ownName        = "corpusctl"
)

var catalogue = slices.Concat(duplicateTools, qualityTools, sweepTools())

// find returns a setting of a tool, nil if there is none of these names.
func find(kind, name, settingName string) (*tool, setting) {
	for i := range catalogue {
		t := &catalogue[i]
		for _, s := range t.settings {
			if t.kind == kind && t.name == name && s.name == settingName {
				return t, s
			}
		}
	}
	return nil, setting{}
}

// The settings called tuned are the best of a sweep on the first documents (sweep.go) of those tools that it was made for. Of datatrove and text-dedup,
// which take a minute and more for a run, they are what we would set for Arabic news.
var duplicateTools = []tool{
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
		{tunedSetting, tunedTo["datasketch"]},
	}},
	{kindDuplicates, "rensa", "0.5.0", []string{"rensa==0.5.0"}, "", "rensa_dedup.py", []setting{
		{"documented", "its README: words, 128 permutations, sketches alike by 0.8"},
		{tunedSetting, tunedTo["rensa"]},
	}},
	{kindDuplicates, "gaoya", "0.2.2", []string{"gaoya==0.2.2"}, "", "gaoya_index.py", []setting{
		{"documented", "the constructor's own: words, 20 bands of 5, sketches alike by 0.75"},
		{tunedSetting, tunedTo["gaoya"]},
	}},
	{kindDuplicates, "datatrove", "0.10.1", datatrovePackages, "", "datatrove_minhash.py", []setting{
		{"documented", "its default: 5 words (English tokens), 14 bands of 8"},
		{"fineweb2-arabic", "FineWeb-2: 5 words (Arabic tokens), 14 bands of 8"},
		{tunedSetting, "2 words, 14 bands of 8"},
	}},
	{kindDuplicates, "text-dedup", "0.4.1", []string{"text-dedup==0.4.1"}, "python3.12", "text_dedup_minhash.py", []setting{
		{"documented", "its README: 5 words, 240 permutations, Jaccard 0.7, checked"},
		{tunedSetting, "2 words, 240 permutations, Jaccard 0.5, checked"},
	}},
	{kindDuplicates, "dolma", "1.2.1", dolmaPackages, "", "dolma_bloom.py", []setting{
		{"documented", "Bloom filter over whole texts"},
	}},
}
