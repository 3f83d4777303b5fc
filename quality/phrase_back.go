package quality

// backward goes through the last lines from the end, for phrases that count near it.
func (s *phraseScan) backward() {
	after := 0 // lines of text behind
	for k := len(s.last) - 1; k >= 0 && after < tailLines; k-- {
		if s.backwardLine(s.last[k][0], s.last[k][1], after) {
			after++
		}
	}
}

// backwardLine cuts what it can from a line and says whether text is left.
func (s *phraseScan) backwardLine(start, end, after int) bool {
	for range cutsPerLine {
		a, b := start, end
		if len(s.taken)+s.middle > 0 || !s.p.words.beginsWithLetter(s.text[a:b]) {
			var ok bool
			if a, b, _, ok = s.clip(start, end); !ok {
				return false
			}
		}
		c, ok := s.nearTail(a, b, after)
		if !ok {
			return true
		}
		s.cut(c)
		switch {
		case c.start <= a && c.end >= b:
			return false
		case c.start <= a:
			start = c.end
		default:
			end = c.start
		}
	}
	return true
}

// nearTail finds the widest cut in a line near the end. Most lines are not read for it.
func (s *phraseScan) nearTail(start, end, after int) (phraseCut, bool) {
	from := s.windowBack(start, end)
	s.in.begin(from, end)
	read, ok := s.tailMayHold(from, start, end, after)
	if !ok {
		return phraseCut{}, false
	}
	if read > from {
		from = read
		s.in.begin(from, end)
	}
	var best phraseCut
	for i := 0; s.in.has(i); i++ {
		t := s.in.tokens[i]
		atStart := i == 0 && from == start
		if i == 0 && !atStart {
			continue
		}
		atSentence := atStart || t.before&(gapStop|gapWide|gapDots) != 0
		var open []int32
		if atSentence && end-start <= openLine {
			open = s.p.tailBegins.open
		}
		for _, list := range [2][]int32{s.p.tailBegins.of(t), open} {
			for _, k := range list {
				f := s.p.phrases[k]
				if f.entry.where == inLast && after > 0 || !s.mayBegin(f.entry, atStart, atSentence) {
					continue
				}
				if c, ok := s.cutAt(f, i, start, end, false); ok && c.better(best) {
					best = c
				}
			}
		}
		if best.entry != nil {
			break // what begins first is widest
		}
	}
	return best, best.entry != nil
}

// mayBegin says whether a phrase can begin here, in a line near the end.
func (s *phraseScan) mayBegin(e *phraseEntry, lineStart, sentenceStart bool) bool {
	switch e.at {
	case atEnd:
		return true
	case atAfter, atText:
		return sentenceStart || e.inside
	case atLine, atList:
		return lineStart || s.single && sentenceStart
	}
	return lineStart
}
