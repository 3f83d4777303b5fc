package quality

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// codings are the encodings that UTF-8 is read as, in the order of the rules from ruleUTF8. certain is how many letters of Arabic in a
// row leave no doubt.
var codings = [...]struct {
	table   *charmap.Charmap
	certain int
}{{charmap.Windows1252, 2}, {charmap.Windows1250, 2}, {charmap.Windows1256, 3}, {charmap.Macintosh, 3}}

// misread decodes a run that begins at i, if it is one, and returns where to go on.
func (s *encodingScan) misread(i int) int {
	first, size := utf8.DecodeRuneInString(s.text[i:])
	for k := range codings {
		if b, ok := byteOf(codings[k].table, first); ok && (b >= 0xD8 && b <= 0xDB || k == 0 && (b == 0xE2 || b == 0xC2)) {
			if end, put, letters := decodeUTF8As(codings[k].table, s.text, i); end > i {
				s.add(i, end, ruleUTF8+k, put, letters < codings[k].certain)
				return end
			}
		}
	}
	if s.text[i] == 0xC3 {
		return s.western(i)
	}
	return i + size
}

// byteOf returns the byte of r in an encoding. Where Windows encodings have no character, the control of that number stands in texts.
func byteOf(table *charmap.Charmap, r rune) (byte, bool) {
	if r >= 0x80 && r < 0xA0 {
		return byte(r), true
	}
	if r < 0x80 {
		return 0, false
	}
	return table.EncodeRune(r)
}

// decodeUTF8As decodes the longest run at i that is UTF-8 read as the encoding of table and that is Arabic, or punctuation. It
// returns i as the end where there is none. letters counts letters of Arabic; a mark of punctuation of three bytes (â€œ) counts for two.
func decodeUTF8As(table *charmap.Charmap, text string, i int) (end int, put string, letters int) {
	var out []byte
	end = i
	for end < len(text) {
		r, next := decodeOne(table, text, end)
		switch {
		case r >= 0x600 && r < 0x700 && unicode.IsLetter(r):
			letters++
		case r >= 0x600 && r < 0x700 && unicode.IsGraphic(r):
		case r >= 0x2010 && r <= 0x2026:
			letters += 2
		case (r == '«' || r == '»' || r == 0xA0 || r == 0x200C || r == 0x200F) && next > 0:
		default:
			next = 0
		}
		if next == 0 {
			break
		}
		if r == 0xA0 {
			r = ' '
		}
		out = utf8.AppendRune(out, r)
		end = next
	}
	return end, string(out), letters
}

// decodeOne decodes one character of two or three bytes, or returns a next of 0.
func decodeOne(table *charmap.Charmap, text string, i int) (r rune, next int) {
	var b [3]byte
	need := 2
	for k := 0; k < need; k++ {
		c, size := utf8.DecodeRuneInString(text[i:])
		if c == utf8.RuneError {
			return 0, 0
		}
		v, ok := byteOf(table, c)
		if !ok || k > 0 && v&0xC0 != 0x80 {
			return 0, 0
		}
		if k == 0 {
			switch {
			case v == 0xE2:
				need = 3
			case v == 0xC2 || v >= 0xD8 && v <= 0xDB:
			default:
				return 0, 0
			}
		}
		b[k] = v
		i += size
	}
	r, size := utf8.DecodeRune(b[:need])
	if size != need {
		return 0, 0
	}
	return r, i
}

// western decodes a word of the letters À to ÿ and their like as Arabic of cp1256, if it is one, and returns its end. A word that
// touches a letter of ASCII is none, nor is one with a letter that Arabic has not.
func (s *encodingScan) western(i int) int {
	var out []byte
	letters, signs, hamza, sound := 0, 0, false, true
	end, before := i, rune(0)
	for end < len(s.text) {
		c, size := utf8.DecodeRuneInString(s.text[end:])
		b, ok := byteOf(charmap.Windows1252, c)
		if !ok || c == utf8.RuneError || b == 0xA0 || b == 0xAB || b == 0xBB {
			break
		}
		r := charmap.Windows1256.DecodeByte(b)
		switch {
		case arabicOf1256(r):
			letters++
			signs += bit(r == 'ا' || r == 'ل' || r == 'ي')
			ham := r >= 0x621 && r <= 0x626
			sound = sound && !(ham && hamza) && before != 'ة' && before != 'ى' && r != before
			hamza, before = ham, r
		case r >= 0x64B && r <= 0x652 && letters > 0, r == 'ـ', r == '،', r == '؛', r == '؟':
		default:
			sound = false
		}
		out = utf8.AppendRune(out, r)
		end += size
	}
	if end == i {
		_, size := utf8.DecodeRuneInString(s.text[i:])
		return i + size
	}
	if sound && letters > 0 && !s.touchesWord(i, end) {
		s.add(i, end, rule1256As1252, string(out), letters < 4 || signs == 0)
	}
	return end
}

// arabicOf1256 says whether r is one of the letters of Arabic, all of which cp1256 has.
func arabicOf1256(r rune) bool { return r >= 0x621 && r <= 0x63A || r >= 0x641 && r <= 0x64A }

// touchesWord says whether a letter stands right before start or at end.
func (s *encodingScan) touchesWord(start, end int) bool {
	before, _ := lastRune(s.text[:start])
	after, _ := utf8.DecodeRuneInString(s.text[end:])
	return start > 0 && unicode.IsLetter(before) || end < len(s.text) && unicode.IsLetter(after)
}
