package main

// The packages of tools that both halves use.
var (
	datatrovePackages = []string{"datatrove[io,processing,multilingual]==0.10.1", "spacy==3.8.18"}
	dolmaPackages     = []string{"dolma==1.2.1", "boto3==1.28.17", "aiobotocore==2.5.4"}
)

// Filters and cleaners. Thresholds are those that were published with the data sets that they made, which the adapters name.
var qualityTools = []tool{
	{kindQuality, ownName, "this checkout", nil, "", "corpusctl_quality.sh", []setting{
		{"default", "its preset for news, the labelled texts within their corpora"},
		{"alone", "the same, but the labelled texts by themselves: nothing to learn from their sources"},
		{"none", "its repairs alone, no rule drops anything"},
		{"fineweb2-arb", "its preset of FineWeb-2's rules for Arabic, after its repairs"},
		{"gopher", "its preset of Gopher's rules, after its repairs"},
		{"c4", "its preset of C4's rules, after its repairs"},
		{"fineweb", "its preset of FineWeb's rules, after its repairs"},
	}},
	{kindQuality, "datatrove", "0.10.1", datatrovePackages, "", "datatrove_filters.py", []setting{
		{"fineweb2-arabic", "FineWeb-2's chain with its values for Arabic: the next three"},
		{"fineweb2-arabic-repetition", "GopherRepetitionFilter of that chain"},
		{"fineweb2-arabic-fineweb", "FineWebQualityFilter of that chain"},
		{"fineweb2-arabic-gopher", "GopherQualityFilter of that chain"},
		{"fineweb2-arabic-trimmed", "the chain, white space at the ends of lines taken off before"},
		{"gopher-repetition", "GopherRepetitionFilter with its own thresholds"},
		{"gopher-quality", "GopherQualityFilter with its own thresholds and English stop words"},
		{"fineweb", "FineWebQualityFilter with its own thresholds"},
		{"c4", "C4QualityFilter with its own thresholds, Arabic sentences"},
		{"c4-english", "the same as it comes: English sentences"},
		{"c4-lines", "C4QualityFilter for its lines: no least number of sentences, no rule of braces"},
	}},
	{kindQuality, "dolma", "1.2.1", dolmaPackages, "", "dolma_taggers.py", []setting{
		{"gopher", "tagger gopher_v1, mixed as Dolma 1.5"},
		{"gopher-any-language", "the same without its rule of English words"},
		{"c4", "tagger c4_v2, mixed as Dolma 1.5: lines without an end mark are cut"},
		{"c4-flags", "tagger c4_v2: texts with a brace, lorem ipsum, javascript or a bad English word go"},
		{"punctuation", "tagger not_alphanum_paragraph_v1: lines of nothing but punctuation are cut"},
	}},
	{kindQuality, "jusText", "3.0.2", []string{"justext==3.0.2", "lxml_html_clean==0.4.6"}, "", "justext_paragraphs.py", []setting{
		{"documented", "its own stop words of the text's language, each line as a paragraph of HTML"},
		{"tuned", "half of its densities of stop words"},
	}},
	{kindQuality, "trafilatura", "2.3.1", []string{"trafilatura==2.3.1", "lxml_html_clean==0.4.6"}, "", "trafilatura_extract.py", []setting{
		{"documented", "extract(), each line as a paragraph of HTML in an article"},
		{"precision", "the same with favor_precision, as FineWeb-2 calls it"},
	}},
}
