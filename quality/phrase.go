package quality

import (
	"slices"
	"sort"
	"strings"
	"sync"
)

// Phrases is a table of what pages say around an article: "share", "read also", "follow us". It is not changed after it is made, and
// any number of goroutines can use it at once.
type Phrases struct {
	id         string
	words      *phraseWords
	entries    []*phraseEntry
	phrases    []*phrase
	begins     phraseIndex // phrases that count anywhere or near the head, by their first word
	openEnds   phraseIndex // those of them that begin with any word, by their last one; as open those that need not end the line
	ends       phraseIndex // phrases that count there and end a line, by their last word
	closes     phraseIndex // those that end it with a parenthesis, after any word, by their first word
	tailBegins phraseIndex // phrases that count near the tail, by their first word
	tailInside phraseIndex // those of them that may begin behind any word
	tailEnds   phraseIndex // those of them that end a line, by their last word
	lastEnds   phraseIndex // the same, where nothing may stand behind the line
	closesMost int         // the words of letters that one of closes can take
	sieve      *phraseSieve
	scans      sync.Pool // of *phraseScan
}

// Limits of the search. They bound its work per line, whatever the bytes.
const (
	phraseWindow  = 1200 // bytes of a line that are looked at, at either side
	cutsPerLine   = 8
	openLine      = 300 // bytes of the longest line that is tried for phrases that begin with any word
	headLines     = 3   // lines of text before a line that still belongs to the head
	tailLines     = 4   // lines of text after a line that still belongs to the tail
	lastLinesKept = 64
	textCutLimit  = 4000 // bytes that a phrase cuts at most up to the end of the text
)

// Append appends the spans of page furniture in text to dst. They are sorted, disjoint, not empty, within bounds, on rune borders and
// without white space around them; they share nothing with taken. Kind and Rule are those of the table.
//
// taken are spans that are cut anyway, such as those of [AppendCode], sorted and disjoint. A line that is all taken does not count as
// text, so that a phrase before it can still be the last of the text.
//
// A phrase is compared by folded words, so that diacritics, forms of hamza, tatweel and marks make no difference, and counts only
// in its place: a line of its own, the beginning or end of a line, near the head or the tail. Any string is good input. The time
// is linear in the length of text; the middle of a long line is not looked at.
func (p *Phrases) Append(dst []Span, text string, taken []Span) []Span {
	return p.append(dst, text, nil, taken)
}

// append is Append with the marks of the text, if they are known.
func (p *Phrases) append(dst []Span, text string, marks *textMarks, taken []Span) []Span {
	s, _ := p.scans.Get().(*phraseScan)
	if s == nil {
		l := phraseLexer{words: p.words}
		s = &phraseScan{lexer: l, in: phraseInput{lexer: l}, ahead: phraseInput{lexer: l}}
	}
	defer p.scans.Put(s)
	if marks == nil {
		marks = &s.own
		marks.read(text)
	}
	s.p, s.text, s.marks, s.taken = p, text, marks, taken
	s.found, s.last, s.before, s.middle = s.found[:0], s.last[:0], 0, 0
	s.in.text, s.ahead.text, s.end = text, text, phraseLast{}
	s.forward()
	s.backward()
	dst = s.appendFound(dst)
	s.text, s.in.text, s.ahead.text, s.marks, s.taken = "", "", "", nil, nil
	return dst
}

// A phraseScan is the search in one text.
type phraseScan struct {
	p      *Phrases
	text   string
	marks  *textMarks
	own    textMarks // if nobody else has them
	taken  []Span
	lexer  phraseLexer
	run    phraseRun
	in     phraseInput
	ahead  phraseInput // a look at words further on
	end    phraseLast
	places [(phraseWindow + 63) / 64]uint64 // that the sieve marked in a line
	lines  phraseLines
	last   [][2]int // the last lines, of at most twice lastLinesKept
	found  []Span
	middle int // how many of found come from the way forward: sorted
	before int // lines of text passed
	single bool
}

// forward goes through all lines, for phrases that count anywhere or near the head.
func (s *phraseScan) forward() {
	s.lines = phraseLines{text: s.text, marks: s.marks}
	start, end, ok := s.lines.next()
	s.single = ok && strings.TrimSpace(s.text[s.lines.at:]) == ""
	if s.single {
		s.last = append(s.last, [2]int{start, end})
		s.lines = phraseLines{text: s.text, marks: s.marks, at: start, sentences: true}
		start, end, ok = s.lines.next()
	}
	for ; ok; start, end, ok = s.lines.next() {
		if !s.single {
			s.keepLast(start, end)
		}
		s.forwardLine(start, end)
	}
	slices.SortFunc(s.found, func(a, b Span) int { return a.Start - b.Start }) // a line is cut from both sides
	s.middle = len(s.found)
}

func (s *phraseScan) keepLast(start, end int) {
	if len(s.last) == 2*lastLinesKept {
		s.last = append(s.last[:0], s.last[lastLinesKept:]...)
	}
	s.last = append(s.last, [2]int{start, end})
}

