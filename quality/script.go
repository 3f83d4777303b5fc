package quality

import (
	"sync"
	"unicode"

	"golang.org/x/text/unicode/rangetable"
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

// isMark stands for category M until classes are settled.
const isMark = isOther << 1

// classRules are the tables that hold the characters of a class.
var classRules = [...]struct {
	class  class
	tables []*unicode.RangeTable
}{
	{isSpace, []*unicode.RangeTable{unicode.White_Space, rangetable.New(0x1C, 0x1D, 0x1E, 0x1F)}},
	{isBreak, []*unicode.RangeTable{tableOf("\n\r\v\f\x1C\x1D\x1E\u0085\u2028\u2029")}},
	{isLetter, []*unicode.RangeTable{unicode.L}},
	{isNumber, []*unicode.RangeTable{unicode.N}},
	{isMark, []*unicode.RangeTable{unicode.M}},
	{isSign, []*unicode.RangeTable{unicode.P, unicode.S}},
	{isPunct, []*unicode.RangeTable{unicode.P}},
	{isTerminal, []*unicode.RangeTable{unicode.STerm}},
	{isSymbol, []*unicode.RangeTable{unicode.STerm, tableOf(datatroveSigns), between(0, '\b'), between('\v', 0x1F), between(0x7F, 0x9F)}},
	{isArabic, []*unicode.RangeTable{tableOf(arabicAlphabet + "ـ"), between(0xFDF0, 0xFDFF), between(0xFE70, 0xFEFC)}}, // most of those forms are Arabic's
	{isExtended, []*unicode.RangeTable{unicode.Arabic}},
	{isLatin, []*unicode.RangeTable{unicode.Latin}},
	{isASCII, []*unicode.RangeTable{between('A', 'z')}},
	{isUpper, []*unicode.RangeTable{unicode.Lu}},
}

func tableOf(chars string) *unicode.RangeTable { return rangetable.New([]rune(chars)...) }

func between(first, last uint16) *unicode.RangeTable {
	return &unicode.RangeTable{R16: []unicode.Range16{{Lo: first, Hi: last, Stride: 1}}}
}

// settled turns the classes of all tables that hold a character into its classes.
func (c class) settled() class {
	if c&isLetter == 0 {
		c &^= scripts | isASCII
	}
	if c&isArabic != 0 {
		c &^= isExtended
	}
	if c&(isLetter|isNumber|isMark|isSpace) == 0 {
		c |= isOther
	}
	return c &^ isMark
}

func classOf(r rune) class {
	var c class
	for _, rule := range classRules {
		if unicode.In(r, rule.tables...) {
			c |= rule.class
		}
	}
	return c.settled()
}

// classes are those of the Basic Multilingual Plane; the rest is looked up. They take 128 KiB and half a millisecond, once: tables are gone
// through, and not asked about each character.
var classes = sync.OnceValue(func() *[1 << 16]class {
	var t [1 << 16]class
	for _, rule := range classRules {
		for _, table := range rule.tables {
			for _, r := range table.R16 {
				for i := int(r.Lo); i <= int(r.Hi); i += int(r.Stride) {
					t[i] |= rule.class
				}
			}
		}
	}
	for i, c := range t {
		t[i] = c.settled()
	}
	return &t
})
