package quality

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// plainClasses say class by class what package unicode says of a character.
var plainClasses = [...]struct {
	class class
	holds func(rune) bool
}{
	{isSpace, func(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }},
	{isBreak, func(r rune) bool { return strings.ContainsRune("\n\r\v\f\x1C\x1D\x1E\u0085\u2028\u2029", r) }},
	{isLetter, unicode.IsLetter},
	{isNumber, unicode.IsNumber},
	{isSign, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }},
	{isPunct, unicode.IsPunct},
	{isTerminal, func(r rune) bool { return unicode.Is(unicode.STerm, r) }},
	{isSymbol, func(r rune) bool {
		control := r < 32 && r != '\t' && r != '\n' || r >= 127 && r < 160
		return control || unicode.Is(unicode.STerm, r) || strings.ContainsRune(datatroveSigns, r)
	}},
	{isArabic, arabicLetter},
	{isExtended, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) && !arabicLetter(r) }},
	{isLatin, func(r rune) bool { return unicode.Is(unicode.Latin, r) && unicode.IsLetter(r) }},
	{isASCII, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }},
	{isUpper, unicode.IsUpper},
	{isOther, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.N, unicode.M) && !unicode.IsSpace(r) && (r < 0x1C || r > 0x1F)
	}},
}

func arabicLetter(r rune) bool {
	return strings.ContainsRune(arabicAlphabet, r) || r == 'ـ' || unicode.IsLetter(r) && (r >= 0xFDF0 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC)
}

func TestClasses(t *testing.T) {
	t.Parallel()
	table := classes()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		var want class
		for _, plain := range plainClasses {
			if plain.holds(r) {
				want |= plain.class
			}
		}
		if got := classOf(r); got != want || int(r) < len(table) && table[r] != want {
			t.Fatalf("U+%04X: classes %b, and %b in the table; want %b", r, got, table[min(int(r), len(table)-1)], want)
		}
	}
}
