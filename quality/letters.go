package quality

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// plainLetters are the letters of Arabic in a text that most of it is made of: those that fold to one letter by themselves, as cells have them
// (signal_cells.go), and what they fold to.
type plainLetters struct {
	codes   []byte        // in the place of a letter's second byte the code of the letter, and 0 everywhere else
	marks   bitmap.Bitmap // of all bytes of such letters; a word more than the text has
	classes []blockClasses
	words   []uint64
}

// blockClasses says of 64 bytes of a text what those are that belong to no plain letter, as far as that is easy to see: a bit for each. A
// character of several bytes is marked at its last one.
type blockClasses struct {
	white, sign, digit, word uint64 // of ASCII; a word is anything that neither parts words nor is a digit
	sign2, word2             uint64 // of the Latin and Arabic characters behind the leads C2, D8 and D9; white space counts as a sign
	sign3                    uint64 // dashes, quotation marks, bullets, dots: U+2010 to U+2027
}

// The classes as letterTable has them.
const (
	byteWhite = 1 << iota
	byteSign
	byteDigit
	byteWord
	firstLetter = 0x20 // no code of a letter is less
)

// letterTable has the codes of plain letters and the classes of other characters by their last byte: those behind the two leads of Arabic,
// those behind the first lead of Latin, and those of ASCII.
var letterTable = sync.OnceValue(func() *[5 * 64]byte {
	t, all, of := new([5 * 64]byte), cells(), classes()
	for i, lead := range [...]byte{leadArabic, leadArabic + 1, leadLatin} {
		for k := range 64 {
			to, r := &t[64*i+k], rune(lead&0x1F)<<6|rune(k)
			if c := all[uint16(lead)<<8|0x80|uint16(k)]; c&plainArabic == plainArabic {
				*to = byte(c >> codeBits)
			} else if *to = byteWord; of[r]&(isSpace|isSign) != 0 {
				*to = byteSign
			}
		}
	}
	for r, k := range of[:utf8.RuneSelf] {
		to := &t[3*64+r]
		switch {
		case k&isSpace != 0:
			*to = byteWhite
		case k&isSign != 0:
			*to = byteSign
		case k&isNumber != 0:
			*to = byteDigit
		default:
			*to = byteWord
		}
	}
	return t
})

// letterSlack is how many bytes of codes may be read behind the text.
const letterSlack = 16

// read finds the plain letters of a text, none that is longer than a screen takes (measuredTokens bytes), so that its room is kept.
func (l *plainLetters) read(text string) {
	n := (len(text) + 63) / 64
	l.codes = slices.Grow(l.codes[:0], 64*n+letterSlack)[:64*n+letterSlack]
	l.words = slices.Grow(l.words[:0], n+2)[:n+2]
	l.classes = slices.Grow(l.classes[:0], n)[:n]
	l.marks = l.words[1:]
	clear(l.codes[64*n:])
	if l.words[0], l.marks[n] = 0, 0; n > 0 && !l.blocks(text) {
		l.plain(text)
	}
}

// plain is what the kernel does, character by character.
func (l *plainLetters) plain(text string) {
	table := letterTable()
	clear(l.codes)
	clear(l.words)
	clear(l.classes)
	for i := 0; i < len(text); i++ {
		b := text[i]
		row := leadRows[b]
		switch {
		case b < utf8.RuneSelf:
			l.classes[i>>6].add(i, table[3*64+int(b)])
		case row > 0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
			i++
			l.pair(i, table[int(row-1)<<6|int(text[i]&0x3F)])
		case b == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] >= 0x90 && text[i+2] <= 0xA7:
			l.classes[(i+2)>>6].sign3 |= 1 << ((i + 2) & 63)
		}
	}
}

// pair adds a character whose second byte stands at i.
func (l *plainLetters) pair(i int, class byte) {
	one := uint64(1) << (i & 63)
	switch {
	case class >= firstLetter:
		l.codes[i] = class
		l.marks[(i-1)>>6] |= 1 << ((i - 1) & 63)
		l.marks[i>>6] |= one
	case class == byteSign:
		l.classes[i>>6].sign2 |= one
	default:
		l.classes[i>>6].word2 |= one
	}
}

// leadRows are one more than the rows of letterTable that have the characters behind a lead.
var leadRows = [256]uint8{leadArabic: 1, leadArabic + 1: 2, leadLatin: 3}

// add adds a byte of ASCII.
func (c *blockClasses) add(i int, class byte) {
	one := uint64(1) << (i & 63)
	switch class {
	case byteWhite:
		c.white |= one
	case byteSign:
		c.sign |= one
	case byteDigit:
		c.digit |= one
	default:
		c.word |= one
	}
}

// run returns how many bytes of plain letters there are from i on.
func (l *plainLetters) run(i int) int {
	k, s := i>>6, i&63
	if n := bits.TrailingZeros64(^(l.marks[k]>>s | l.marks[k+1]<<1<<(63-s))); n < 64 {
		return n
	}
	for k++; l.marks[k] == ^uint64(0); k++ {
	}
	return k<<6 - i + bits.TrailingZeros64(^l.marks[k])
}

// key returns the key of a word of n bytes of plain letters at i, which is its own up to 8 letters: those beyond are left out.
func (l *plainLetters) key(i, n int) uint64 {
	c, mask := l.codes[i:i+letterSlack], &keyMasks[min(n, letterSlack)]
	return binary.LittleEndian.Uint64(c)&mask[0]>>8 | binary.LittleEndian.Uint64(c[8:])&mask[1]
}

// keyMasks are the first bytes of 16, up to so many.
var keyMasks = func() (t [letterSlack + 1][2]uint64) {
	for n := range t {
		for i := range n {
			t[n][i/8] |= 0xFF << (8 * (i % 8))
		}
	}
	return t
}()

// keyPlaces are where key has the code of each letter: those of the first four come two bytes apart, those of the next four between them.
var keyPlaces = [8]uint8{0, 16, 32, 48, 8, 24, 40, 56}
