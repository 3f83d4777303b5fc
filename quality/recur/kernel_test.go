package recur

import (
	"slices"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/internal/guarded"
)

// TestGuarded: what finds marks, spaces and digits, or hashes a word, reads and writes nothing behind what it is given.
func TestGuarded(t *testing.T) {
	for _, from := range []string{strings.Repeat("كلمة 12 ", 40), strings.Repeat("1", 300), strings.Repeat(" ", 300), strings.Repeat("\xe2\x80", 160), strings.Repeat("a\xd8(", 120)} {
		for n := range 260 {
			text := guarded.String(t, from[len(from)-n:])
			blocks := (n + 63) / 64
			m := textMarks{stops: guarded.Make[uint64](t, blocks)}
			m.read(text)
			plain := textMarks{stops: make([]uint64, blocks)}
			if plain.plain(text); !slices.Equal(m.stops, plain.stops) {
				t.Fatalf("%q: %x, byte by byte %x", text, m.stops, plain.stops)
			}
			folded := guarded.Bytes(t, text)
			words := foldedMarks{words: guarded.Make[uint64](t, 2*blocks)}
			words.read(folded)
			sameFoldedMarks(t, folded)
			for from := max(0, n-40); from <= n; from++ {
				if got, want := sumWord(folded, from, n), xxhash.Sum64(folded[from:]); got != want {
					t.Fatalf("sum of %q is %x, want %x", folded[from:], got, want)
				}
			}
		}
	}
}
