package recur

import "encoding/binary"

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
