package quality_test

import (
	"math"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/quality"
)

// compared are the signals that the reference computes too.
var compared = []string{"chars", "lines", "tokens", "sentences", "gopher_words", "gopher_mean_word_length", "gopher_hash_ratio",
	"gopher_ellipsis_ratio", "gopher_bullet_lines", "gopher_ellipsis_lines", "gopher_alpha_words", "stop_words_en", "stop_words_arb",
	"gopher_dup_lines", "gopher_dup_line_chars", "gopher_dup_paragraphs", "gopher_dup_paragraph_chars", "gopher_top_2gram",
	"gopher_top_3gram", "gopher_top_4gram", "gopher_dup_5grams", "gopher_dup_6grams", "gopher_dup_7grams", "gopher_dup_8grams",
	"gopher_dup_9grams", "gopher_dup_10grams", "fineweb_line_punct", "fineweb_short_lines", "fineweb_char_dup", "fineweb_new_lines",
	"c4_sentences_left", "c4_has_curly", "c4_has_lorem_ipsum", "c4_no_punct_sentences_left", "c4_no_punct_has_curly",
	"c4_no_punct_has_lorem_ipsum", "mc4_third_longest_line", "bigscience_word_repetition", "bigscience_char_repetition",
	"rps_doc_frac_unique_words", "rps_doc_unigram_entropy"}

// unbounded are the signals that are no share: counts, lengths, entropy, and ratios that can pass 1.
var unbounded = map[string]bool{"chars": true, "lines": true, "tokens": true, "sentences": true, "gopher_words": true,
	"gopher_mean_word_length": true, "gopher_hash_ratio": true, "gopher_ellipsis_ratio": true, "gopher_top_2gram": true,
	"gopher_top_3gram": true, "gopher_top_4gram": true, "fineweb_new_lines": true, "c4_sentences_left": true,
	"c4_no_punct_sentences_left": true, "mc4_third_longest_line": true, "rps_doc_word_count": true, "rps_doc_mean_word_length": true,
	"rps_doc_unigram_entropy": true, "rps_doc_symbol_to_word_ratio": true, "rps_doc_num_sentences": true,
	"rps_lines_javascript_counts": true, "rps_lines_num_words": true, "prose_words": true, "units": true, "unit_words": true}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

// checkSignals holds the signals of a text to the reference and to their ranges.
func checkSignals(t *testing.T, a *quality.Analyzer, text string) {
	t.Helper()
	s := *a.Analyze(text)
	for _, name := range quality.SignalNames() {
		v, _ := s.Value(name)
		if math.IsNaN(v) || v < 0 || v > 1 && !unbounded[name] && !strings.HasPrefix(name, "stop_words") {
			t.Fatalf("%s of %q is %v", name, text, v)
		}
	}
	valid := strings.ToValidUTF8(text, "\uFFFD")
	s = *a.Analyze(valid)
	want := refSignals(valid)
	for _, name := range compared {
		g, _ := s.Value(name)
		w, _ := want.Value(name)
		if !near(g, w) {
			t.Fatalf("%s of %q is %v, the reference says %v", name, valid, g, w)
		}
	}
}

var seeds = []string{
	"", " ", "\n", "\n\n", "a", ".", "a\n", "\na", "\na\n", "a\r\nb\rc\vd\fe\u2028f\u0085g",
	benchArticle,
	strings.Repeat(benchArticle, 3),
	"قال «نعم».وقال...لا…ثم 1,5 و10.5 و a.b A.B 3% 5/6 أ/ب it's كلمة،كلمة U.S. http://a.b/c?d=e",
	"one two three.\nfour five six seven! [1]\n\"eight nine ten\" eleven.[12][edit]\nuse cookies here, please.\nJavaScript must be on.",
	"lorem ipsum dolor sit amet.\n{a b c}.\nfunction() { return 1; }\nthree more words...",
	"a b a b a b a b a b a b a b a b a b a b", "a b c d e f g h i j k a b c d e f g h i j k", "x x x x x x x x x x x x x x x x",
	" \n \n \nكلمة\n \n", "# # # ...\n• a\n- b\n-c…\n…", "???? سنة ?? ?????", "[[1]1] [1]] a b c.[]", "{\n}\n{ a b c.",
	"\x00\x01\x1c\x1d \x1e\x1f", "\xff\xfe\xd8", "\u200f \u200f \u200f", "😀 😀.😀", strings.Repeat("ب", 1001) + " a b.", "i.İ.ı K",
	"a#b c{d}e f???g one two three a{b.", "a....b",
	strings.Repeat("الصفحة الرئيسية\n", 5) + "نص قصير",
}

func TestSignalsReference(t *testing.T) {
	a := quality.Analyzer{CharRepetition: true}
	for _, text := range seeds {
		checkSignals(t, &a, text)
	}
}

func FuzzSignals(f *testing.F) {
	for _, text := range seeds {
		f.Add(text)
	}
	a := quality.Analyzer{CharRepetition: true} // reused: what one text leaves behind must not reach the next
	f.Fuzz(func(t *testing.T, text string) { checkSignals(t, &a, text) })
}

