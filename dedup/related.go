package dedup

import (
	"slices"
	"strings"
)

// related tells whether two folded words are likely forms or spellings of one: they begin alike (مشروع، مشروعات), have the same
// letters (منتزه، متنزه), or the same consonants as foreign names are spelled (غروزني، جروزني).
func related(x, y string) bool {
	a, b := []rune(bare(x)), []rune(bare(y))
	if slices.Equal(a, b) {
		return true
	}
	if n := commonPrefix(a, b); n >= 3 || n >= 2 && n >= min(len(a), len(b))-1 {
		return true
	}
	if len(a) >= 4 && len(a) == len(b) && slices.Equal(sortedRunes(a), sortedRunes(b)) {
		return true
	}
	p, q := skeleton(a), skeleton(b)
	if letters(p) >= 2 && p == q {
		return true
	}
	return letters(p) >= 3 && letters(q) >= 3 && (strings.Contains(p, q) || strings.Contains(q, p))
}

func commonPrefix(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func sortedRunes(r []rune) []rune {
	r = slices.Clone(r)
	slices.Sort(r)
	return r
}

// skeletonOf maps consonants that transliterations exchange to one of them, and vowels to nothing.
var skeletonOf = map[rune]rune{
	'ا': -1, 'و': -1, 'ي': -1, 'ه': -1, 'ء': -1,
	'غ': 'ك', 'ج': 'ك', 'ق': 'ك', 'گ': 'ك', 'چ': 'ك',
	'ث': 'س', 'ص': 'س', 'ز': 'س', 'ذ': 'د', 'ط': 'ت', 'ظ': 'ض', 'خ': 'ح', 'ڤ': 'ف', 'پ': 'ب',
}

func skeleton(word []rune) string {
	var b strings.Builder
	for _, r := range word {
		switch to := skeletonOf[r]; to {
		case 0:
			b.WriteRune(r)
		case -1:
		default:
			b.WriteRune(to)
		}
	}
	return b.String()
}
