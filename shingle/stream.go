package shingle

import (
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// Stream yields the shingle hashes of one text in blocks, so that a text of any length costs one buffer.
//
//	s := shingle.NewStream(folded, 7)
//	for n := s.Next(buf, nil); n > 0; n = s.Next(buf, nil) {
//		use(buf[:n])
//	}
type Stream struct {
	text       []byte
	start, end int // the next shingle is text[start:end]; done when start < 0
}

// NewStream starts at the first shingle of k characters, k >= 1, of a folded text in UTF-8. The text is not copied and must not
// change while the stream is read. Bytes that are not UTF-8 count as one character each.
func NewStream(text []byte, k int) Stream {
	if len(text) == 0 {
		return Stream{start: -1}
	}
	return Stream{text: text, end: advance(text, 0, max(k, 1))}
}

// Next fills hashes with the hashes of the next shingles, in order of position, and returns how many there are: len(hashes), or
// fewer at the end of the text, then 0. When starts is not nil it must be as long as hashes, and gets the place in bytes where
// each shingle begins.
func (s *Stream) Next(hashes []uint64, starts []int32) int {
	n := 0
	text, start, end := s.text, s.start, s.end
	for n < len(hashes) && start >= 0 {
		hashes[n] = xxhash.Sum64(text[start:end])
		if starts != nil {
			starts[n] = int32(start)
		}
		n++
		if end >= len(text) {
			start = -1
			break
		}
		start += width(text, start)
		end += width(text, end)
	}
	s.start, s.end = start, end
	return n
}

// Append appends the hashes of all k-shingles of a folded text to dst, in order of position.
func Append(dst []uint64, text []byte, k int) []uint64 {
	var buf [256]uint64
	s := NewStream(text, k)
	for n := s.Next(buf[:], nil); n > 0; n = s.Next(buf[:], nil) {
		dst = append(dst, buf[:n]...)
	}
	return dst
}

// Count returns the number of k-shingles of a text, repeats included.
func Count(text []byte, k int) int {
	if len(text) == 0 {
		return 0
	}
	return max(1, utf8.RuneCount(text)-max(k, 1)+1)
}

// advance returns the place n characters after place i, or the end of the text.
func advance(text []byte, i, n int) int {
	for ; n > 0 && i < len(text); n-- {
		i += width(text, i)
	}
	return i
}

// width is the length in bytes of the character at place i. Folded text is ASCII and two-byte letters but for rare ones.
func width(text []byte, i int) int {
	c := text[i]
	if c < utf8.RuneSelf {
		return 1
	}
	if c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 {
		return 2
	}
	_, n := utf8.DecodeRune(text[i:])
	return n
}