// TestSignals has what the reference does not compute, and the quirks of the sources, by example.
func TestSignals(t *testing.T) {
	prose := "ذهب الولد إلى المدرسة في الصباح ثم عاد منها. "
	for _, c := range []struct {
		name, text, signal string
		want               float64
	}{
		{"FineWeb does not trim", "جملة. \nجملة.", "fineweb_line_punct", .5},
		{"FineWeb knows the Arabic question mark", "سؤال؟\nجملة", "fineweb_line_punct", .5},
		{"FineWeb knows no closing quote", "«جملة.»", "fineweb_line_punct", 0},
		{"C4 knows no Arabic question mark", "هل هذا سؤال؟", "c4_sentences_left", 0},
		{"C4 cuts citations before it looks at the end (ours counts one as a sentence)", "one two three.[1]", "c4_sentences_left", 2},
		{"C4 does not trim after it cut citations", "one two three. [1]", "c4_sentences_left", 0},
		{"C4 drops a line for its end before it sees the brace", "a b {c}", "c4_has_curly", 0},
		{"C4 without end marks sees the brace", "a b {c}", "c4_no_punct_has_curly", 1},
		{"C4 drops javascript before it sees the brace", "javascript a { b.", "c4_has_curly", 0},
		{"C4 drops a dots ending", "one two three...", "c4_sentences_left", 0},
		{"the Arabic comma is a word to Gopher", "كلمة ، كلمة", "gopher_words", 3},
		{"guillemets are tokens without a letter", "« كلمة »", "gopher_alpha_words", 1. / 3},
		{"the comma is a stop word to FineWeb-2", "، في", "stop_words_arb", 2},
		{"stop words are told apart, not counted", "من من من", "stop_words_arb", 1},
		{"exact stop words see the hamza", "الى", "stop_words_arb", 0},
		{"folded words do not", "اﻟﻰ إلى", "words_arabic", 1},
		{"nor harakat", "مِنْ", "words_arabic", 1},
		{"Persian by its letters", "کتاب", "letters_arabic_extended", .25},
		{"Persian by its words", "این کتاب است", "words_persian", 2. / 3},
		{"Latin", "abc دهب", "letters_latin", .5},
		{"Cyrillic is other", "abc где", "letters_other", .5},
		{"digits of both kinds", "12٣٤ابجد", "digits", .5},
		{"lost characters", "\uFFFDabc", "lost_chars", .25},
		{"lost digits", "????", "lost_chars", 1},
		{"two question marks are a question", "لا??", "lost_chars", 0},
		{"numbers", "12 نص", "number_tokens", .5},
		{"upper case", "AB ab", "rps_doc_frac_all_caps_words", .5},
		{"RedPajama's alphabet", "كلمة word", "rps_doc_frac_no_alph_words", .5},
		{"javascript lines", "JavaScript\njava", "rps_lines_javascript_counts", 1},
		{"one line: sentences are units", prose + prose + "وهذه جملة بلا نقطة", "units", 3},
		{"a trailing space does not unfinish a unit", "جملة. \u00A0\u200F\nجملة", "units_finished", .5},
		{"nor a closing quote", "قال «نعم.»", "units_finished", 1},
		{"repeated sentences", prose + prose, "units_dup_chars", .5},
		{"ends with a colon", "وفيما يلي النتائج : \n ", "ends_open", 1},
		{"ends with a question", "فما حقيقة هذا المقطع؟", "ends_open", 1},
		{"ends", "انتهى.", "ends_open", 0},
		{"prose words have two characters", "و كلمة 12 .", "prose_words", 1},
	} {
		var a quality.Analyzer
		if got, ok := a.Analyze(c.text).Value(c.signal); !ok || !near(got, c.want) {
			t.Errorf("%s: %s of %q is %v, want %v", c.name, c.signal, c.text, got, c.want)
		}
	}
}

// TestMeasuredPart checks that a text beyond the bound of the tables is still read to its end, and its shares stay shares.
func TestMeasuredPart(t *testing.T) {
	var a quality.Analyzer
	s := a.Analyze(strings.Repeat("كلمة أخرى ", 200_000))
	if s.Tokens != 400_000 || s.GopherDupNGramChars[0] < .7 || s.GopherDupNGramChars[0] > 1 {
		t.Errorf("tokens %v, duplicate 5-grams %v", s.Tokens, s.GopherDupNGramChars[0])
	}
	if s = a.Analyze(""); s.Tokens != 0 || s.GopherDupNGramChars[0] != 0 {
		t.Errorf("the next text has %v tokens", s.Tokens)
	}
}

// TestAllocations: none for each document, once the work space is there.
func TestAllocations(t *testing.T) {
	a := quality.Analyzer{CharRepetition: true}
	long := strings.Repeat(benchArticle, 50)
	a.Analyze(long)
	a.Analyze(long)
	if n := testing.AllocsPerRun(20, func() { a.Analyze(benchArticle); a.Analyze(long) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestSignalNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range quality.SignalNames() {
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
	}
	if _, ok := new(quality.Signals).Value("no such signal"); ok {
		t.Error("a signal that does not exist has a value")
	}
}
