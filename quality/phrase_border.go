package quality

import "unicode/utf8"

// borderBefore returns where the cut begins before token i: behind the marks that belong to the word before it.
func (s *phraseScan) borderBefore(i int) int {
	at, end := s.in.tokens[i-1].end, s.in.tokens[i].start
	for k := at; k < end; {
		r, n := utf8.DecodeRuneInString(s.text[k:end])
		switch {
		case gapOf(r)&gapOpen != 0:
			return k
		case isWhite(r):
			if k == at {
				return s.afterStop(k, end)
			}
			return k
		}
		k += n
	}
	if at < end && s.in.tokens[i].before&gapDots == 0 { // the marks touch both words: the first is of the word before
		_, n := utf8.DecodeRuneInString(s.text[at:end])
		return at + n
	}
	return at
}

// afterStop returns the place behind a stop that white space parts from its sentence, or i where there is none.
func (s *phraseScan) afterStop(i, end int) int {
	for k := i; k < end; {
		r, n := utf8.DecodeRuneInString(s.text[k:end])
		switch {
		case isWhite(r):
			k += n
		case r == '.' && (k+1 == end || s.text[k+1] != '.'):
			return k + 1
		default:
			return i
		}
	}
	return i
}

// borderAfter returns where the cut of a phrase that begins a line ends: before token j and the marks that open it.
func (s *phraseScan) borderAfter(j int) int {
	at, end := s.in.tokens[j-1].end, s.in.tokens[j].start
	for k, r := range s.text[at:end] {
		if g := gapOf(r); g&gapOpen != 0 || r == '"' || r == '«' || r == '“' {
			return at + k
		}
	}
	return end
}
