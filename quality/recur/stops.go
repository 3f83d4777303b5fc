package recur

import (
	"math/bits"
	"slices"
)

// stops are the bytes of a text at which a splitter has more to do in the midst of a sentence than to pass on: a bitmap, where each
// marks the last byte of what ends lines or sentences, of two blanks in a row, of Latin that Arabic touches. All else there is part of the
// sentence, and so is one blank. A mark may be there for nothing; none is missing.
type stops []uint64

// read finds the stops of a text.
func (s *stops) read(text string) {
	n := (len(text) + 63) / 64
	if cap(*s) > keptStops && n <= keptStops {
		*s = nil
	}
	*s = slices.Grow((*s)[:0], n)[:n]
	if n > 0 && !s.blocks(text) {
		s.plain(text)
	}
}

// keptStops is how many words a splitter holds on to: those of a text of some megabytes.
const keptStops = 1 << 16

// plain is what the kernel does, byte by byte.
func (s stops) plain(text string) {
	for k := range s {
		s[k] = 0
	}
	begun := uint8(0)
	for i := range len(text) {
		b := text[i]
		if stopTable[stopAlone+int(b)]|begun&stopTable[stopSecond+int(b)] != 0 {
			s[i>>6] |= 1 << (i & 63)
		}
		begun = stopTable[stopFirst+int(b)]
	}
}

// next returns the first marked byte from i on, or end if there is none before.
func (s stops) next(i, end int) int {
	k := i >> 6
	if k >= len(s) {
		return end
	}
	if w := s[k] >> (i & 63); w != 0 {
		return min(i+bits.TrailingZeros64(w), end)
	}
	for k++; k < len(s); k++ {
		if s[k] != 0 {
			return min(k<<6+bits.TrailingZeros64(s[k]), end)
		}
	}
	return end
}

// Where the three tables stand in stopTable: what a byte is by itself, what pairs it may begin, what pairs it may end. The kernel knows
// that the lowest bit of the first marks, and the five lowest of pairs.
const (
	stopAlone  = 0
	stopFirst  = 256
	stopSecond = 512
)

var stopTable = func() *[768]uint8 {
	t := new([768]uint8)
	for c, class := range asciiClass {
		if class == breaker || class == ender || c == '\t' {
			t[stopAlone+c] = 1
		}
	}
	for bit, pair := range []struct{ first, second string }{
		{" ", " "},
		{"\xC2", "\x85\xA0"},
		{"\x80", "\xA6\xA8\xA9"}, // behind E2
		{"\xD8", "\x9F"},
		{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "\xD8\xD9\xDA\xDB"},
	} {
		for i := range len(pair.first) {
			t[stopFirst+int(pair.first[i])] |= 1 << bit
		}
		for i := range len(pair.second) {
			t[stopSecond+int(pair.second[i])] |= 1 << bit
		}
	}
	return t
}()

// midst returns the place from i on, and before end, of the first character that stops, or end.
func (s stops) midst(text string, i, end int) int {
	far := min(len(text), end+2) // the last byte of a character that begins before end
	for b := s.next(i, far); b < far; b = s.next(b+1, far) {
		if at := begins(text, b); at >= i {
			return min(at, end)
		}
	}
	return end
}

// begins returns where that begins whose last byte is marked, or -1 if the mark is there for nothing.
func begins(text string, b int) int {
	switch c := text[b]; {
	case c < 0x80 && c != ' ' || c >= 0xD8: // a mark, or the Arabic behind Latin
		return b
	case b > 1 && text[b-1] == 0x80:
		if text[b-2] == 0xE2 {
			return b - 2
		}
		return -1
	}
	return b - 1
}
