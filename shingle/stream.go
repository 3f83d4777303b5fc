package shingle

import (
	"encoding/binary"
	"math"
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// Stream yields the shingle hashes of one text in blocks, so that a text of any length costs one buffer.
//
//	s := shingle.NewStream(folded, 7)
//	for n := s.Next(buf, nil); n > 0; n = s.Next(buf, nil) {
//		use(buf[:n])
//	}
//
// A Stream holds some kilobytes of work space; who has many texts keeps one and calls Reset.
type Stream struct {
	text  []byte
	k     int
	start int // where the next shingle begins; done when negative
	w     window
}

// NewStream starts at the first shingle of k characters, k >= 1, of a folded text. The text is not copied and must not change
// while the stream is read. It should be UTF-8, as folded text is; in what is not, a character begins at every byte that is
// no continuation byte (and at the first).
func NewStream(text []byte, k int) Stream {
	var s Stream
	s.Reset(text, k)
	return s
}

// Reset makes the stream what NewStream returns.
func (s *Stream) Reset(text []byte, k int) {
	s.text, s.k, s.start = text, max(k, 1), 0
	if len(text) == 0 {
		s.start = -1
	}
	s.w.open(0)
}

// Next fills hashes with the hashes of the next shingles, in order of position, and returns how many there are: len(hashes), or
// fewer at the end of the text, then 0. When starts is not nil it must be as long as hashes, and gets the place in bytes where
// each shingle begins.
func (s *Stream) Next(hashes []uint64, starts []int32) int {
	if s.k > maxWindow || len(s.text) > math.MaxInt32 {
		return s.nextPlain(hashes, starts)
	}
	n := 0
	for s.start >= 0 && n < len(hashes) {
		size := s.w.fill(s.text, s.k, len(hashes)-n)
		hashAll(hashes[n:n+size], s.text, s.w.marks[:], min(s.k, s.w.n-1))
		if starts != nil {
			copy(starts[n:n+size], s.w.marks[:size])
		}
		n += size
		s.start = s.w.slide(s.k, size)
	}
	return n
}

// nextPlain does the work of Next for shingles and texts that are too long for a window.
func (s *Stream) nextPlain(hashes []uint64, starts []int32) int {
	n, start := 0, s.start
	if start < 0 {
		return 0
	}
	for end := advance(s.text, start, s.k); n < len(hashes) && start >= 0; n++ {
		hashes[n] = xxhash.Sum64(s.text[start:end])
		if starts != nil {
			starts[n] = int32(start)
		}
		if end >= len(s.text) {
			start = -1
			continue
		}
		start += width(s.text, start)
		end += width(s.text, end)
	}
	s.start = start
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
	return max(1, characters(text)-max(k, 1)+1)
}

// characters counts the places where a character begins, eight bytes at a time.
func characters(text []byte) int {
	const high = 0x8080808080808080
	n, rest := 1, text[1:] // the first byte begins one, whatever it is
	for len(rest) >= 8 {
		w := binary.LittleEndian.Uint64(rest)
		continuation := w & ^(w << 1) & high // bytes 10xxxxxx
		n += 8 - bits.OnesCount64(continuation)
		rest = rest[8:]
	}
	for _, c := range rest {
		if c&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// advance returns the place n characters after place i, or the end of the text.
func advance(text []byte, i, n int) int {
	for ; n > 0 && i < len(text); n-- {
		i += width(text, i)
	}
	return i
}

// width is the length in bytes of the character at place i.
func width(text []byte, i int) int {
	n := 1
	for i+n < len(text) && text[i+n]&0xC0 == 0x80 {
		n++
	}
	return n
}
