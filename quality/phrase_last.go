package quality

import "strings"

// A phraseLast is the last word of a line.
type phraseLast struct {
	phraseToken
	line [2]int
	sure bool // it is the last word also to who reads the whole line
}

// mayEnd says whether a phrase can end with the word.
func (l *phraseLast) mayEnd(f *phrase) bool { return !l.sure || f.ends.accepts(l.phraseToken) }

// lastOf returns the last word of a line, which is looked up once.
func (s *phraseScan) lastOf(start, end int) *phraseLast {
	if line := [2]int{start, end}; s.end.line != line {
		s.end = s.lastWord(start, end)
		s.end.line = line
	}
	return &s.end
}

// lastWord looks at no more of a line than a word can have.
func (s *phraseScan) lastWord(start, end int) phraseLast {
	s.lexer.noLink = [2]int{}
	e := end
	for e > start {
		c, n := s.p.words.before(s.text[start:e])
		if c.sort() != sortNone {
			break
		}
		e -= n
	}
	i := e
	for i > start && e-i < maxPhraseWord {
		c, n := s.p.words.before(s.text[start:i])
		if c.sort() == sortNone && !isLinkByte(s.text[i-1]) {
			break
		}
		i -= n
	}
	var last phraseToken
	for at := i; at < e; at = last.end {
		t := s.lexer.next(s.text, at, e)
		if t.start == t.end {
			break
		}
		last = t
	}
	if last.end == 0 {
		return phraseLast{phraseToken: phraseToken{start: i, end: e, id: noWord}}
	}
	return phraseLast{phraseToken: last, sure: e-i < maxPhraseWord && strings.IndexByte(s.text[i:end], '/') < 0 && strings.IndexByte(s.text[i:end], '@') < 0}
}

// mayEndWith says whether the index may have a phrase for the last word of a line, by its last two letters.
func (x *phraseIndex) mayEndWith(w *phraseWords, line string) bool {
	for line != "" {
		c, n := w.before(line)
		if line = line[:len(line)-n]; c.sort() == sortNone {
			continue
		}
		switch {
		case c.odd() || int(c.fold()) >= len(x.finals):
			return true
		case c.sort() != sortLetter:
			return x.finals[c.fold()]
		}
		second := rune(0)
		if line != "" {
			switch b, _ := w.before(line); {
			case b.odd():
				return true
			case b.sort() == sortLetter:
				second = b.fold()
			}
		}
		return x.stops[letterPair(c.fold(), second)]
	}
	return true
}

// holdsEnd says whether a phrase that ends a line may stand at the end of text[from:end]: one that x has for its first word, or one of the
// lists. It reads no more words of letters than those can have, which are most, and one before them.
func (s *phraseScan) holdsEnd(from, end, most int, x *phraseIndex, lists [][]int32) bool {
	if most == 0 {
		return true // nobody knows
	}
	at, in := s.lastWords(from, end, most+1), &s.ahead
	in.begin(at, end)
	if in.readAll(); at > from && s.unsure(in.tokens) {
		return true
	}
	for i, t := range in.tokens {
		if s.endsWith(in, i, x.of(t)) {
			return true
		}
		for _, list := range lists {
			if s.endsWith(in, i, list) {
				return true
			}
		}
	}
	return false
}

// endsWith says whether one of some phrases takes all words of the input from i on.
func (s *phraseScan) endsWith(in *phraseInput, i int, phrases []int32) bool {
	for _, k := range phrases {
		if f := s.p.phrases[k]; f.entry.endsLine() && s.run.match(f.nodes, in, i, true) >= 0 {
			return true
		}
	}
	return false
}

// most returns how many words of letters one of some phrases can take.
func (p *Phrases) most(phrases []int32) int {
	n := 0
	for _, k := range phrases {
		n = max(n, p.phrases[k].most)
	}
	return n
}

// lastWords returns where the last n words of letters in text[from:end] begin, or from if there are fewer. Words that hold what is of ASCII, and
// digits, do not count.
func (s *phraseScan) lastWords(from, end, n int) int {
	letters, other := false, false // in the word at hand
	for at := end; at > from; {
		c, size := s.p.words.before(s.text[from:at])
		switch c.sort() {
		case sortMark:
		case sortLetter:
			letters = true
		case sortNone:
			if letters && !other {
				n--
			}
			if letters, other = false, false; n == 0 {
				return at
			}
		default:
			other = true
		}
		at -= size
	}
	return from
}
