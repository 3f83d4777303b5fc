package dedup

import (
	"slices"
	"unicode/utf8"
)

// maxLetters is the number of letters of a word that are looked at.
const maxLetters = 24

// wordForm is a word, without the particle written together with it, as related compares it.
type wordForm struct {
	bare       letterRow
	skeleton   letterRow // its consonants, those that transliterations exchange made one
	letters    uint64    // a sum over its letters that does not depend on their order
	consonants uint64    // a bit for each letter of the skeleton; some share one
}

// letterRow is a few letters, kept where the form is.
type letterRow struct {
	room [maxLetters]rune
	n    int
}

func (l *letterRow) add(r rune) {
	l.room[l.n] = r
	l.n++
}

func (l *letterRow) all() []rune { return l.room[:l.n] }

// set fills a form with a bare word.
func (f *wordForm) set(bare []byte) {
	f.bare.n, f.skeleton.n, f.letters, f.consonants = 0, 0, 0, 0
	for i := 0; i < len(bare) && f.bare.n < maxLetters; {
		r, size := decode(bare[i:])
		i += size
		l := letterOf(r)
		f.bare.add(r)
		f.letters += l.sum
		if l.skeleton != vowel {
			f.skeleton.add(l.skeleton)
			f.consonants |= 1 << (l.skeleton & 63)
		}
	}
}

// decode is utf8.DecodeRune, without a call where two bytes are one letter.
func decode(s []byte) (r rune, size int) {
	if len(s) >= 2 && s[0]>>2 == 0xD8>>2 && continues(s[1]) == 1 {
		return rune(s[0]&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	return utf8.DecodeRune(s)
}

// letter is what a form keeps of a letter.
type letter struct {
	sum      uint64
	skeleton rune
}

// arabicLetters holds those of the Arabic block.
var arabicLetters = func() (out [256]letter) {
	for i := range out {
		out[i] = newLetter(0x600 + rune(i))
	}
	return out
}()

func newLetter(r rune) letter { return letter{remix(uint64(r)), skeletonOf(r)} }

func letterOf(r rune) letter {
	if i := uint32(r) - 0x600; i < uint32(len(arabicLetters)) {
		return arabicLetters[i]
	}
	return newLetter(r)
}

// related tells whether two folded words are likely forms or spellings of one: they begin alike (مشروع، مشروعات), have the same
// letters (منتزه، متنزه), or the same consonants as foreign names are spelled (غروزني، جروزني).
func (f *wordForm) related(g *wordForm) bool {
	if begin := commonLetters(&f.bare, &g.bare); begin >= 3 || begin >= 2 && begin >= min(f.bare.n, g.bare.n)-1 || begin == f.bare.n && begin == g.bare.n {
		return true
	}
	if f.bare.n >= 4 && f.letters == g.letters {
		return true
	}
	long, short := f, g
	if long.skeleton.n < short.skeleton.n {
		long, short = short, long
	}
	switch {
	case short.consonants&^long.consonants != 0:
		return false
	case short.skeleton.n == long.skeleton.n:
		return short.skeleton.n >= 2 && slices.Equal(short.skeleton.all(), long.skeleton.all())
	}
	return short.skeleton.n >= 3 && within(short.skeleton.all(), long.skeleton.all())
}

// commonLetters returns how many letters two words have in common at their beginning, at most three.
func commonLetters(a, b *letterRow) int {
	n := 0
	for n < min(a.n, b.n, 3) && a.room[n] == b.room[n] {
		n++
	}
	return n
}

// within tells whether short stands inside long.
func within(short, long []rune) bool {
	for i := 0; i+len(short) <= len(long); i++ {
		if slices.Equal(long[i:i+len(short)], short) {
			return true
		}
	}
	return false
}

// vowel marks letters that a skeleton leaves out.
const vowel = -1

// skeletonOf maps consonants that transliterations exchange to one of them, vowels to vowel, and the rest to themselves.
func skeletonOf(r rune) rune {
	switch r {
	case 'ا', 'و', 'ي', 'ه', 'ء':
		return vowel
	case 'غ', 'ج', 'ق', 'گ', 'چ':
		return 'ك'
	case 'ث', 'ص', 'ز':
		return 'س'
	case 'ذ':
		return 'د'
	case 'ط':
		return 'ت'
	case 'ظ':
		return 'ض'
	case 'خ':
		return 'ح'
	case 'ڤ':
		return 'ف'
	case 'پ':
		return 'ب'
	}
	return r
}
