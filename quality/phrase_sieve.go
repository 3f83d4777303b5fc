package quality

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// A phraseSieve finds the places of a line at which a phrase of the tail may begin within it, without reading its words: behind what
// ends a sentence or parts the line, and at words that prose seldom has. It lets through more than that, never less.
//
// It is the Shift-And automaton (Baeza-Yates and Gonnet 1992) over bytes: bit k of the state says that the bytes read last are those of a
// pattern up to its k-th, all patterns side by side in one word, so that a byte costs a few instructions and no branch. What is not
// written in letters of two bytes that fold by themselves (marks within words, presentation forms) is a place to look at too.
type phraseSieve struct {
	step        [256]uint64 // of each byte: the places of patterns where it may stand
	ahead       [256]uint64 // the same where another byte follows: the places of that one
	first, last uint64      // the first place of each pattern, the last
	bits        int
}

// sievePrefix is how many letters of a word are in its pattern, sieveBits those of a sieve.
const (
	sievePrefix = 4
	sieveBits   = 64
)

// next returns the place of the next byte from i on that completes a pattern, or end. It takes two bytes at once, since each state waits for
// the one before it: (state<<1|first)&step of a byte, put in place of state, is what the state of two bytes says.
func (v *phraseSieve) next(text string, i, end int) int {
	state, first, last, step, ahead, line := uint64(0), v.first, v.last, &v.step, &v.ahead, text[i:end]
	for k := 0; k+1 < len(line); k += 2 {
		a, b := line[k], line[k+1]
		one := (state<<1 | first) & step[a]
		state = (state<<2 | first<<1 | first) & (ahead[a] & step[b])
		if (one|state)&last != 0 {
			return i + k + bit(one&last == 0)
		}
	}
	if n := len(line); n%2 == 1 && (state<<1|first)&step[line[n-1]]&last != 0 {
		return end - 1
	}
	return end
}

// seal prepares the search. Nothing is added afterwards.
func (v *phraseSieve) seal() {
	for b, places := range v.step {
		v.ahead[b] = places<<1 | v.first
	}
}

// A byteSet is what may stand at a place of a pattern.
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

// add adds a pattern and returns its first bit.
func (v *phraseSieve) add(places ...byteSet) int {
	from := v.bits
	v.bits += len(places)
	v.first |= 1 << from
	v.last |= 1 << (v.bits - 1)
	for k, set := range places {
		v.widen(from+k, set)
	}
	return from
}

func (v *phraseSieve) widen(bit int, set byteSet) {
	for b, in := range set {
		if in {
			v.step[b] |= 1 << bit
		}
	}
}

// newPhraseSieve returns the sieve for folded words that count anywhere in a line. It is nil if one of them cannot be told by letters of
// two bytes: then all must be looked at.
func newPhraseSieve(w *phraseWords, inside []string) *phraseSieve {
	v := &phraseSieve{}
	v.addGaps(w)
	v.addOdd(w)
	if !v.addWords(w, inside) {
		return nil
	}
	v.seal()
	return v
}

// addGaps adds what gapStop, gapDots and gapWide are made of: marks, and white space that no word follows at once.
func (v *phraseSieve) addGaps(w *phraseWords) {
	white := bytesOf(' ', '\t', '\n', '\r', 0xA0)
	v.add(bytesOf('.', '!', '?'))
	v.add(white, bytesThat(func(b byte) bool {
		return b != 0xD8 && b != 0xD9 && (b >= utf8.RuneSelf || phraseSort(rune(b)) == sortNone)
	}))
	for _, lead := range []byte{0xD8, 0xD9} {
		v.add(white, bytesOf(lead), bytesThat(func(b byte) bool {
			c := w.pair(lead, b)
			return c.sort() != sortLetter && c.sort() != sortDigit
		}))
	}
}

// addOdd adds the characters whose word must be folded to be known, and the two marks of three bytes that end a sentence.
func (v *phraseSieve) addOdd(w *phraseWords) {
	for _, lead := range []byte{0xC2, 0xD8, 0xD9, 0xDA, 0xDB} {
		v.add(bytesOf(lead), bytesThat(func(b byte) bool {
			return w.pair(lead, b).odd() || lead == 0xD8 && b == questionTrail
		}))
	}
	v.add(bytesOf(0xE2), bytesOf(0x80), bytesThat(func(b byte) bool {
		r := 0x2000 | rune(b&0x3F)
		return phraseSort(r) != sortNone || gapOf(r)&gapDots != 0
	}))
	v.add(bytesOf(0xE2), bytesThat(func(b byte) bool { return b != 0x80 }))
	v.add(bytesThat(func(lead byte) bool {
		if lead > 0xDF {
			return lead != 0xE2
		}
		return lead >= 0xC3 && (lead < 0xD8 || lead > 0xDB) && slices.ContainsFunc(w.chars[int(lead&0x1F)<<6:][:64], phraseChar.odd)
	}))
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

// addWords adds the beginnings of words. Where there are more than the state has room for, some share a pattern, which then stands for
// all their mixtures.
func (v *phraseSieve) addWords(w *phraseWords, words []string) bool {
	shapes := map[string][]byteSet{}
	for _, word := range words {
		prefix := []rune(word)
		prefix = prefix[:min(len(prefix), sievePrefix)]
		if shapes[string(prefix)] = w.spellings(prefix); shapes[string(prefix)] == nil {
			return false
		}
	}
	room := (sieveBits - v.bits) / (2 * sievePrefix)
	shared := make([][]byteSet, room)
	n := 0
	for _, prefix := range slices.Sorted(maps.Keys(shapes)) {
		shared[n%room] = mix(shared[n%room], shapes[prefix])
		n++
	}
	for _, places := range shared[:min(n, room)] {
		v.add(places...)
	}
	return true
}

// mix unites two patterns; the longer is cut.
func mix(a, b []byteSet) []byteSet {
	if a == nil {
		return b
	}
	a = a[:min(len(a), len(b))]
	for k := range a {
		for c := range a[k] {
			a[k][c] = a[k][c] || b[k][c]
		}
	}
	return a
}

// spellings returns the pairs of bytes that fold to each of some letters, or nil if other characters than those of two bytes do.
func (w *phraseWords) spellings(letters []rune) []byteSet {
	var out []byteSet
	for _, letter := range letters {
		var lead, trail byteSet
		for r, c := range w.chars {
			if c.sort() == sortNone || !c.plain() || c.fold() != letter {
				continue
			}
			if r < utf8.RuneSelf {
				return nil
			}
			lead[0xC0|r>>6], trail[0x80|r&0x3F] = true, true
		}
		out = append(out, lead, trail)
	}
	return out
}
