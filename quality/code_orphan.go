package quality

import (
	"strings"
	"unicode/utf8"
)

// proseMarks counts the brackets that prose has open, over the text outside of spans.
type proseMarks struct {
	pos    int // counted up to here
	braces int
	parens int // in this line
}

// advance counts text up to end.
func (m *proseMarks) advance(text string, end int) {
	for ; m.pos < end; m.pos++ {
		c := text[m.pos]
		if codeClass[c]&ccCount == 0 {
			continue
		}
		switch c {
		case '{':
			m.braces++
		case '}':
			m.braces = max(0, m.braces-1)
		case '(':
			m.parens++
		case ')':
			m.parens = max(0, m.parens-1)
		case '\n':
			m.parens = 0
		}
	}
}

// maxOrphan bounds a run of closing marks, in bytes.
const maxOrphan = 32

// orphan describes a run of closing marks.
type orphan struct {
	end             int
	brace, semi     bool
	paren, afterCut bool // a parenthesis; one that closes a quoted argument or a block
	cdata           bool
}

// takeOrphan accepts a run of closing marks at t that closes nothing before it.
func (s *codeScan) takeOrphan(t *codeToken) bool {
	if t.kind != tokQuote && t.kind != tokString && (t.kind != tokMark || strings.IndexByte(")]}/", t.mark) < 0) && t.kind != tokOp {
		return false
	}
	o := readOrphan(s.text, t.start)
	if o.end == t.start {
		return false
	}
	s.count.pos = max(s.count.pos, s.floor)
	s.count.advance(s.text, t.start)
	ownLine := t.gap == lineGap && lineEnds(s.text, o.end)
	switch {
	case o.brace && s.count.braces > 0 || o.paren && s.count.parens > 0:
		return false
	case o.cdata, o.semi && o.afterCut, ownLine && (o.brace || o.semi && o.paren):
		start := t.start
		for start > s.floor && s.text[start-1] > ' ' && s.text[start-1] < utf8.RuneSelf { // the end of the argument it closed
			start--
		}
		s.emit(start, o.end, codeRuleNames[ruleOrphan])
		s.count.pos = o.end
		return true
	}
	return false
}

// readOrphan reads closing marks, and quotes between them, from text[i:].
func readOrphan(text string, i int) orphan {
	o := orphan{end: i}
	quote := false
	for limit := min(len(text), i+maxOrphan); i < limit; i++ {
		c := text[i]
		switch {
		case c == '}':
			o.brace = true
			o.end = i + 1
		case c == ')':
			o.paren = true
			o.afterCut = o.afterCut || quote || o.brace
			o.end = i + 1
		case c == ';':
			o.semi = o.paren || o.brace
			o.afterCut = o.afterCut || o.brace
			o.end = i + 1
		case c == ']' && strings.HasPrefix(text[i:], "]]>"):
			o.cdata = true
			i += 2
			o.end = i + 1
		case c == ']' || c == ',' && o.end > 0 && quote:
		case c == '\'' || c == '"':
			quote = true
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(text[i:])
			if quoteSort(r) == notQuote {
				return o
			}
			quote = true
			i += n - 1
		default:
			return o
		}
	}
	return o
}

// lineEnds says whether only white space stands between i and the end of the line.
func lineEnds(text string, i int) bool {
	for ; i < len(text) && text[i] != '\n'; i++ {
		if codeClass[text[i]]&ccSpace == 0 {
			return false
		}
	}
	return true
}
