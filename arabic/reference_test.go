package arabic_test

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// reference is the folding written the plain way: whole strings, x/text for every normal form, one rule after another. It
// shares no table and no function with the package.
func reference(src []byte) string {
	s := strings.ToValidUTF8(string(src), "\uFFFD")
	s = spellSigns(s)
	s = decompose(s)
	s = norm.NFC.String(canonicalOrder(s))
	s = strings.Map(settled, s)
	s = norm.NFC.String(s) // Hangul whose parts a deleted mark held apart
	return strings.Join(strings.Fields(s), " ")
}

var signNames = strings.NewReplacer(
	"\uFD40", "رحمه الله", "\uFD41", "رضي الله عنه", "\uFD42", "رضي الله عنها", "\uFD43", "رضي الله عنهم",
	"\uFD44", "رضي الله عنهما", "\uFD45", "رضي الله عنهن", "\uFD46", "صلى الله عليه وآله", "\uFD47", "عليه السلام",
	"\uFD48", "عليهم السلام", "\uFD49", "عليهما السلام", "\uFD4A", "عليه الصلاة والسلام", "\uFD4B", "قدس سره",
	"\uFD4C", "صلى الله عليه وآله وسلم", "\uFD4D", "عليها السلام", "\uFD4E", "تبارك وتعالى", "\uFD4F", "رحمهم الله",
	"\uFDCF", "سلامه علينا", "\uFDFD", "بسم الله الرحمن الرحيم", "\uFDFE", "سبحانه وتعالى", "\uFDFF", "عز وجل")

func spellSigns(s string) string { return signNames.Replace(s) }

// decompose opens every character by itself, deletes the silent ones and lowers the rest.
func decompose(s string) string {
	var b strings.Builder
	for _, r := range s {
		for _, r := range norm.NFKD.String(string(r)) {
			if !isSilent(r) {
				b.WriteRune(unicode.ToLower(r))
			}
		}
	}
	return b.String()
}

// isSilent spells out what is deleted before marks compose: format characters, tatweel, Arabic marks and small letters.
func isSilent(r rune) bool {
	arabicMark := unicode.Is(unicode.Mn, r) && (r >= 0x600 && r <= 0x6FF || r >= 0x870 && r <= 0x8FF)
	return unicode.Is(unicode.Cf, r) || arabicMark || strings.ContainsRune("\u0640\u06E5\u06E6\u034F", r)
}

// canonicalOrder sorts each run of marks by class, of any length; norm alone would stop at 30.
func canonicalOrder(s string) string {
	rs := []rune(s)
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && class(rs[j]) != 0 {
			j++
		}
		slices.SortStableFunc(rs[i:j], func(a, b rune) int { return class(a) - class(b) })
		i = max(j, i+1)
	}
	return string(rs)
}

func class(r rune) int { return int(norm.NFD.PropertiesString(string(r)).CCC()) }

// settled is what one composed character becomes; -1 deletes it.
func settled(r rune) rune {
	switch {
	case unicode.Is(unicode.M, r):
		return -1
	case unicode.Is(unicode.Nd, r):
		return '0' + decimal(r)
	case strings.ContainsRune("ٱٲٳ", r):
		return 'ا'
	case strings.ContainsRune("ىیۍېے", r):
		return 'ي'
	case strings.ContainsRune("کڪ", r):
		return 'ك'
	case strings.ContainsRune("ةھہۃە", r):
		return 'ه'
	case r == 'ς':
		return 'σ'
	case unicode.Is(unicode.L, r), unicode.Is(unicode.N, r):
		return r
	}
	return ' '
}

// decimal counts back to the first digit of the run; runs that touch begin at multiples of ten.
func decimal(r rune) rune {
	n := rune(0)
	for unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	return n % 10
}

func runes(s string) int { return utf8.RuneCountInString(s) }
