package quality

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// atBegin tries the phrases that can begin the line.
func (s *phraseScan) atBegin(start, end int, first phraseToken) (phraseCut, bool) {
	phrases, open := s.p.begins.of(first), s.p.begins.open
	if s.before >= headLines || end-start > openLine || len(s.p.openEnds.open) == 0 && !s.p.openEnds.mayEndWith(s.p.words, s.text[start:end]) {
		open = nil
	}
	if len(phrases)+len(open) == 0 {
		return phraseCut{}, false
	}
	stop := s.window(start, end)
	s.in.begin(start, stop)
	var best phraseCut
	for _, list := range [2][]int32{phrases, open} {
		for _, k := range list {
			f := s.p.phrases[k]
			if !s.inPlace(f.entry.where) || f.entry.whole() && !s.lastOf(start, end).mayEnd(f) {
				continue
			}
			if c, ok := s.cutAt(f, 0, start, end, stop < end); ok && c.better(best) {
				best = c
			}
		}
	}
	return best, best.entry != nil
}

// inPlace says whether the way forward is at a line for a phrase.
func (s *phraseScan) inPlace(w phraseWhere) bool {
	switch w {
	case anywhere:
		return true
	case inFirst:
		return s.before == 0
	case inHead:
		return s.before < headLines
	case inner:
		return s.before > 0
	}
	return false
}

// window returns the end of the part of a line that is looked at from its start, on a rune border.
func (s *phraseScan) window(start, end int) int {
	if end-start <= phraseWindow {
		return end
	}
	stop := start + phraseWindow
	for stop > start && !utf8.RuneStart(s.text[stop]) {
		stop--
	}
	return stop
}

// windowBack is the same from its end.
func (s *phraseScan) windowBack(start, end int) int {
	if end-start <= phraseWindow {
		return start
	}
	from := end - phraseWindow
	for from < end && !utf8.RuneStart(s.text[from]) {
		from++
	}
	return from
}

// cutAt matches a phrase at token i of the input, and returns what it cuts. A partial line was not read to its end.
func (s *phraseScan) cutAt(f *phrase, i, start, end int, partial bool) (phraseCut, bool) {
	e := f.entry
	if partial && (e.whole() || e.at == atRest || e.at == atAfter) {
		return phraseCut{}, false
	}
	j := s.run.match(f.nodes, &s.in, i, e.whole())
	if j < 0 || !s.fits(e, i, j) {
		return phraseCut{}, false
	}
	c := phraseCut{start: start, end: end, entry: e, order: f.order}
	if i > 0 && e.at != atUpTo {
		c.start = s.borderBefore(i)
	}
	switch {
	case e.at == atText:
		if c.end = len(s.text); c.end-c.start > textCutLimit {
			return phraseCut{}, false
		}
	case e.at == atStart && s.in.has(j):
		c.end = s.borderAfter(j)
	case e.at == atStart && partial:
		return phraseCut{}, false
	}
	return c, true
}

// fits says whether the line is as an entry wants it whose phrase takes tokens i to j. It reads no more of the line than it must.
func (s *phraseScan) fits(e *phraseEntry, i, j int) bool {
	switch {
	case (e.at == atRest || e.at == atAfter) && s.in.has(i+e.words), e.at == atUpTo && !s.oneSentence(i, e.words):
		return false
	case e.open:
		if s.in.readAll(); s.in.after&gapStop != 0 && s.in.after&gapDots == 0 {
			return false
		}
	}
	return !s.isChatter(i, j)
}

// oneSentence says whether the line has at most so many words and no end of a sentence up to token i.
func (s *phraseScan) oneSentence(i, words int) bool {
	if s.in.has(words) {
		return false
	}
	if s.in.readAll(); s.in.after&gapStop != 0 {
		return false
	}
	for k := 1; k <= i; k++ {
		if s.in.tokens[k].before&gapStop != 0 {
			return false
		}
	}
	return i > 0
}

// isChatter says whether tokens i to j are so few that marks around them tell against furniture: pictures, or, on a line of one word, the
// mark of an item in a list of the article.
func (s *phraseScan) isChatter(i, j int) bool {
	if j-i > 2 {
		return false
	}
	g := s.in.gapAt(j)
	for k := i; k < j; k++ {
		g |= s.in.tokens[k].before
	}
	return g&gapSymbol != 0 || i == 0 && j == 1 && !s.in.has(1) && s.in.tokens[0].class == plainWord &&
		s.in.tokens[0].before&(gapDash|gapStar) != 0 && s.in.tokens[0].before&gapSlash == 0
}

// A phraseEnds is the phrases that may end a line.
type phraseEnds struct {
	lists   [2][]int32   // by its last word, and with any
	byFirst *phraseIndex // others, by their first word, or nil
	most    int          // the words of letters that they can take
}

// endsOf returns the phrases that may end a line, by its last word and its last mark.
func (s *phraseScan) endsOf(start, end int) (e phraseEnds) {
	line, p := s.text[start:end], s.p
	if p.ends.mayEndWith(p.words, line) {
		e.lists[0] = p.ends.of(s.lastOf(start, end).phraseToken)
	}
	if s.before < headLines && end-start <= openLine {
		e.lists[1] = p.ends.open
	}
	e.most = max(p.most(e.lists[0]), p.most(e.lists[1]))
	if strings.HasSuffix(line, ")") || strings.HasSuffix(line, ").") {
		e.byFirst, e.most = &p.closes, max(e.most, p.closesMost)
		e.lists[1] = append(slices.Clip(e.lists[1]), p.closes.open...)
	}
	return e
}

// none says that no phrase may end the line.
func (e *phraseEnds) none() bool { return len(e.lists[0])+len(e.lists[1]) == 0 && e.byFirst == nil }

// atEnd tries the phrases that can end the line.
func (s *phraseScan) atEnd(start, end int) (phraseCut, bool) {
	from, ends := s.windowBack(start, end), s.endsOf(start, end)
	if ends.none() || !s.holdsEnd(from, end, ends.most, ends.byFirst, ends.lists[:]) {
		return phraseCut{}, false
	}
	s.in.begin(from, end)
	s.in.readAll()
	var best phraseCut
	for i := max(0, len(s.in.tokens)-maxPhraseTokens); i < len(s.in.tokens); i++ {
		if i == 0 && from > start {
			continue // its gap was not seen
		}
		for _, list := range [3][]int32{ends.lists[0], ends.lists[1], ends.byFirst.of(s.in.tokens[i])} {
			for _, k := range list {
				f := s.p.phrases[k]
				if !s.inPlace(f.entry.where) {
					continue
				}
				if c, ok := s.cutAt(f, i, start, end, false); ok && c.better(best) {
					best = c
				}
			}
		}
		if best.entry != nil {
			break
		}
	}
	return best, best.entry != nil
}
