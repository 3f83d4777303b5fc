package quality

import (
	"strings"
	"unicode/utf8"
)

// quoteKind is a sort of quotation mark. Code on a page often has its quotes turned typographic; a mark of that kind may be closed by
// any other of its width, a plain one only by itself.
type quoteKind uint8

const (
	notQuote quoteKind = iota
	plainSingle
	plainDouble
	backtick
	curlySingle
	curlyDouble
	numQuotes
)

func quoteSort(r rune) quoteKind {
	switch r {
	case '\'':
		return plainSingle
	case '"':
		return plainDouble
	case '`':
		return backtick
	case '‘', '’', '‚', '‛', '′':
		return curlySingle
	case '“', '”', '„', '‟', '″', '«', '»':
		return curlyDouble
	}
	return notQuote
}

// closes says whether a quote of kind k ends a string that a quote of kind open began.
func (open quoteKind) closes(k quoteKind) bool {
	return k == open || open == curlySingle && k == plainSingle || open == curlyDouble && k == plainDouble
}

// scanQuote reads a string, if the quote r of n bytes stands where programs begin one and is closed in its line, else the lone quote.
func (l *codeLexer) scanQuote(t *codeToken, r rune, n int) {
	t.kind, t.end = tokQuote, t.start+n
	if !l.mayOpen(t) {
		return
	}
	end := l.closeQuote(t, quoteSort(r), t.start+n)
	if l.prev.kind != tokMark && l.prev.kind != tokOp && t.has(tokForeign|tokWordy) {
		end = -1 // a line of prose that begins with a quotation
	}
	if end > 0 {
		t.kind, t.end = tokString, end
	}
}

// mayOpen says whether a string can begin at t: after a mark, an operator, at the start of a line or after a word of the language.
// A quotation that prose introduces, by a comma or a colon, may go on behind the snippet it holds and is no string.
func (l *codeLexer) mayOpen(t *codeToken) bool {
	switch l.prev.kind {
	case tokMark:
		if t.gap != noGap && (l.before.has(tokForeign) && l.before.kind == tokWord || l.before.kind == tokOther) {
			return false
		}
		return strings.IndexByte("([{,:=+?!&|;<>/}-", l.prev.mark) >= 0
	case tokOp, tokComment, tokEnd:
		return true
	}
	return t.gap == lineGap || l.prev.key != 0
}

// closeQuote returns the end of the string that kind opened, whose body starts at from, or -1. A quote only closes where a program
// goes on after it. It notes in t what the string holds.
func (l *codeLexer) closeQuote(t *codeToken, kind quoteKind, from int) int {
	if from < l.barren[kind] {
		return -1
	}
	s, spaced := l.text, false
	for i := from; i < len(s); {
		c := s[i]
		k, n := notQuote, 1
		switch {
		case c == '\n' && kind != backtick:
			l.barren[kind] = i
			return -1
		case c == '\\':
			i += 2
			continue
		case c >= utf8.RuneSelf:
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			if k = quoteSort(r); k == notQuote && !isBlank(r) && !isMarkRune(r) {
				t.flags |= tokForeign
				if spaced {
					t.flags |= tokWordy
				}
			}
		case c == '\'' || c == '"' || c == '`':
			k = quoteSort(rune(c))
		case c == ' ':
			spaced = true
		case spaced && codeClass[c]&ccLetter != 0:
			t.flags |= tokWordy
		}
		if i += n; k != notQuote && kind.closes(k) {
			return closedBefore(s, i, t.flags&(tokForeign|tokWordy) == tokForeign|tokWordy)
		}
	}
	l.barren[kind] = len(s)
	return -1
}

// closedBefore returns i if what follows s[:i] can follow a string in a program, else -1. A string of foreign prose may be a
// string that was cut, closed by a quote of the article: it must not end like a sentence.
func closedBefore(s string, i int, prose bool) int {
	j := i
	for j < len(s) && (s[j] == ' ' || s[j] == '\t') {
		j++
	}
	if prose && (j == len(s) || s[j] == '.' || s[j] == '\n' || s[j] == '\r') {
		return -1
	}
	if j == len(s) || strings.IndexByte(")]},;:+=|&?.><*-/!\r\n", s[j]) >= 0 {
		return i
	}
	return -1
}
