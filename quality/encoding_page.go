package quality

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The rules that decode runs. Each of the first four has a page.
const (
	encCP1252 = iota
	encCP1250
	encMacRoman
	encCP1256
	encArabicAsLatin
	encRules
)

var encRuleNames = [encRules]string{"utf8-as-cp1252", "utf8-as-cp1250", "utf8-as-macroman", "utf8-as-cp1256", "cp1256-as-cp1252"}

// encPage is the upper half of a code page, in both directions.
type encPage struct {
	chars [128]rune
	low   [0x700]uint8 // byte of a character below U+0700, 0 for none
	high  [0x300]uint8 // byte of a character from U+2000 on
}

var encPages = [...]encPage{
	encCP1252:   encNewPage(charmap.Windows1252),
	encCP1250:   encNewPage(charmap.Windows1250),
	encMacRoman: encNewPage(charmap.Macintosh),
	encCP1256:   encNewPage(charmap.Windows1256),
}

// encNewPage makes a page. Bytes that it leaves undefined, and in cp1252 those of Latin-1, stand for C1 controls, as in all browsers.
func encNewPage(m *charmap.Charmap) (p encPage) {
	for b := 0x80; b < 0x100; b++ {
		r := m.DecodeByte(byte(b))
		if r == utf8.RuneError {
			r = rune(b)
		}
		p.chars[b-0x80] = r
		if b < 0xA0 && m == charmap.Windows1252 {
			p.low[b] = uint8(b)
		}
		switch {
		case r < 0x700:
			p.low[r] = uint8(b)
		case 0x2000 <= r && r < 0x2300:
			p.high[r-0x2000] = uint8(b)
		}
	}
	return p
}

// byteOf returns the byte that r stands for, from 0x80 on, or 0.
func (p *encPage) byteOf(r rune) byte {
	switch {
	case r < 0x80:
		return 0
	case r < 0x700:
		return p.low[r]
	case 0x2000 <= r && r < 0x2300:
		return p.high[r-0x2000]
	}
	return 0
}

// unit decodes the character of UTF-8 whose bytes the first characters of s stand for. It returns the length of these in s,
// 0 if they stand for none that a text would hold.
func (p *encPage) unit(s string) (r rune, n int) {
	var b [4]byte
	c, n := utf8.DecodeRuneInString(s)
	b[0] = p.byteOf(c)
	size := encSize(b[0])
	for k := 1; k < size; k++ {
		c, m := utf8.DecodeRuneInString(s[n:])
		if b[k] = p.byteOf(c); b[k] < 0x80 || b[k] >= 0xC0 {
			return 0, 0
		}
		n += m
	}
	if size == 0 {
		return 0, 0
	}
	r, m := utf8.DecodeRune(b[:size])
	if m != size || !encExpected(r) {
		return 0, 0
	}
	return r, n
}

// encSize returns how many bytes UTF-8 has from this lead on, or 0 for a lead that Arabic, Latin, punctuation and emoji do not have.
func encSize(lead byte) int {
	switch {
	case 0xC2 <= lead && lead <= 0xC6, lead == 0xCB, 0xD8 <= lead && lead <= 0xDB:
		return 2
	case lead == 0xE2, lead == 0xEF:
		return 3
	case lead == 0xF0:
		return 4
	}
	return 0
}

// encOthers are the characters that cp1252 and its kin have beyond Latin-1, without the punctuation: text may have been read wrongly twice.
const encOthers = "ŒœŠšŸŽžƒˆ˜ŘřŁłŮůŰűŢţ€™"

// encExpected reports a character that a text in Arabic may hold.
func encExpected(r rune) bool {
	switch {
	case encIsArabic(r), 0xA0 <= r && r < 0x100, 0x2000 <= r && r < 0x2040, r == 0xFEFF, 0x1F300 <= r && r < 0x1FB00, 0x2600 <= r && r < 0x27C0:
		return r != 0x2028 && r != 0x2029
	}
	for _, o := range encOthers {
		if r == o {
			return true
		}
	}
	return false
}

// encIsArabic reports characters of Arabic, of Persian and Urdu, and the forms of Arabic letters.
func encIsArabic(r rune) bool {
	return 0x0600 <= r && r < 0x0700 && r != 0x0605 || 0xFB50 <= r && r < 0xFDFF || 0xFE70 <= r && r < 0xFEFD
}

// encIsLetter reports an Arabic letter.
func encIsLetter(r rune) bool { return encIsArabic(r) && unicode.IsLetter(r) }
