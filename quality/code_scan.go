package quality

import (
	"strings"
	"unicode/utf8"
)

// maxReach bounds the way back from a closing bracket to its partner, in bytes.
const maxReach = 160

// maxStump bounds what a snippet that was cut in half may have lost its shape on, in bytes.
const maxStump = 80

// codeScan is one pass over a text.
type codeScan struct {
	text  string
	spans []Span
	base  int // spans before this one are the caller's
	floor int // text before here is settled
	prose int // text before here is known to be no run of prose that can be skipped
	w     codeWindow
	r     codeRegion
	lex   codeLexer
	count proseMarks
}

// appendCode is AppendCode without the look ahead.
func appendCode(dst []Span, text string) []Span {
	s := newCodeScan(dst, text)
	return s.all()
}

func newCodeScan(dst []Span, text string) codeScan {
	return codeScan{text: text, spans: dst, base: len(dst), lex: newCodeLexer(text)}
}

// all reads the text.
func (s *codeScan) all() []Span {
	s.w.c.gap = lineGap
	s.w.n, s.w.nn = s.lex.next(), s.lex.next()
	for {
		s.skipProse()
		s.w.push(s.lex.next())
		if s.w.c.kind == tokEnd {
			break
		}
		s.take()
	}
	s.settle()
	return s.spans
}

// take weighs the middle token and grows or ends the region.
func (s *codeScan) take() {
	t := &s.w.c
	if t.start < s.floor || t.kind == tokWord && t.has(tokForeign) && !s.r.alive() {
		return // settled, or prose
	}
	if t.kind == tokTag || t.kind == tokHold {
		s.takeMarkup()
		return
	}
	s.prepare()
	v, rule := s.w.weigh()
	if s.r.alive() && v < 0 && t.gap == lineGap && (s.r.open == 0 || t.has(tokForeign)) && t.kind != tokMark {
		s.settle() // the next line is prose
	}
	if !s.r.alive() {
		if s.takeOrphan(t) {
			return
		}
		s.prepare()
		if v, rule = s.w.weigh(); v <= 0 {
			return
		}
		s.r.begin(t)
	}
	s.r.add(&s.w, v, rule)
	if s.r.done() {
		s.settle()
	}
}

// prepare tells the window what the region knows.
func (s *codeScan) prepare() {
	w, t := &s.w, &s.w.c
	w.depth, w.style = s.r.open, s.r.rule[ruleStyle] > 0
	if t.kind == tokOp && t.mark == '/' && (s.r.alive() || t.gap == lineGap) {
		w.comment = true
	} else if t.gap == lineGap || t.kind == tokMark && t.mark == ';' {
		w.comment = false
	}
}

// takeMarkup accepts a tag or a placeholder that is not merely mentioned.
func (s *codeScan) takeMarkup() {
	t := &s.w.c
	if s.r.alive() && s.r.open > 0 { // in a string that lost its quotes
		s.r.add(&s.w, codeFirm, ruleMarkup)
		return
	}
	if t.kind == tokTag && !t.has(tokAttrs) && t.gap == spaceGap && s.w.n.gap == spaceGap && s.w.n.kind != tokTag && s.w.p.kind != tokTag {
		return
	}
	s.settle()
	rule := codeRuleNames[ruleMarkup]
	if t.kind == tokHold {
		rule = codeRuleNames[rulePlaceholder]
	}
	s.emit(t.start, t.end, rule)
}

// settle ends the region and keeps it if it is code.
func (s *codeScan) settle() {
	r := &s.r
	if r.best > 0 && r.accepted() {
		start, end := s.borders()
		s.emit(start, end, r.name())
	}
	*r = codeRegion{}
}

// emit adds a span, or widens the last one if only white space lies between.
func (s *codeScan) emit(start, end int, rule string) {
	start = max(start, s.floor)
	for start < end && codeClass[s.text[start]]&ccSpace != 0 {
		start++
	}
	if start >= end {
		return
	}
	s.floor = end
	if k := len(s.spans); k > s.base && s.spans[k-1].Rule == rule && strings.TrimSpace(s.text[s.spans[k-1].End:start]) == "" {
		s.spans[k-1].End = end
		return
	}
	s.spans = append(s.spans, Span{Start: start, End: end, Kind: Code, Rule: rule})
}

// borders widens the region to the brackets and marks that belong to it.
func (s *codeScan) borders() (start, end int) {
	start = s.r.start
	over := s.r.endOver > 0
	if over {
		start = s.partner(start)
		over = start == s.r.start
	}
	start = s.head(start)
	if over {
		start = s.stump(start)
	}
	end = s.tail(s.r.end)
	if s.r.endOpen > 0 {
		end = s.ragged(end)
	}
	return start, end
}

