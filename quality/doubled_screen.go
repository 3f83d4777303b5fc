package quality

import (
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// Few texts hold anything twice, so a quick look comes first: units whose foldings are equal begin alike, hence only the beginning
// of each unit is folded, and the text is done with if no two of these agree.

// The beginning of a unit: its first keyBytes folded bytes, which the first keySource bytes of most units give. Folding looks one
// character ahead at most (a mark that joins its letter), so that all but the last few bytes of what they give are final.
const (
	keyBytes  = 64
	keySource = 96
	keySlack  = 8
)

// mayRepeat says whether the text may hold a unit that tells a second time; no is certain.
func (r *repeats) mayRepeat(text string, marks *textMarks) bool {
	r.keys.reset(0)
	for at := 0; at < len(text); {
		end := unitEnd(text, marks, at)
		if key := r.key(text[at:end]); len(key) >= min(repeatedLine, keyBytes) {
			if _, fresh := r.keys.add(xxhash.Sum64(key)); !fresh {
				return true
			}
		}
		at = end
	}
	return false
}

// key returns the first keyBytes of a unit's folding, or all of it if it has fewer.
func (r *repeats) key(unit string) []byte {
	if len(unit) > keySource {
		if r.fold(unit[:wholeRunes(unit, keySource)]); len(r.folded) >= keyBytes+keySlack {
			return r.folded[:keyBytes]
		}
	}
	r.fold(unit)
	return r.folded[:min(len(r.folded), keyBytes)]
}

// wholeRunes returns the last place up to n at which a character begins, or n: half a character folds slowly.
func wholeRunes(s string, n int) int {
	for k := n; k > n-utf8.UTFMax; k-- {
		if utf8.RuneStart(s[k]) {
			return k
		}
	}
	return n
}

func (r *repeats) fold(s string) {
	r.raw = append(r.raw[:0], s...)
	r.folded = arabic.AppendFold(r.folded[:0], r.raw)
}

// unitEnd returns where the unit that begins at i ends: behind a line's end, or behind a mark that ends a sentence (. ! ? ؟ and the
// no-break space that parts the paragraphs of some pages) with white space, or what may be a no-break space, after it. Each is among the marks.
func unitEnd(text string, marks *textMarks, i int) int {
	for {
		if i = bitmap.NextOf(marks.lines, marks.stops, i, len(text)); i == len(text) || endsUnit(text, i) {
			return min(i+1, len(text))
		}
		i++
	}
}

// endsUnit says whether a unit ends with the byte at p.
func endsUnit(text string, p int) bool {
	switch text[p] {
	case '\n':
		return true
	case '.', '!', '?':
	case 0x9F:
		if p == 0 || text[p-1] != 0xD8 {
			return false
		}
	case 0xA0:
		if p == 0 || text[p-1] != 0xC2 {
			return false
		}
	default:
		return false
	}
	if p+1 == len(text) {
		return false // it does, in any case
	}
	next := text[p+1]
	return next == ' ' || next == '\n' || next == '\r' || next == 0xC2
}