func (s *phraseScan) forwardLine(start, end int) {
	for range cutsPerLine {
		prose := s.opensProse(start, end)
		a, b, first, ok := start, end, phraseToken{}, true
		if !prose {
			a, b, first, ok = s.clip(start, end)
		}
		if !ok {
			if start < end && isRule(s.text[start:min(end, start+phraseWindow)]) && end-start < phraseWindow {
				s.found = append(s.found, Span{Start: start, End: end, Kind: Nav, Rule: "drawn-rule"})
			}
			return
		}
		var c phraseCut
		if ok = false; !prose {
			c, ok = s.atBegin(a, b, first)
		}
		if !ok {
			c, ok = s.atEnd(a, b)
		}
		if !ok {
			s.before++
			return
		}
		s.cut(c)
		switch {
		case c.end >= end && c.start <= a:
			return
		case c.start <= a:
			start = c.end
		default:
			end = c.start
		}
	}
	s.before++
}

// opensProse says that a line begins with a word with which no phrase does, by its first letters, and that nothing is cut from it yet; no says
// nothing.
func (s *phraseScan) opensProse(start, end int) bool {
	if len(s.taken) > 0 || start == end || s.before < headLines && end-start <= openLine && len(s.p.begins.open) > 0 {
		return false
	}
	return !s.p.begins.mayBeginWith(s.p.words, s.text[start:end])
}

// A phraseCut is what a phrase takes.
type phraseCut struct {
	start, end int
	entry      *phraseEntry
	order      int
}

// better says whether c is to be preferred to d.
func (c phraseCut) better(d phraseCut) bool {
	if d.entry == nil || c.end-c.start != d.end-d.start {
		return d.entry == nil || c.end-c.start > d.end-d.start
	}
	return c.order < d.order
}

func (s *phraseScan) cut(c phraseCut) {
	s.found = append(s.found, Span{Start: c.start, End: c.end, Kind: c.entry.kind, Rule: c.entry.rule})
	if c.entry.at == atText {
		s.lines.at = len(s.text)
	}
	if c.entry.at != atList || s.single {
		return
	}
	ahead := phraseLines{text: s.text, marks: s.marks, at: c.end}
	for range c.entry.lines {
		a, b, ok := ahead.next()
		if !ok || !isHeadline(s.text[a:b]) {
			return
		}
		s.found = append(s.found, Span{Start: a, End: b, Kind: c.entry.kind, Rule: c.entry.rule})
		if s.lines.at < ahead.at { // on the way forward, those lines are done
			s.keepLast(a, b)
			s.lines.at = ahead.at
		}
	}
}

// clip takes what is cut already from the sides of a line, and returns its first word. It says no where no word is left.
func (s *phraseScan) clip(start, end int) (int, int, phraseToken, bool) {
	var first phraseToken
	s.lexer.noLink = [2]int{}
	for at := start; ; {
		first = s.lexer.next(s.text, at, end)
		if first.start == end {
			return start, end, first, false
		}
		e := s.coveredUntil(first.start)
		if e < 0 {
			break
		}
		start, at = min(e, end), min(e, end)
	}
	for end > first.end && len(s.taken)+s.middle > 0 {
		b := s.coveredFrom(s.lastOf(start, end).start)
		if b < 0 {
			break
		}
		end = max(b, first.end)
	}
	return start, end, first, true
}

// coveredUntil returns the end of the span that covers i, or -1; coveredFrom returns its start.
func (s *phraseScan) coveredUntil(i int) int {
	for _, spans := range [2][]Span{s.taken, s.found[:s.middle]} {
		if k := sort.Search(len(spans), func(k int) bool { return spans[k].End > i }); k < len(spans) && spans[k].Start <= i {
			return spans[k].End
		}
	}
	return -1
}

func (s *phraseScan) coveredFrom(i int) int {
	for _, spans := range [2][]Span{s.taken, s.found[:s.middle]} {
		if k := sort.Search(len(spans), func(k int) bool { return spans[k].End > i }); k < len(spans) && spans[k].Start <= i {
			return spans[k].Start
		}
	}
	return -1
}

// appendFound puts what was found in order, without overlaps, and without what is taken.
func (s *phraseScan) appendFound(dst []Span) []Span {
	slices.SortStableFunc(s.found, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	at, k := 0, 0
	for _, f := range s.found {
		f.Start = max(f.Start, at)
		for f.Start < f.End {
			for k < len(s.taken) && s.taken[k].End <= f.Start {
				k++
			}
			piece := f
			if k < len(s.taken) && s.taken[k].Start < f.End {
				piece.End = s.taken[k].Start
				f.Start = s.taken[k].End
			} else {
				f.Start = f.End
			}
			if piece.Start < piece.End {
				dst = appendTrimmed(dst, s.text, piece)
			}
			at = max(at, piece.End)
		}
	}
	return dst
}

// appendTrimmed appends a span without the white space at its sides.
func appendTrimmed(dst []Span, text string, s Span) []Span {
	if s.Start, s.End = trimWhite(text, s.Start, s.End); s.Start == s.End {
		return dst
	}
	return append(dst, s)
}
