package recur

import (
	"encoding/binary"
	"math/bits"
)

// The byte masks of eight bytes at once.
const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// equal marks the bytes of w that are c, in their high bits. Bytes above one that it marks may be marked without reason.
func equal(w, c uint64) uint64 {
	v := w ^ c*ones
	return (v - ones) &^ v & highs
}

// arabicLead marks exactly the bytes D8 to DB, with which Arabic letters begin.
func arabicLead(w uint64) uint64 {
	v := w&(0xFC*ones) ^ 0xD8*ones
	return ^(v&(0x7F*ones) + 0x7F*ones | v) & highs
}

// midst returns the place from i on of the first byte that may mean something to a splitter in the midst of a sentence, or a place
// near the end of text. It looks at eight bytes and the one behind at a time, and passes over
//
//   - Arabic and the other bytes of its characters, but for 9F, the last of a question mark,
//   - what is printable in ASCII, but for the marks that end sentences, two blanks in a row, and what may be Latin before Arabic.
//
// It stops at every other beginning of a character, at controls, and now and then without need.
func midst(text string, i int) int {
	for ; i+9 <= len(text); i += 8 {
		w, behind := load(text, i), load(text, i+1)
		ascii, six := ^w, w<<1 // high bit of each byte: it is ASCII; its bit 6 is set
		stop := ascii&^six&^(w<<2) |
			w&six&^arabicLead(w) |
			ascii&six&arabicLead(behind) |
			equal(w, ' ')&equal(behind, ' ') |
			equal(w, '.') | equal(w, '!') | equal(w&^(0x40*ones), '?') | // with 7F
			equal(w, 0x9F)
		if stop &= highs; stop != 0 {
			return i + bits.TrailingZeros64(stop)>>3
		}
	}
	return i
}

// load returns eight bytes of text from i on, the first lowest.
func load(text string, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// maskDigits writes each run of ASCII digits 0, in place.
func maskDigits(text []byte) []byte {
	n, digit := 0, false
	for i := 0; i < len(text); {
		stop := len(text)
		if i+8 <= len(text) {
			w := binary.LittleEndian.Uint64(text[i:])
			if equal(w&(0xF0*ones), 0x30) == 0 { // a folded text has no signs beside the digits
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
