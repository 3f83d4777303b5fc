package quality

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// plainLetters are the letters of Arabic in a text that most of it is made of: those that fold to one letter by themselves, as cells have them
// (signal_cells.go), and what they fold to.
type plainLetters struct {
	codes []byte        // in the place of a letter's second byte the code of the letter, and 0 everywhere else
	marks bitmap.Bitmap // of all bytes of such letters; a word more than the text has
	words []uint64
}

// letterTable has the codes of plain letters by their second byte: those behind the first lead of Arabic, then those behind the second.
var letterTable = sync.OnceValue(func() *[128]byte {
	t, all := new([128]byte), cells()
	for i := range t {
		if c := all[(leadArabic+i>>6)<<8|0x80|i&0x3F]; c&plainArabic == plainArabic {
			t[i] = byte(c >> codeBits)
		}
	}
	return t
})

// letterSlack is how many bytes of codes may be read behind the text.
const letterSlack = 16

// read finds the plain letters of a text.
func (l *plainLetters) read(text string) {
	n := (len(text) + 63) / 64
	if cap(l.words) > keptMarks && n+2 <= keptMarks {
		*l = plainLetters{}
	}
	l.codes = slices.Grow(l.codes[:0], 64*n+letterSlack)[:64*n+letterSlack]
	l.words = slices.Grow(l.words[:0], n+2)[:n+2]
	l.marks = l.words[1:]
	clear(l.codes[64*n:])
	if l.words[0], l.marks[n] = 0, 0; n > 0 && !l.blocks(text) {
		l.plain(text)
	}
}

// plain is what the kernel does, byte by byte.
func (l *plainLetters) plain(text string) {
	table := letterTable()
	clear(l.codes)
	clear(l.words)
	for i := 1; i < len(text); i++ {
		if lead, trail := text[i-1], text[i]; lead&^1 == leadArabic && trail&0xC0 == 0x80 {
			if code := table[int(lead&1)<<6|int(trail&0x3F)]; code != 0 {
				l.codes[i] = code
				l.marks.Put(i-1, 1)
				l.marks.Put(i, 1)
			}
		}
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
