package quality

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A class says what the signals need to know about a character.
type class uint16

const (
	isSpace    class = 1 << iota // white space to Python's str.split
	isBreak                      // a line break to Python's str.splitlines
	isLetter                     // L
	isNumber                     // N
	isSign                       // P and S: stands by itself at a word's border
	isPunct                      // P
	isTerminal                   // ends a sentence: Unicode's Sentence_Terminal
	isSymbol                     // in datatrove's PUNCTUATION_SET
	isArabic                     // a letter of the Arabic language
	isExtended                   // another letter of the Arabic script
	isLatin                      // a letter
	isASCII                      // a letter
	isUpper                      // a letter
	isOther                      // neither letter, number, mark nor white space: the special characters of BigScience
)

// scripts are the letters whose shares are signals.
const scripts = isArabic | isExtended | isLatin

// arabicAlphabet are the letters of Arabic as it is written today, without the tatweel.
const arabicAlphabet = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ"

// datatroveSigns is PUNCTUATION of datatrove (utils/text.py), but for its control characters, which symbol adds, and for the
// sentence-final signs of all scripts (TERMINAL_PUNCTUATION), which are taken from Unicode 15: 154 of its 159.
const datatroveSigns = "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»"

// classes are those of the Basic Multilingual Plane; the rest is looked up. They take 128 KiB and 10 milliseconds, once.
var classes = sync.OnceValue(func() *[1 << 16]class {
	var t [1 << 16]class
	for r := range t {
		t[r] = classOf(rune(r))
	}
	return &t
})

var classRules = [...]struct {
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
	{isSymbol, symbol},
	{isArabic, arabicLetter},
	{isExtended, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) && !arabicLetter(r) }},
	{isLatin, func(r rune) bool { return unicode.Is(unicode.Latin, r) && unicode.IsLetter(r) }},
	{isASCII, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }},
	{isUpper, unicode.IsUpper},
	{isOther, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.N, unicode.M) && !unicode.IsSpace(r) && (r < 0x1C || r > 0x1F)
	}},
}

func classOf(r rune) class {
	var c class
	for _, rule := range classRules {
		if rule.holds(r) {
			c |= rule.class
		}
	}
	return c
}

func symbol(r rune) bool {
	control := r < 32 && r != '\t' && r != '\n' || r >= 127 && r < 160
	return control || unicode.Is(unicode.STerm, r) || strings.ContainsRune(datatroveSigns, r)
}

// arabicLetter also takes the tatweel and the presentation forms, most of which are Arabic's.
func arabicLetter(r rune) bool {
	return strings.ContainsRune(arabicAlphabet, r) || r == 'ـ' || unicode.IsLetter(r) && (r >= 0xFDF0 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC)
}
