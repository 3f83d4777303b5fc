package quality

import (
	"sync"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// A cell says of a character of two bytes what a pass over words needs: its class in the low 16 bits, whether it is plain, and in the
// high 8 bits its code. 0 is a character to be looked at by itself: white space, a sign, or none at all.
type cell uint32

// A plain character is a letter that folds to one Arabic letter, whatever letters stand around it; its code is the low byte of that
// one, from which the block of Arabic follows. Other characters have the low byte of their own.
const (
	isPlain  cell = 1 << 16
	codeBits      = 24
)

// cells are those of all characters of two bytes: the place of bytes a, b is a<<8 | b. Arabic text reads 1 KiB of them.
var cells = sync.OnceValue(func() *[1 << 16]cell {
	t, all := new([1 << 16]cell), classes()
	for r := rune(utf8.RuneSelf); r < 0x800; r++ {
		if k := all[r]; k&(isSpace|isSign) == 0 {
			b := string(r)
			t[uint16(b[0])<<8|uint16(b[1])] = cell(k) | codeOf(r)
		}
	}
	return t
})

func codeOf(r rune) cell {
	folded := []rune(arabic.Fold(string(r)))
	if arabicBlock(r) && classOf(r)&isLetter != 0 && len(folded) == 1 && arabicBlock(folded[0]) {
		return cell(folded[0]&0xFF)<<codeBits | isPlain
	}
	return cell(r&0xFF) << codeBits
}

func arabicBlock(r rune) bool { return r >= 0x600 && r < 0x700 }

// wordKey is the key of a word of plain characters, which is its own up to 8 of them.
func wordKey(w string) uint64 {
	key, t := uint64(0), cells()
	for i := 0; i+1 < len(w); i += 2 {
		key = longerKey(key, t[uint16(w[i])<<8|uint16(w[i+1])], i/2)
	}
	return spread(key)
}

// longerKey adds a character that n others stand before to what spread makes a key of; plainLetters.key has all at once.
func longerKey(key uint64, c cell, n int) uint64 {
	return key ^ uint64(c>>codeBits)<<keyPlaces[n%len(keyPlaces)]
}

// spread maps keys one to one to such as a wordSet can hold.
func spread(key uint64) uint64 { return key * 0x9E3779B97F4A7C15 }
