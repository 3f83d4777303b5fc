package quality

import (
	"slices"
	"testing"
	"unicode/utf8"
)

// plainEncoding is AppendEncoding with every byte marked: all are looked at.
func plainEncoding(text string) []Span {
	m := marksOf(text)
	for i := range m.wrong {
		m.wrong[i] = ^uint64(0)
	}
	return appendEncoding(nil, text, m)
}

// FuzzEncoding holds the spans against what is promised of them, and against those found without marks.
func FuzzEncoding(f *testing.F) {
	for _, s := range []string{
		story, "Ø±Ø³Ø§Ù„Ø© Ù…Ù† &amp;quot; \x1a", "ط§ظ„ط¹ط±ط¨ظٹط©", "ÇáÚÑÈíÉ¡ æÞÇá", "ÿ±ÿ≥ÿßŸÑÿ©", "â€œaâ€ ï»¿ ðŸ˜€", "http://a&amp;b&quot;&lt;", "\xd8\xb7\xc2\xa7",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spans, at := AppendEncoding(nil, text), 0
		if plain := plainEncoding(text); !slices.Equal(spans, plain) {
			t.Fatalf("%q: %+v, without marks %+v", text, spans, plain)
		}
		for _, s := range spans {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%q: %+v after %d", text, s, at)
			}
			if !utf8.ValidString(text[s.Start:s.End]) || !utf8.ValidString(s.Put) {
				t.Fatalf("%q: %+v is not on rune borders", text, s)
			}
			if s.Kind != Other || s.Rule == "" || s.Mark || s.Put == text[s.Start:s.End] {
				t.Fatalf("%q: %+v", text, s)
			}
			at = s.End
		}
		if utf8.ValidString(text) && !utf8.ValidString(repaired(text, spans)) {
			t.Fatalf("%q: spoilt", text)
		}
	})
}
