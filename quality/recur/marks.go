package recur

import (
	"slices"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// textMarks are the places of a text at which a splitter has something to do in the midst of a sentence: where a line or sentence may end,
// a blank that follows another, Arabic that touches Latin. All else is passed over. One pass over the bytes finds them.
// A mark stands on the last byte of what it speaks of. It may be there for nothing; none is missing.
type textMarks struct {
	stops bitmap.Bitmap
	alone uint64 // all classes seen of bytes, spread over its own
	pairs uint64 // all classes seen of pairs
}

// keptMarks is how many words of a bitmap are held on to: those of a text of some megabytes.
const keptMarks = 1 << 16

// read finds the marks of a text.
func (m *textMarks) read(text string) {
	m.stops, m.alone, m.pairs = roomFor(m.stops, (len(text)+63)/64), 0, 0
	if len(text) > 0 && !m.blocks(text) {
		m.plain(text)
	}
}

// roomFor makes room for so many words, in place of what marks holds.
func roomFor(marks bitmap.Bitmap, n int) bitmap.Bitmap {
	if cap(marks) > keptMarks && n <= keptMarks {
		marks = nil
	}
	return slices.Grow(marks[:0], n)[:n]
}

// mayHoldCode says whether there may be what quality.AppendCode finds. If not, there is none.
func (m *textMarks) mayHoldCode() bool {
	return m.alone&(aloneCode*eachByte)|m.pairs&(pairCode*eachByte) != 0
}

// plain is what the kernel does, byte by byte.
func (m *textMarks) plain(text string) {
	clear(m.stops)
	begun := uint8(0)
	for i := range len(text) {
		b := text[i]
		alone, pairs := markTable[markAlone+int(b)], begun&markTable[markSecond+int(b)]
		if begun = markTable[markFirst+int(b)]; alone|pairs != 0 {
			m.stops.Put(i, alone&aloneStop|pairs&pairStop)
			m.alone |= uint64(alone)
			m.pairs |= uint64(pairs)
		}
	}
}

// Where the three tables stand in markTable: what a byte is by itself, what pairs it may begin, what pairs it may end. The kernel knows
// which bits of them mark a byte, and so does plain.
const (
	markAlone  = 0
	markFirst  = 256
	markSecond = 512

	aloneStop, pairStop = 1 << 0, 0b0001_1111
	aloneCode, pairCode = 1 << 1, 0b0010_0000 // marks nothing
)

var markTable = func() *[768]uint8 {
	t := new([768]uint8)
	for c, class := range asciiClass {
		if class == breaker || class == ender || c == '\t' {
			t[markAlone+c] = aloneStop
		}
	}
	for _, c := range []byte("{}<>=;*[") { // there is no code without one of them, or a name and "("
		t[markAlone+int(c)] = aloneCode
	}
	type span [2]byte // the first and last of some bytes
	for bit, pair := range []struct{ first, second []span }{
		{[]span{{' ', ' '}}, []span{{' ', ' '}}},
		{[]span{{0xC2, 0xC2}}, []span{{0x85, 0x85}, {0xA0, 0xA0}}},
		{[]span{{0x80, 0x80}}, []span{{0xA6, 0xA6}, {0xA8, 0xA9}}}, // behind E2
		{[]span{{0xD8, 0xD8}}, []span{{0x9F, 0x9F}}},
		{[]span{{'a', 'z'}, {'A', 'Z'}}, []span{{0xD8, 0xDB}}},
		{[]span{{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'_', '_'}, {'$', '$'}}, []span{{'(', '('}}},
	} {
		for table, spans := range map[int][]span{markFirst: pair.first, markSecond: pair.second} {
			for _, s := range spans {
				for c := int(s[0]); c <= int(s[1]); c++ {
					t[table+c] |= 1 << bit
				}
			}
		}
	}
	return t
}()

// midst returns the place from i on, and before end, of the first character that stops, or end.
func (m *textMarks) midst(text string, i, end int) int {
	far := min(len(text), end+2) // the last byte of a character that begins before end
	for b := m.stops.Next(i, far); b < far; b = m.stops.Next(b+1, far) {
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
