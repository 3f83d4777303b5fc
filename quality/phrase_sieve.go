package quality

import (
	"slices"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// A phraseSieve marks the places of a line at which a phrase of the tail may begin within it, without reading its words: what may end a
// sentence or part the line, and words that begin as few words of prose do. It marks more than that, never less.
//
// Each byte has a class: that of its character where it is the last byte of one in two bytes of Arabic, or of a mark that print has; its own
// elsewhere. What is marked follows from the classes of a few bytes in a row: see plain.
type phraseSieve struct {
	classes [sieveTable]uint8 // of bytes alone, then of last bytes of characters: see class
	full    [3]uint64         // all bits where a beginning of 1, 2, 3 letters is a whole one
}

// Classes of bytes. What is marked by itself is both white and a mark.
const (
	sieveLetter = 1 << iota // a letter that folds by itself
	sieveWhite
	sieveMark  // neither part of a word nor white
	sieveOdd   // may be any letter, or none: see phraseChar.odd
	sieveFirst // may be the first letter of a word; the bits above: the second, the third, the last that is looked at
)

const (
	sieveLast = sieveFirst << (sieveLetters - 1)
	sieveStop = sieveWhite | sieveMark          // marked by itself
	sieveAny  = sieveOdd | 0xFF&^(sieveFirst-1) // may stand in any place of a word
)

// sieveLetters is how many letters of a word the sieve looks at.
const sieveLetters = 4

// Where the tables of a phraseSieve stand: of bytes, and of 64 second or third bytes behind C2, D8, D9, and E2 80.
const (
	sieveLatin  = 256
	sieveArabic = sieveLatin + 64
	sievePrint  = sieveArabic + 2*64
	sieveTable  = sievePrint + 64
	leadPersian = 0xDA // and DB: letters of other languages, of which the sieve knows nothing
	leadPrint   = 0xE2 // the lead of dashes, quotes and marks of direction
	trailPrint  = 0x80
)

// class returns the class of a byte of the line.
func (v *phraseSieve) class(line string, i int) uint8 {
	b := line[i]
	if b&0xC0 != 0x80 || i == 0 {
		return v.classes[b]
	}
	switch lead := line[i-1]; {
	case lead&^1 == leadArabic:
		return v.classes[sieveArabic+int(lead&1)<<6+int(b&0x3F)]
	case lead == leadLatin:
		return v.classes[sieveLatin+int(b&0x3F)]
	case lead&^1 == leadPersian:
		return sieveAny
	case lead == trailPrint && i > 1 && line[i-2] == leadPrint:
		return v.classes[sievePrint+int(b&0x3F)]
	}
	return v.classes[b]
}

// prose returns the end of what holds no mark for sure behind a letter that no word begins with: letters of Arabic, and words that begin with
// others than the words looked for, a space between them.
func (v *phraseSieve) prose(line string, i int) int {
	classes := (*[128]uint8)(v.classes[sieveArabic:])
	class := func(lead, trail byte) uint8 {
		if lead&^1 != leadArabic || trail&0xC0 != 0x80 {
			return 0
		}
		return classes[lead&1<<6|trail&0x3F]
	}
	for {
		for i+1 < len(line) && class(line[i], line[i+1])&sieveLetter != 0 {
			i += 2
		}
		if i+2 >= len(line) || line[i] != ' ' || class(line[i+1], line[i+2])&(sieveLetter|sieveFirst) != sieveLetter {
			return i
		}
		i += 3
	}
}

// read marks the places of a line in dst, which has a bit for each of its bytes.
func (v *phraseSieve) read(dst bitmap.Bitmap, line string) {
	if len(line) > 0 && !v.blocks(dst, line) {
		v.plain(dst, line)
	}
}

// plain is what the kernel does, byte by byte. Three white spaces between two words, whatever else is there, make a mark follow one of
// them, or white space; an incomplete character may be such a mark. A word begins behind what is no letter, and its letters so far are kept as
// bits, as in Shift-And (Baeza-Yates and Gonnet 1992).
func (v *phraseSieve) plain(dst bitmap.Bitmap, line string) {
	clear(dst)
	ends := v.ends()
	var x, x1, x2, word, word1, word2 uint8 // classes, and beginnings of words: here, a byte before, two before
	var prev byte
	for i := 0; i < len(line); i++ {
		if x&sieveLetter != 0 && word|word1 == 0 {
			if k := v.prose(line, i); k > i {
				if i, x1, prev = k, 0, line[k-1]; i == len(line) {
					return
				}
			}
		}
		b := line[i]
		x2, x1, x = x1, x, v.class(line, i)
		word2, word1 = word1, word
		word = x & (word2<<1 | ^x2&sieveLetter*sieveFirst) &^ (sieveFirst - 1)
		switch {
		case word&ends != 0, word != 0 && x&sieveOdd != 0, x&sieveStop != 0 && (x&sieveStop == sieveStop || x1&sieveWhite != 0),
			prev&^1 == leadArabic && (b&0xC0 != 0x80 || x2&sieveWhite != 0 && x&sieveMark != 0), prev == leadPrint && b != trailPrint:
			dst.Put(i, 1)
		}
		prev = b
	}
}

// ends returns the bits of a beginning of a word that is long enough.
func (v *phraseSieve) ends() uint8 {
	bits := uint8(sieveLast)
	for k, full := range v.full {
		bits |= sieveFirst << k & uint8(full)
	}
	return bits
}

// A byteSet is a set of bytes.
type byteSet [256]bool

func bytesThat(holds func(byte) bool) (s byteSet) {
	for b := range s {
		s[b] = holds(byte(b))
	}
	return s
}

func bytesOf(list ...byte) (s byteSet) {
	for _, b := range list {
		s[b] = true
	}
	return s
}

// newPhraseSieve returns the sieve for folded words that count anywhere in a line. It is nil if one of them cannot be told by letters of
// two bytes: then all must be looked at.
func newPhraseSieve(w *phraseWords, inside []string) *phraseSieve {
	v := &phraseSieve{}
	for b := range 256 {
		v.classes[b] = sieveByte(w, byte(b))
	}
	for i := range rune(64) {
		v.classes[sieveLatin+i] = sieveChar(w.chars[leadLatin&0x1F<<6|i], false)
		for k := range rune(2) {
			r := leadArabic&0x1F<<6 | k<<6 | i
			v.classes[sieveArabic+k<<6+i] = sieveChar(w.chars[r], r == '؟')
		}
		r := 0x2000 | i
		v.classes[sievePrint+i] = sieveChar(newPhraseChar(phraseSort(r), false, 0), gapOf(r)&gapDots != 0)
	}
	v.classes[sieveLatin+0xA0&0x3F] = sieveWhite
	for i := range v.classes[:sieveArabic] { // odd characters that are not of Arabic stop it wherever they stand
		v.classes[i] = stopIfOdd(v.classes[i])
	}
	for i := range v.classes[sievePrint:] {
		v.classes[sievePrint+i] = stopIfOdd(v.classes[sievePrint+i])
	}
	for _, word := range inside {
		if !v.add(w, word) {
			return nil
		}
	}
	return v
}

func stopIfOdd(class uint8) uint8 {
	if class&sieveOdd != 0 {
		return sieveStop
	}
	return class
}

// sieveByte is the class of a byte that is no end of a character known.
func sieveByte(w *phraseWords, b byte) uint8 {
	switch {
	case b == '.' || b == '!' || b == '?':
		return sieveStop
	case b == ' ' || b == '\t' || b == '\n' || b == '\r':
		return sieveWhite
	case b < utf8.RuneSelf && w.chars[b].sort() != sortNone, b&^1 == leadArabic:
		return 0
	case b > 0xDF && b != leadPrint, b > leadLatin && b <= 0xDF && b&^1 != leadPersian && slices.ContainsFunc(w.chars[int(b&0x1F)<<6:][:64], phraseChar.odd):
		return sieveStop
	}
	return sieveMark
}

// sieveChar is the class of a character of two bytes, or of a mark of print.
func sieveChar(c phraseChar, stop bool) uint8 {
	switch {
	case stop:
		return sieveStop
	case c.sort() == sortNone:
		return sieveMark
	case c.odd():
		return sieveAny
	case c.sort() == sortLetter:
		return sieveLetter
	}
	return 0
}

// add adds the first letters of a word.
func (v *phraseSieve) add(w *phraseWords, word string) bool {
	letters := []rune(word)
	letters = letters[:min(len(letters), sieveLetters)]
	for k, letter := range letters {
		for r, c := range w.chars {
			if c.sort() == sortNone || !c.plain() || c.fold() != letter {
				continue
			}
			switch lead := 0xC0 | r>>6; {
			case r < utf8.RuneSelf || c.sort() != sortLetter:
				return false
			case lead&^1 == leadArabic:
				v.classes[sieveArabic+lead&1<<6+r&0x3F] |= sieveFirst << k
			case lead&^1 != leadPersian:
				return false
			}
		}
	}
	if n := len(letters); n < sieveLetters {
		v.full[n-1] = ^uint64(0)
	}
	return true
}

// odd says whether a character does not fold by itself to one letter.
func (c phraseChar) odd() bool { return c.sort() == sortMark || c.sort() != sortNone && !c.plain() }

// pair is what is known of a character of two bytes; nothing if they are none.
func (w *phraseWords) pair(lead, trail byte) phraseChar {
	if lead&0xE0 != 0xC0 || trail&0xC0 != 0x80 {
		return 0
	}
	return w.chars[int(lead&0x1F)<<6|int(trail&0x3F)]
}
