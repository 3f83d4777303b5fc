package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Question marks in a row that stand for lost characters: fewer are emphasis, more are a line that somebody drew.
const (
	fewestLost = 3
	mostLost   = 8
)

// AppendLost appends runs of question marks where digits or letters were lost in a wrong encoding: "بلغ السعر ???? ريال". They are marked
// only; what stood there is gone. Marks that touch the word before, or follow a question, are emphasis.
func AppendLost(dst []Span, text string) []Span {
	for at := 0; ; {
		k := strings.Index(text[at:], "???")
		if k < 0 {
			return dst
		}
		start := at + k
		end := start + len(text[start:]) - len(strings.TrimLeft(text[start:], "?"))
		if n := end - start; n >= fewestLost && n <= mostLost && afterWord(text[:start]) && !startsWithLetter(text[end:]) {
			dst = append(dst, Span{Start: start, End: end, Kind: Other, Rule: "lost-characters", Mark: true})
		}
		at = end
	}
}

// afterWord tells whether s ends with a letter or digit and a space.
func afterWord(s string) bool {
	body := strings.TrimRight(s, " \u00A0")
	last, _ := utf8.DecodeLastRuneInString(body)
	return len(body) < len(s) && (unicode.IsLetter(last) || unicode.IsDigit(last) || unicode.IsMark(last))
}

func startsWithLetter(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first)
}
