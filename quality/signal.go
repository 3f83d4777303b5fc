package quality

// Signals are numbers about one document, with the field's names where the field has one (see [SignalNames]). Shares lie in
// [0, 1] and are 0 where there is nothing to divide by; lengths are in Unicode code points; a flag is 0 or 1.
//
// A token is what a blank spaCy pipeline for Arabic makes of a text, nearly: words, and each sign at a word's border by itself
// (signal_tokens.go says where it differs). A line ends with "\n"; a row ends wherever Python's str.splitlines ends one.
type Signals struct {
	// Sizes.
	Chars     float64 // the text
	Lines     float64 // lines that are not blank
	Tokens    float64 // words and signs
	Sentences float64 // within rows, by spaCy's rule: a sentence-final sign, then anything but a sign

	// Gopher's quality rules (Rae et al. 2021, arXiv:2112.11446, appendix A1.1), as datatrove computes them.
	GopherWords         float64 // tokens with a character outside datatrove's PUNCTUATION_SET, which lacks ، and ؛
	GopherMeanWord      float64 // their mean length
	GopherHashes        float64 // "#" per token
	GopherEllipses      float64 // "..." and "…" per token
	GopherBulletRows    float64 // share of rows that begin with "•" or "-"
	GopherEllipsisRows  float64 // share of rows that end with "..." or "…"
	GopherAlphaWords    float64 // share of tokens with a letter; signs count below the line, hence guillemets lower it
	StopWords           [exactLists]float64
	GopherDupLines      float64    // share of lines, blank ones of spaces too, that stood before
	GopherDupLineChars  float64    // their characters, share of the text
	GopherDupParas      float64    // the same of paragraphs: stretches between two or more "\n"
	GopherDupParaChars  float64    //
	GopherTopNGram      [3]float64 // characters of the most frequent 2-, 3-, 4-gram of tokens × its count, share of the text: can pass 1
	GopherDupNGramChars [6]float64 // characters in 5- to 10-grams that stood before, none counted twice, share of the text

	// FineWeb's rules (Penedo et al. 2024, arXiv:2406.17557), as datatrove computes them: no line is trimmed.
	FineWebEndMarks float64 // share of lines whose very last character ends a sentence (Unicode's Sentence_Terminal)
	FineWebShort    float64 // share of lines of 30 characters or fewer
	FineWebDupChars float64 // characters of lines that stood before, share of the text without "\n"
	FineWebNewlines float64 // "\n" per token: can pass 1

	// C4's line filter (Raffel et al. 2020), as datatrove orders its rules; the second without the rule of end marks; and
	// mC4's paragraphs (Xue et al. 2021).
	C4, C4NoEndMark C4Signals
	MC4ThirdLine    float64 // length of the third longest line

	// BigScience's ROOTS filters (Laurençon et al. 2022), from tokens instead of a split at spaces and signs.
	BigScienceLongWords float64 // share of words longer than 25 characters: the recipe takes them out
	BigScienceWordRep   float64 // share of 5-grams of tokens that occur more than once
	BigScienceCharRep   float64 // of 10-grams of characters, by √n of the most frequent; only if Analyzer.CharRepetition
	BigScienceSpecial   float64 // share of characters that are neither letters, digits, marks nor white space

	// RedPajama-2 (Weber et al. 2024). Those that take [a-zA-Z] for the alphabet do so here; where its words are lower-cased and
	// cut at spaces without ASCII signs, here they are tokens with a letter or digit, case kept.
	RPWords         float64 // rps_doc_word_count
	RPMeanWord      float64 // rps_doc_mean_word_length
	RPUnique        float64 // rps_doc_frac_unique_words
	RPEntropy       float64 // rps_doc_unigram_entropy, in nats
	RPSymbols       float64 // rps_doc_symbol_to_word_ratio: "#", "...", "…" per word: can pass 1
	RPNoAlpha       float64 // rps_doc_frac_no_alph_words: words without an ASCII letter
	RPCaps          float64 // rps_doc_frac_all_caps_words: words of upper-case letters alone
	RPCurly         float64 // rps_doc_curly_bracket: "{" and "}", share of characters
	RPLorem         float64 // rps_doc_lorem_ipsum: "lorem ipsum" per character
	RPLineEllipsis  float64 // rps_doc_frac_lines_end_with_ellipsis
	RPLineEndMark   float64 // rps_lines_ending_with_terminal_punctution_mark (so spelled): . ! ? ”, mean over lines
	RPLineBullet    float64 // rps_lines_start_with_bulletpoint, mean over lines
	RPLineJS        float64 // rps_lines_javascript_counts, sum over lines
	RPLineWords     float64 // rps_lines_num_words, mean over lines
	RPLineNumerical float64 // rps_lines_numerical_chars_fraction, of the whole text
	RPLineUpper     float64 // rps_lines_uppercase_letter_fraction, of the whole text

	// Scripts and languages (script.go). Shares of letters, then of characters, then of words.
	LettersArabic   float64 // letters of the Arabic language
	LettersExtended float64 // other letters of the Arabic script: Persian, Urdu, Kurdish, Pashto, Sindhi, Uighur, Jawi
	LettersLatin    float64
	LettersOther    float64
	Letters         float64 // share of characters
	Digits          float64 // share of characters
	Lost            float64 // U+FFFD and "??" runs, share of characters: what a wrong encoding left
	WordsOf         [foldedLists]float64

	// What news-ar looks at: the text as a reader sees it. A unit is a trimmed line, or, where a text has one line only (NBSP
	// paragraphs count as its sentences), a sentence.
	ProseWords    float64 // tokens with a letter that are longer than one character
	Units         float64
	UnitsFinished float64 // share of units that end with a mark, closing quotes and brackets aside
	UnitsDupChars float64 // characters of units of 20 bytes or more that stood before, share of those of all units
	UnitWords     float64 // prose words per unit
	EndsOpen      float64 // flag: the text ends with a colon, comma, or question: more was to come
	NumberTokens  float64 // share of tokens, signs aside, that are numbers
}

// C4Signals is what C4's line filter leaves of a document.
type C4Signals struct {
	Sentences float64 // in the lines that are left
	Curly     float64 // flag: a line that got that far holds "{": the document goes
	Lorem     float64 // flag: a line that got that far holds "lorem ipsum": the document goes
}

// A signalName binds a name in files to a field.
type signalName struct {
	name string
	of   func(*Signals) *float64
}

// SignalNames lists the names of all signals, in the order of files.
func SignalNames() []string {
	names := make([]string, len(signalNames))
	for i, s := range signalNames {
		names[i] = s.name
	}
	return names
}

// Value returns the signal of that name; false if there is none.
func (s *Signals) Value(name string) (float64, bool) {
	if i := signalIndex(name); i >= 0 {
		return s.At(i), true
	}
	return 0, false
}

// At returns the signal whose name is the i-th of SignalNames.
func (s *Signals) At(i int) float64 { return *signalNames[i].of(s) }

func signalIndex(name string) int {
	for i := range signalNames {
		if signalNames[i].name == name {
			return i
		}
	}
	return -1
}
