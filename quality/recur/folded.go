package recur

import (
	"encoding/binary"
	"math/bits"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// foldedMarks are the places of spaces and digits in a folded text, in two bitmaps one behind the other.
type foldedMarks struct {
	spaces, digits bitmap.Bitmap
	words          bitmap.Bitmap
}

// read finds the marks of a folded text, and returns the number of spaces.
func (m *foldedMarks) read(text []byte) (spaces int) {
	n := (len(text) + 63) / 64
	m.words = roomFor(m.words, 2*n)
	m.spaces, m.digits = m.words[:n:n], m.words[n:]
	if len(text) == 0 {
		return 0
	}
	if kernels {
		return m.blocks(text)
	}
	return m.plain(text)
}

// plain is what the kernel does, eight bytes at a time.
func (m *foldedMarks) plain(text []byte) (spaces int) {
	clear(m.words)
	for i := 0; i < len(text); i += 8 {
		var last [8]byte
		in := text[i:]
		if len(in) < 8 {
			copy(last[:], in)
			in = last[:]
		}
		w := binary.LittleEndian.Uint64(in)
		space := zeros(w ^ ' '*eachByte)
		spaces += bits.OnesCount64(space)
		m.spaces[i>>6] |= space << (i & 63)
		m.digits[i>>6] |= zeros(w&(0xF0*eachByte)^'0'*eachByte) << (i & 63)
	}
	return spaces
}

const eachByte = 0x0101010101010101

// zeros returns a bit for each byte of w that is 0.
func zeros(w uint64) uint64 {
	const low = 0x7F * eachByte
	return ^(w&low + low | w | low) >> 7 * 0x0102040810204080 >> 56
}

// isDigit says of a byte of a folded text whether it is a digit: no other sign shares their upper bits.
func isDigit(c byte) bool { return c&0xF0 == '0' }

// maskDigits writes each run of digits of the folded text 0, in place, and reports whether what stands behind one has moved.
func (m *masked) maskDigits() (moved bool) {
	text, n, from := m.text, 0, 0 // what is written, and read
	for at := m.marks.digits.Next(0, len(text)); at < len(text); at = m.marks.digits.Next(from, len(text)) {
		text[at] = '0'
		n = move(text, n, from, at+1)
		for from = at + 1; from < len(text) && isDigit(text[from]); from++ {
		}
	}
	m.text = text[:move(text, n, from, len(text))]
	return n != from
}

// move copies text[from:to] to text[n:], before it, and returns where that ends.
func move(text []byte, n, from, to int) int {
	if n == from {
		return to
	}
	return n + copy(text[n:], text[from:to])
}
