package recur

import (
	"encoding/binary"
	"unsafe"
)

// foldedTable marks the spaces of a folded text in stops, its digits in digits: it has no signs that share the upper bits of digits.
var foldedTable = func() *[768]uint8 {
	t := new([768]uint8)
	t[markAlone+' '] = aloneStop
	for c := range 16 {
		t[markAlone+'0'+c] = aloneDigit
	}
	return t
}()

// readFolded finds the spaces and digits of a folded text.
func (m *textMarks) readFolded(text []byte) {
	m.reserve(len(text))
	if len(text) > 0 && !m.blocks(unsafe.String(unsafe.SliceData(text), len(text)), foldedTable) {
		m.plainFolded(text)
	}
}

// plainFolded is what the kernel does, eight bytes at a time.
func (m *textMarks) plainFolded(text []byte) {
	clear(m.words)
	i := 0
	for ; i+8 <= len(text); i += 8 {
		w := binary.LittleEndian.Uint64(text[i:])
		m.stops[i>>6] |= zeros(w^0x20*eachByte) << (i & 63)
		m.digits[i>>6] |= zeros(w&(0xF0*eachByte)^0x30*eachByte) << (i & 63)
	}
	for ; i < len(text); i++ {
		m.stops.Put(i, foldedTable[text[i]]&aloneStop)
		m.digits.Put(i, foldedTable[text[i]]&aloneDigit)
	}
}

const eachByte = 0x0101010101010101

// zeros returns a bit for each byte of w that is 0.
func zeros(w uint64) uint64 {
	const low = 0x7F * eachByte
	return ^(w&low + low | w | low) >> 7 * 0x0102040810204080 >> 56
}

// maskDigits writes each run of digits of the folded text 0, in place, and reports whether what stands behind one has moved.
func (m *masked) maskDigits() (moved bool) {
	text, n, from := m.text, 0, 0 // what is written, and read
	for at := m.marks.digits.Next(0, len(text)); at < len(text); at = m.marks.digits.Next(from, len(text)) {
		text[at] = '0'
		n = move(text, n, from, at+1)
		for from = at + 1; from < len(text) && text[from]&0xF0 == '0'; from++ {
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
