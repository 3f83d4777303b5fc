package quality

import (
	"slices"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/internal/guarded"
)

// guardedTexts calls f with texts of all lengths up to some blocks, of bytes of all kinds.
func guardedTexts(t *testing.T, f func(t *testing.T, text string)) {
	for _, from := range []string{strings.Repeat("ب", 200), strings.Repeat("ب ", 140), screenText, strings.Repeat("\xd8", 300), strings.Repeat("\xe2\x80", 170),
		strings.Repeat("«ب", 90), strings.Repeat("\x00?", 160)} {
		for n := range min(len(from), 260) + 1 {
			f(t, guarded.String(t, from[:n]))
			f(t, guarded.String(t, from[len(from)-n:]))
		}
	}
}

// TestMarksGuarded: what finds marks reads and writes nothing behind what it is given.
func TestMarksGuarded(t *testing.T) {
	guardedTexts(t, func(t *testing.T, text string) {
		m := textMarks{words: guarded.Make[uint64](t, (len(text)+63)/64*3)}
		m.read(text)
		if want := marksOf(text); !slices.Equal(m.words, want.words) {
			t.Fatalf("%q: %x, byte by byte %x", text, m.words, want.words)
		}
	})
}

// TestLettersGuarded: nor does what finds letters, and runs of them.
func TestLettersGuarded(t *testing.T) {
	guardedTexts(t, func(t *testing.T, text string) {
		n := (len(text) + 63) / 64
		got := plainLetters{codes: guarded.Make[byte](t, 64*n+letterSlack), words: guarded.Make[uint64](t, n+2), classes: guarded.Make[blockClasses](t, n)}
		got.read(text)
		var want plainLetters
		want.read(text)
		want.plain(text)
		if string(got.codes) != string(want.codes) || !slices.Equal(got.words, want.words) || !slices.Equal(got.classes, want.classes) {
			t.Fatalf("%q: %x %x %x, byte by byte %x %x %x", text, got.codes, got.words, got.classes, want.codes, want.words, want.classes)
		}
		most := 64*len(got.marks)/3 + 1 + runSlack
		runs := letterRuns{starts: guarded.Make[int32](t, most), ends: guarded.Make[int32](t, most), hashes: guarded.Make[uint64](t, most)}
		room := &runs.starts[0]
		if runs.read(&got); len(runs.starts) > 0 && &runs.starts[0] != room {
			t.Fatal("runs stand elsewhere")
		}
	})
}

// TestSieveGuarded: nor does what finds where phrases may begin.
func TestSieveGuarded(t *testing.T) {
	v := defaultPhrases(t).sieve
	guardedTexts(t, func(t *testing.T, text string) {
		n := (len(text) + 63) / 64
		got, want := guarded.Make[uint64](t, n), make([]uint64, n)
		v.read(got, text)
		if v.plain(want, text); !slices.Equal(got, want) {
			t.Fatalf("%q: %x, byte by byte %x", text, got, want)
		}
	})
}
