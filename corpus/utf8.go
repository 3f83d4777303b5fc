package corpus

import (
	"encoding/binary"
	"unicode/utf8"
)

// invalidUTF8 returns the place of the first byte of b that is not UTF-8, or -1.
//
// Eight bytes at a time as long as all characters have one or two bytes, which is all of Arabic: the continuation bytes must
// then be just those after a lead byte. utf8.Valid, a character at a time, is several times slower on such text.
func invalidUTF8(b []byte) int {
	i := 0
	var carry uint64 // 0x80 if the last byte before i is a lead byte, so that the first must be its continuation
	for i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:])
		high := x & highs
		lead := high & (x << 1)               // 11xxxxxx
		common := lead &^ (x << 2) & (x << 3) // 1101xxxx: Greek to Arabic
		if other := lead &^ common; other == 0 || isShort(x, other) {
			if high&^lead == lead<<8|carry {
				i, carry = i+8, lead>>56
				continue
			}
		}
		i, carry = i-int(carry>>7), 0
		n, ok := validRunes(b[i:])
		if i += n; !ok {
			return i
		}
	}
	for i -= int(carry >> 7); i < len(b); {
		n, ok := validRunes(b[i:])
		if i += n; !ok {
			return i
		}
	}
	return -1
}

// isShort reports whether the bytes of x that other marks begin characters of two bytes: 110xxxxx but for C0 and C1.
func isShort(x, other uint64) bool {
	return other&(x<<2|^(x<<3|x<<4|x<<5|x<<6)) == 0
}

// validRunes goes over characters of any length until eight bytes or more are done.
func validRunes(b []byte) (n int, ok bool) {
	for n < 8 && n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			return n, false
		}
		n += size
	}
	return n, true
}
