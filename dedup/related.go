package dedup

import "slices"

// maxLetters is the number of letters of a word that are looked at.
const maxLetters = 24

// wordForm is a folded word as related compares it.
type wordForm struct {
	bare     []rune // without one particle written together with it
	skeleton []rune // its consonants, those that transliterations exchange made one
	letters  uint64 // a sum over its letters that does not depend on their order
	room     [2 * maxLetters]rune
}

// set fills a form. Its slices lie in its own room: forms must not be copied.
func (f *wordForm) set(word string) {
	f.bare, f.skeleton, f.letters = f.room[:0:maxLetters], f.room[maxLetters:maxLetters], 0
	for _, r := range bare(word) {
		if len(f.bare) == maxLetters {
			break
		}
		f.bare = append(f.bare, r)
		f.letters += remix(uint64(r))
		switch to := skeletonOf(r); to {
		case 0:
			f.skeleton = append(f.skeleton, r)
		case vowel:
		default:
			f.skeleton = append(f.skeleton, to)
		}
	}
}

// related tells whether two folded words are likely forms or spellings of one: they begin alike (مشروع، مشروعات), have the same
// letters (منتزه، متنزه), or the same consonants as foreign names are spelled (غروزني، جروزني).
func related(x, y string) bool {
	var a, b wordForm
	a.set(x)
	b.set(y)
	return a.related(&b)
}

func (f *wordForm) related(g *wordForm) bool {
	if n := commonPrefix(f.bare, g.bare); n >= 3 || n >= 2 && n >= min(len(f.bare), len(g.bare))-1 || n == len(f.bare) && n == len(g.bare) {
		return true
	}
	if len(f.bare) >= 4 && f.letters == g.letters {
		return true
	}
	if len(f.skeleton) >= 2 && slices.Equal(f.skeleton, g.skeleton) {
		return true
	}
	return len(f.skeleton) >= 3 && len(g.skeleton) >= 3 && (within(f.skeleton, g.skeleton) || within(g.skeleton, f.skeleton))
}

func (f *wordForm) relatedToAny(others []wordForm) bool {
	for i := range others {
		if f.related(&others[i]) {
			return true
		}
	}
	return false
}

func commonPrefix(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
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

// skeletonOf maps consonants that transliterations exchange to one of them, vowels to vowel, and the rest to 0.
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
	return 0
}
