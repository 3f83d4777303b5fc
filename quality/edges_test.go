package quality

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPlainEdges: what the quick looks call plain, no trim takes.
func TestPlainEdges(t *testing.T) {
	for r := range rune(utf8.MaxRune) {
		s := string(r)
		if !plainStart(s) && !plainEnd(s) {
			continue
		}
		if invisible(r) || pythonSpace(r) || trimmed("a"+s) == "a" {
			t.Errorf("%U is plain, and trimmed", r)
		}
	}
	for i, c := range cells() {
		if c&isPlain != 0 && !caseless([]rune(string([]byte{byte(i >> 8), byte(i)}))[0]) {
			t.Errorf("%x is plain, and not caseless", i)
		}
	}
	if !plainStart("ابت") || !plainEnd("ابت") || !plainStart("(ا") || !plainEnd("ا.") {
		t.Error("what is plain is not")
	}
}

// FuzzEdges compares what looks at the ends of a text with what walks all of it.
func FuzzEdges(f *testing.F) {
	for _, s := range []string{"", "قال. ثم ذهب", "قال؟» ثم. a.b .)(. ا", "\xd9 \xd8", "\u200f.\u00a0x\ufffd", "....", "!ا\"!ا", "\xe2\x80. \x9f", "ا.\xff ا"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := 0
		eachSentence(s, func(at int) { want = at })
		if got := lastBegin(s); got != want {
			t.Errorf("the last sentence of %q begins at %d, want %d", s, got, want)
		}
		if got, want := trimRight(s), strings.TrimRightFunc(s, invisible); got != want {
			t.Errorf("%q trimmed on the right is %q, want %q", s, got, want)
		}
		if got, want := trimLeft(s), strings.TrimLeftFunc(s, invisible); got != want {
			t.Errorf("%q trimmed on the left is %q, want %q", s, got, want)
		}
		if n := leastRunes(s); n > utf8.RuneCountInString(s) || utf8.ValidString(s) && n < utf8.RuneCountInString(s) {
			t.Errorf("%q has %d characters at least", s, n)
		}
		for n := range 40 {
			if holds(s, n) != (utf8.RuneCountInString(s) >= n) {
				t.Errorf("%q holds %d characters or not", s, n)
			}
		}
	})
}
