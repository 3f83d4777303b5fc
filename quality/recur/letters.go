package recur

import (
	"sync"
	"unicode"

	"github.com/corpusctl/corpusctl/arabic"
)

// plainLetters holds for each letter of the block U+0600 that folds to one of that block by itself the low byte of that one, 0 for all else.
var plainLetters = sync.OnceValue(func() *[256]byte {
	t := new([256]byte)
	for i := range t {
		r := rune(0x600 + i)
		if folded := []rune(arabic.Fold(string(r))); unicode.IsLetter(r) && len(folded) == 1 && folded[0]>>8 == 6 {
			t[i] = byte(folded[0])
		}
	}
	return t
})

// startLetters is how many letters letterStart looks at: most first words have as many.
const startLetters = 3

// letterStart returns a hash of the first letters that a text folds to, if it begins with so many plain ones. Texts that fold alike have
// the same, if both have any.
func letterStart(text string) (hash uint64, plain bool) {
	if len(text) < 2*startLetters {
		return 0, false
	}
	t := plainLetters()
	for i := 0; i < 2*startLetters; i += 2 {
		lead, next := text[i], text[i+1]
		letter := t[lead<<6|next&0x3F]
		if lead&0xFC != 0xD8 || next&0xC0 != 0x80 || letter == 0 {
			return 0, false
		}
		hash = hash<<8 | uint64(letter)
	}
	return hash * 0x9E3779B97F4A7C15, true
}