// partner walks back from start to the bracket that closes first in the region, if it stands near in the same line.
func (s *codeScan) partner(start int) int {
	depth := s.r.endOver
	for i := start - 1; i >= max(s.floor, start-maxReach); i-- {
		switch c := s.text[i]; {
		case c >= utf8.RuneSelf || c == '\n':
			return start
		case c == ')' || c == ']' || c == '}':
			depth++
		case c == '(' || c == '[' || c == '{':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return start
}

// stump walks back over the rest of a snippet that was cut at its head, up to the prose before it.
func (s *codeScan) stump(start int) int {
	i := start
	for i > s.floor && i > start-maxStump && s.text[i-1] < utf8.RuneSelf && s.text[i-1] != '\n' {
		i--
	}
	if i == start-maxStump { // Latin prose: what touches
		for i = start; i > s.floor && s.text[i-1] > ' ' && s.text[i-1] < utf8.RuneSelf; i-- {
		}
		return i
	}
	if i > s.floor && s.text[i-1] >= utf8.RuneSelf {
		for i < start && codeClass[s.text[i]]&ccName == 0 && s.text[i] != '\'' && s.text[i] != '#' {
			i++
		}
	}
	return i
}

// ragged walks on over the rest of a snippet that was cut at its tail, up to the prose behind it.
func (s *codeScan) ragged(end int) int {
	i := end
	for i < len(s.text) && i < end+maxStump && s.text[i] < utf8.RuneSelf && s.text[i] != '\n' {
		i++
	}
	if i == end+maxStump {
		for i = end; i < len(s.text) && s.text[i] > ' ' && s.text[i] < utf8.RuneSelf; i++ {
		}
	}
	for i > end && codeClass[s.text[i-1]]&ccSpace != 0 {
		i--
	}
	return i
}

// head walks back from the start of a region over what belongs to it: the names of a dotted chain, a word of the language,
// the selector of a rule.
func (s *codeScan) head(start int) int {
	style := s.r.rule[ruleStyle] > 0
	for i := start; i > s.floor; {
		c := s.text[i-1]
		switch {
		case codeClass[c]&ccName != 0:
			j := i - 1
			for j > s.floor && (codeClass[s.text[j-1]]&ccName != 0 || s.text[j-1] == '-') {
				j--
			}
			if !s.leads(j, i, start) {
				return start
			}
			start, i = j, j
			continue
		case codeClass[c]&ccSpace != 0:
		case i == start && (c == '.' && s.dotted(i-1) || c == '!' && (s.text[start] == '(' || s.text[start] == 'f')):
			start = i - 1
		case c == '/' && i-2 >= s.floor && s.text[i-2] == '/' && (i < 3 || s.text[i-3] != ':'):
			i--
			start = i - 1
		case style && strings.IndexByte(".#:>,*@[]()=\"'+~", c) >= 0 && s.chained(i-1):
			start = i - 1
		default:
			return start
		}
		i--
	}
	return start
}

// dotted says whether the dot at i joins a name to what follows.
func (s *codeScan) dotted(i int) bool {
	j := i
	for j > s.floor && codeClass[s.text[j-1]]&ccName != 0 {
		j--
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[s.floor:j])
	return j < i && codeClass[s.text[j]]&ccLetter != 0 && (before < utf8.RuneSelf || before >= beyondLatin)
}

// chained says whether the mark at i stands before a name and not after the end of a sentence.
func (s *codeScan) chained(i int) bool {
	return i+1 < len(s.text) && codeClass[s.text[i+1]]&ccSpace == 0 && (i == 0 || s.text[i-1] < utf8.RuneSelf) || s.text[i] == ',' || s.text[i] == '>'
}

// leads says whether the word text[i:j] belongs to the region that starts at start.
func (s *codeScan) leads(i, j, start int) bool {
	word := s.text[i:j]
	if j == start && (s.text[start] == '.' || s.text[start] == '[') {
		return true
	}
	if s.r.rule[ruleStyle] > 0 {
		return i > 0 && strings.IndexByte(".#:@-[", s.text[i-1]) >= 0 || cssWord(word)
	}
	k := codeWords[word]
	return j < start && k != notKey && k < keyValue
}

// tail walks on from the end of a region over the marks that close it.
func (s *codeScan) tail(end int) int {
	open := s.r.endOpen
	for i := end; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == ')' || c == ']' || c == '}':
			if open == 0 {
				return end
			}
			open--
			end = i + 1
		case c == ';' || c == '=' && i == end:
			end = i + 1
		case codeClass[c]&ccSpace != 0:
		default:
			return end
		}
	}
	return end
}
