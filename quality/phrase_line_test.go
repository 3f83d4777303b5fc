package quality

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// plainCut is cut without marks.
func plainCut(l *phraseLines) int {
	text, spaces := l.text, 0
	for i := l.at; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
			l.at = i + n
			return i
		case ' ', '\t', 0xA0:
			if spaces++; spaces == wideSpace {
				l.at = i + n
				return l.at
			}
		default:
			spaces = 0
			if size := sentenceEnd(text, i); l.sentences && size > 0 {
				l.at = i + size
				return l.at
			}
		}
		i += n
	}
	l.at = len(text)
	return l.at
}

// plainNext is next without a short way past blank lines.
func plainNext(l *phraseLines) (start, end int, ok bool) {
	for l.at < len(l.text) {
		start = l.at
		if start, end = trimWhite(l.text, start, plainCut(l)); start < end {
			return start, end, true
		}
	}
	return 0, 0, false
}

// FuzzPhraseLines compares the separators found by marks, and the lines between them, with those found rune by rune.
func FuzzPhraseLines(f *testing.F) {
	for _, text := range []string{
		"", "\n", "أ\r\nب\u0085ج\u2028د\u2029ه", "    ", "كلمة    كلمة", "كلمة \u00a0 \tكلمة", "1234567 \u00a0\u00a0 x", "123456   \t12", "هل عاد؟ نعم! عاد. انتهى", "\xd8\x9f \x9f .",
		strings.Repeat("كلمة ", 20) + "؟" + strings.Repeat(" x", 9), "«a» “b” — c\v\f \xc2 \xe2\x80",
	} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, sentences bool) {
		fast, plain := phraseLines{text: text, marks: marksOf(text), sentences: sentences}, phraseLines{text: text, sentences: sentences}
		for fast.at < len(text) {
			a, b := fast.cut(), plainCut(&plain)
			if a != b || fast.at != plain.at {
				t.Fatalf("%q: a line ends at %d, the next begins at %d; rune by rune at %d and %d", text, a, fast.at, b, plain.at)
			}
		}
		fast.at, plain.at = 0, 0
		for more := true; more; {
			var a, b, c, d int
			var last bool
			a, b, more = fast.next()
			if c, d, last = plainNext(&plain); a != c || b != d || more != last {
				t.Fatalf("%q: a line from %d to %d (%v); rune by rune from %d to %d (%v)", text, a, b, more, c, d, last)
			}
		}
	})
}
