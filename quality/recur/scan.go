package recur

import "encoding/binary"

// stops marks the pairs of bytes, the first in the low half, whose first means something to a splitter in the midst of a sentence: what
// ends lines or sentences, a blank that another follows, the first byte of signs that classify knows, Latin that Arabic follows.
// Everything else there is part of the sentence, and so is one blank.
var stops = func() *[1 << 16]uint8 {
	t := new([1 << 16]uint8)
	mark := func(first, from, to int) {
		for second := from; second <= to; second++ {
			t[first|second<<8] = 1
		}
	}
	for c := range asciiClass {
		if class := asciiClass[c]; class == breaker || class == ender || c == '\t' {
			mark(c, 0, 0xFF)
		}
		if latin := c | 0x20; latin >= 'a' && latin <= 'z' {
			mark(c, 0xD8, 0xDB)
		}
	}
	mark(' ', ' ', ' ')
	mark(0xC2, 0, 0xFF)
	mark(0xE2, 0, 0xFF)
	mark(0xD8, 0x9F, 0x9F)
	return t
}()

// midst returns the place from i on of the first byte that stops, or of the last byte.
func midst(text string, i int) int {
	for ; i+9 <= len(text); i += 8 {
		w := load(text, i)
		if stops[uint16(w)]|stops[uint16(w>>8)]|stops[uint16(w>>16)]|stops[uint16(w>>24)]|
			stops[uint16(w>>32)]|stops[uint16(w>>40)]|stops[uint16(w>>48)]|stops[uint16(w>>56)|uint16(text[i+8])<<8] != 0 {
			break
		}
	}
	for i+1 < len(text) && stops[uint16(text[i])|uint16(text[i+1])<<8] == 0 {
		i++
	}
	return i
}

// load returns eight bytes of text from i on, the first lowest.
func load(text string, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// hasDigit reports an ASCII digit among the eight bytes of w, of a folded text: it has no signs that share their upper bits.
func hasDigit(w uint64) bool {
	const ones = 0x0101010101010101
	v := w&(0xF0*ones) ^ 0x30*ones
	return (v-ones)&^v&(0x80*ones) != 0
}

// maskDigits writes each run of ASCII digits 0, in place.
func maskDigits(text []byte) []byte {
	i := 0
	for i+8 <= len(text) && !hasDigit(binary.LittleEndian.Uint64(text[i:])) {
		i += 8
	}
	n, digit := i, false
	for i < len(text) {
		stop := len(text)
		if i+8 <= len(text) {
			w := binary.LittleEndian.Uint64(text[i:])
			if !hasDigit(w) {
				binary.LittleEndian.PutUint64(text[n:], w)
				n, i, digit = n+8, i+8, false
				continue
			}
			stop = i + 8
		}
		for ; i < stop; i++ {
			c := text[i]
			if c >= '0' && c <= '9' {
				if digit {
					continue
				}
				c = '0'
			}
			digit = c == '0'
			text[n] = c
			n++
		}
	}
	return text[:n]
}
