package quality

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/internal/linear"
)

func addPhraseSeeds(f *testing.F, p *Phrases) {
	for _, e := range p.entries {
		for _, text := range append(e.examples, e.not...) {
			f.Add(strings.NewReplacer("⟦", "", "⟧", "").Replace(text), 3, 9)
		}
	}
	for _, text := range []string{"", "\xff\xd8شاركها", "@@a@b.c", "المزيد\u00a0\u00a0\u00a0\u00a0المزيد", "a\u0301ـ\u0654 . (", "twitter:@x_y\n...المزيد\r\n//", "\u202bتصوير : x\u202c"} {
		f.Add(text, 0, 1)
	}
}

// checkSpans checks the promises of Phrases.Append.
func checkSpans(t *testing.T, text string, spans, taken []Span) {
	t.Helper()
	at, valid := 0, utf8.ValidString(text)
	for _, s := range spans {
		if s.Start < at || s.End <= s.Start || s.End > len(text) || s.Rule == "" || s.Kind == Code {
			t.Fatalf("%+v after %d in %q", s, at, text)
		}
		at = s.End
		if valid && (!utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
			t.Fatalf("%+v splits a rune of %q", s, text)
		}
		if in := text[s.Start:s.End]; strings.TrimSpace(in) != in {
			t.Fatalf("%+v has white space at its borders: %q", s, in)
		}
		for _, c := range taken {
			if s.Start < c.End && c.Start < s.End {
				t.Fatalf("%+v overlaps %+v, which is taken", s, c)
			}
		}
	}
}

// FuzzPhrases checks the promises about spans, with a stretch of the text taken already.
func FuzzPhrases(f *testing.F) {
	p := defaultPhrases(f)
	addPhraseSeeds(f, p)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		var taken []Span
		if 0 <= a && a < b && b <= len(text) && (!utf8.ValidString(text) || utf8.ValidString(text[:a]) && utf8.ValidString(text[:b])) {
			taken = []Span{{Start: a, End: b, Kind: Code, Rule: "orphan"}}
		}
		spans := p.Append(nil, text, taken)
		checkSpans(t, text, spans, taken)
		again := p.Append([]Span{{Rule: "kept"}}, text, taken)
		if len(again) != len(spans)+1 || again[0].Rule != "kept" {
			t.Fatalf("a second call found %v, the first %v", again, spans)
		}
	})
}

// FuzzPhraseWord compares the number of a word, folded on the way, with that by the whole of the folding.
func FuzzPhraseWord(f *testing.F) {
	p := defaultPhrases(f)
	addPhraseSeeds(f, p)
	f.Fuzz(func(t *testing.T, text string, _, _ int) {
		l := phraseLexer{words: p.words}
		at := 0
		for at < len(text) {
			w := l.next(text, at, len(text))
			if w.start == len(text) {
				break
			}
			if w.start < at || w.end <= w.start || w.end > len(text) {
				t.Fatalf("%+v after %d in %q", w, at, text)
			}
			if word := text[w.start:w.end]; w.class < linkWord && len(word) <= maxPhraseWord {
				want, ok := p.words.ids[arabic.Fold(word)]
				if !ok {
					want = noWord
				}
				if w.id != want {
					t.Fatalf("%q is %d, by folding %d", word, w.id, want)
				}
			}
			at = w.end
		}
	})
}

// TestPhrasesOnEdits puts the examples of the table through every edit of one byte taken out and every cut.
func TestPhrasesOnEdits(t *testing.T) {
	p := defaultPhrases(t)
	for _, e := range p.entries {
		for _, text := range e.examples {
			text = strings.NewReplacer("⟦", "", "⟧", "").Replace(text)
			for i := range len(text) {
				for _, x := range []string{text[:i], text[i:], text[:i] + text[i+1:]} {
					checkSpans(t, x, p.Append(nil, x, nil), nil)
				}
			}
		}
	}
}

// TestPhrasesLinear feeds what could make a search turn back: time must grow with the text, whatever it is made of.
func TestPhrasesLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 8 MB of each")
	}
	p := defaultPhrases(t)
	for _, unit := range []string{
		"(", "\"", "a", "ا", " ", "\n", ".", "@", "a@", "...المزيد ", "المزيد\n", "شارك ", "شاركها\n", "فيسبوك تويتر ", "اقرأ أيضا:\n", "مقالات أخرى للكاتب ",
		"مقالات أخرى للكاتب\n", "ـ", "\u064b", "\xff", "\u00a0", "-", "www.", "اقرأ أيضا. ", "(تصوير: ", ")\n", "قال الوزير إن العمل مستمر. ", "1 ", "http://a/",
	} {
		linear.Check(t, unit, 4<<20, func(text string) { checkSpans(t, text, p.Append(nil, text, nil), nil) })
	}
}
