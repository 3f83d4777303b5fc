package quality

import "unicode/utf8"

// What follows tells, from little of a line near the end, that no phrase can stand in it: by its first word, its last, and the places that
// the sieve finds. It may be wrong in one direction only: a line that it lets through is read word by word.

// tailMayHold says whether a phrase may stand in the part of a line from from on, which the input holds.
func (s *phraseScan) tailMayHold(from, start, end, after int) bool {
	if !s.in.has(0) {
		return false
	}
	near := tailLine{last: s.lastWord(start, end), after: after, short: end-start <= openLine}
	return from == start && s.mayHold(&near, s.in.tokens[0], true) || s.mayEnd(&near) || s.sieved(&near)
}

// A tailLine is what is known of a line near the end before it is read.
type tailLine struct {
	last  phraseLast
	after int  // lines of text behind it
	short bool // enough for phrases that begin with any word
}

// mayEnd says whether a phrase that ends the line may stand in it.
func (s *phraseScan) mayEnd(l *tailLine) bool {
	if !l.last.sure || len(s.p.tailEnds.open) > 0 {
		return true
	}
	for _, k := range s.p.tailEnds.of(l.last.phraseToken) {
		if l.after == 0 || s.p.phrases[k].entry.where != inLast {
			return true
		}
	}
	return false
}

// mayHold says whether a phrase of those that do not end the line may begin with a word.
func (s *phraseScan) mayHold(l *tailLine, t phraseToken, lineStart bool) bool {
	sentenceStart := lineStart || t.before&(gapStop|gapWide|gapDots) != 0
	for _, k := range s.p.tailBegins.of(t) {
		if s.mayBe(l, s.p.phrases[k], lineStart, sentenceStart) {
			return true
		}
	}
	if !sentenceStart || !l.short {
		return false
	}
	for _, k := range s.p.tailBegins.open {
		if s.mayBe(l, s.p.phrases[k], lineStart, sentenceStart) {
			return true
		}
	}
	return false
}

func (s *phraseScan) mayBe(l *tailLine, f *phrase, lineStart, sentenceStart bool) bool {
	e := f.entry
	if e.at == atEnd || e.where == inLast && l.after > 0 || !s.mayBegin(e, lineStart, sentenceStart) {
		return false
	}
	return !e.whole() || !l.last.sure || f.ends.accepts(l.last.phraseToken)
}

// sieved says whether a phrase may begin behind the first word of the part of a line that the input holds.
func (s *phraseScan) sieved(l *tailLine) bool {
	if s.p.sieve == nil {
		return true
	}
	for at := s.in.tokens[0].end; ; {
		k := s.p.sieve.next(s.text, at, s.in.end)
		if k == s.in.end {
			return false
		}
		next, hit := s.sievedAt(l, k, at)
		if hit {
			return true
		}
		at = next
	}
}

// sievedAt reads the words around k, from the end of the last one that was read on, and returns where to go on.
func (s *phraseScan) sievedAt(l *tailLine, k, done int) (int, bool) {
	at, end := s.wordsBefore(k, done), s.in.end
	if k-at > maxPhraseWord {
		return k, true
	}
	for {
		s.lexer.noLink = [2]int{}
		t := s.lexer.next(s.text, at, end)
		if t.start == end {
			return end, false
		}
		if t.class >= linkWord && isLinkByte(s.text[t.start-1]) {
			return t.end, true // what came before may make it a word
		}
		if s.mayHold(l, t, false) {
			return t.end, true
		}
		if at = t.end; at > k {
			return at, false
		}
	}
}

// wordsBefore returns the beginning of the run of marks, or of letters, that byte k belongs to, not before done.
func (s *phraseScan) wordsBefore(k, done int) int {
	at := k
	for at > done && k-at < utf8.UTFMax && !utf8.RuneStart(s.text[at]) {
		at--
	}
	r, n := utf8.DecodeRuneInString(s.text[at:s.in.end])
	if at+n <= k {
		at, r = k, utf8.RuneError
	}
	marks := phraseSort(r) == sortNone
	for at > done && k-at <= maxPhraseWord {
		r, n := utf8.DecodeLastRuneInString(s.text[done:at])
		if (phraseSort(r) == sortNone) != marks {
			break
		}
		at -= n
	}
	return at
}
