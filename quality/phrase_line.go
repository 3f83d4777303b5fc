package quality

import (
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// A phraseLines splits a text into lines: at every line break, and where a page's layout left white space four wide. A text that
// has neither is split at the ends of its sentences, if asked to.
type phraseLines struct {
	text      string
	marks     *textMarks // of text
	at        int
	sentences bool
}

// wideSpace is how many white spaces in a row part two lines.
const wideSpace = 4

// next returns the bounds of the next line that is not blank, without white space around it.
func (l *phraseLines) next() (start, end int, ok bool) {
	for l.at < len(l.text) {
		if b := l.text[l.at]; b == '\n' || b == ' ' {
			l.at++ // of a blank line, or before the first word
			continue
		}
		start = l.at
		end = l.cut()
		if start, end = trimWhite(l.text, start, end); start < end {
			return start, end, true
		}
	}
	return 0, 0, false
}

// trimWhite moves the bounds of a part of a text past the white space at its sides.
func trimWhite(text string, start, end int) (int, int) {
	for start < end {
		b := text[start]
		if b > leadLatin && b < leadPrint {
			break // a letter of two bytes
		}
		r, n := rune(b), 1
		if b >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[start:end])
		}
		if !isWhite(r) {
			break
		}
		start += n
	}
	for start < end {
		b := text[end-1]
		if b >= utf8.RuneSelf && end-start > 1 && text[end-2] > leadLatin && text[end-2] < leadPrint {
			break
		}
		r, n := rune(b), 1
		if b >= utf8.RuneSelf {
			r, n = utf8.DecodeLastRuneInString(text[start:end])
		}
		if !isWhite(r) {
			break
		}
		end -= n
	}
	return start, end
}

func isWhite(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x2028, 0x2029, 0x3000, 0xFEFF, 0x200B, 0x1A:
		return true
	}
	return false
}

// cut moves past the next separator and returns where it begins.
func (l *phraseLines) cut() int {
	text, spaces := l.text, 0
	for i := l.at; i < len(text); {
		if spaces == 0 {
			if i = l.skip(i); i == len(text) {
				break
			}
		}
		switch c := text[i]; {
		case c == '\n' || c == '\r' || c == '\v' || c == '\f':
			l.at = i + 1
			return i
		case c == ' ' || c == '\t':
			spaces++
			i++
		case c == 0xC2 && strings.HasPrefix(text[i:], "\u00a0"):
			spaces++
			i += 2
		case c == 0xC2 && strings.HasPrefix(text[i:], "\u0085"), c == 0xE2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			_, n := utf8.DecodeRuneInString(text[i:])
			l.at = i + n
			return i
		default:
			spaces = 0
			i++
			if l.sentences {
				if n := sentenceEnd(text, i-1); n > 0 {
					l.at = i - 1 + n
					return l.at
				}
			}
		}
		if spaces == wideSpace {
			l.at = i
			return i
		}
	}
	l.at = len(text)
	return l.at
}

// skip returns the next place from i on that cut must look at: where a separator may begin, or a row of white space. A single space
// between words is none.
func (l *phraseLines) skip(i int) int {
	end := len(l.text)
	k := end
	if l.sentences {
		k = bitmap.NextOf(l.marks.lines, l.marks.stops, i, end)
	} else {
		k = l.marks.lines.Next(i, end)
	}
	if k == end {
		return end
	}
	start := k
	switch c := l.text[k]; { // the mark is on the last byte
	case c == 0xA8 || c == 0xA9:
		start = k - 2
	case c >= utf8.RuneSelf:
		start = k - 1
	}
	if start > i && l.text[start-1] == ' ' {
		start-- // the first of the row
	}
	return max(i, start)
}

// questionTrail is the second byte of the question mark of Arabic, whose first byte is that of half of all letters.
const questionTrail = 0x9F

// sentenceEnd returns the length of the end of a sentence at i: one mark, what closes behind it, and white space must follow.
func sentenceEnd(text string, i int) int {
	n := 1
	switch c := text[i]; {
	case c == '.' || c == '!' || c == '?':
	case c == 0xD8 && strings.HasPrefix(text[i:], "؟"):
		n = 2
	default:
		return 0
	}
	if i > 0 && (text[i-1] == '.' || text[i-1] == ' ' && text[i] == '.') {
		return 0 // dots lead on to something
	}
	for i+n < len(text) && n < 16 {
		r, w := utf8.DecodeRuneInString(text[i+n:])
		if isWhite(r) {
			return n
		}
		if g := gapOf(r); g&(gapClose|gapQuote) == 0 {
			return 0
		}
		n += w
	}
	return 0
}

// isHeadline says whether a line looks like a headline: short, and not a finished sentence.
func isHeadline(line string) bool {
	if len(line) > maxHeadline || utf8.RuneCountInString(line) < 8 {
		return false
	}
	line = strings.TrimRight(line, "\"»”)'’ ")
	return !strings.HasSuffix(line, ".") || strings.HasSuffix(line, "..")
}

// maxHeadline is the longest headline, in bytes.
const maxHeadline = 260

// isRule says whether a line is a drawn rule: five or more of its marks, and nothing else.
func isRule(line string) bool {
	n := 0
	for _, r := range line {
		switch {
		case strings.ContainsRune("-_=*~–—─━═•·ـ", r):
			n++
		case !isWhite(r):
			return false
		}
	}
	return n >= 5
}
