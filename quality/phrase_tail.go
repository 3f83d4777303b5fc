package quality

import (
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// What follows tells, from little of a line near the end, that no phrase can stand in it: by its first word, its last, and the places that
// the sieve finds. It may be wrong in one direction only: a line that it lets through is read word by word.

// tailMayHold says whether a phrase may stand in the part of a line from from on, which the input holds, and from which word on the part is
// to be read: at most the one before the phrase.
func (s *phraseScan) tailMayHold(from, start, end, after int) (int, bool) {
	l := tailLine{start: start, from: from, end: end, after: after, short: end-start <= openLine}
	for _, k := range s.p.tailBegins.open {
		l.open = l.open || l.short && s.mayBe(&l, s.p.phrases[k], true, true)
	}
	first := 0 // where the first word ends
	switch words := s.p.words; {
	case !l.open && words.beginsWithLetter(s.text[from:end]) && (from > start || !s.p.tailBegins.mayBeginWith(words, s.text[from:end])):
		first = words.letters(s.text, from, end)
	case !s.in.has(0):
		return from, false
	case from == start && s.mayHold(&l, &s.in, 0, true):
		return from, true
	default:
		first = s.in.tokens[0].end
	}
	if s.mayEnd(&l) {
		return from, true
	}
	return s.sieved(&l, first)
}

// A tailLine is what is known of a line near the end before it is read.
type tailLine struct {
	start, end int
	from       int  // the part that is looked at begins here
	after      int  // lines of text behind it
	short      bool // enough for phrases that begin with any word
	open       bool // it may have such a phrase
}

// mayEnd says whether a phrase that ends the line may stand in it.
func (s *phraseScan) mayEnd(l *tailLine) bool {
	line, most := s.text[l.start:l.end], 0
	for i, x := range []*phraseIndex{&s.p.tailEnds, &s.p.lastEnds} {
		if i == 1 && l.after > 0 {
			break
		}
		if len(x.open) == 0 && !x.mayEndWith(s.p.words, line) {
			continue
		}
		last := s.lastOf(l.start, l.end)
		if phrases := x.of(last.phraseToken); !last.sure {
			most = maxPhraseTokens
		} else {
			most = max(most, s.p.most(phrases), s.p.most(x.open))
		}
	}
	return most > 0 && s.holdsEnd(l.from, l.end, most, &s.p.tailBegins, [][]int32{s.p.tailBegins.open})
}

// mayHold says whether a phrase of those that do not end the line begins with word i of the input.
func (s *phraseScan) mayHold(l *tailLine, in *phraseInput, i int, lineStart bool) bool {
	t := in.tokens[i]
	sentenceStart := lineStart || t.before&(gapStop|gapWide|gapDots) != 0
	var open []int32
	if sentenceStart && l.short {
		open = s.p.tailBegins.open
	}
	for _, list := range [2][]int32{s.p.tailBegins.of(t), open} {
		for _, k := range list {
			f := s.p.phrases[k]
			if s.mayBe(l, f, lineStart, sentenceStart) && s.run.match(f.nodes, in, i, f.entry.whole()) >= 0 {
				return true
			}
		}
	}
	return false
}

func (s *phraseScan) mayBe(l *tailLine, f *phrase, lineStart, sentenceStart bool) bool {
	e := f.entry
	if e.at == atEnd || e.where == inLast && l.after > 0 || !s.mayBegin(e, lineStart, sentenceStart) {
		return false
	}
	return !e.whole() || s.lastOf(l.start, l.end).mayEnd(f)
}

// sieved says whether a phrase may begin behind the first word of the part of a line that is looked at, which ends at first, and from where
// on it is to be read.
func (s *phraseScan) sieved(l *tailLine, first int) (int, bool) {
	if s.p.sieve == nil {
		return l.from, true
	}
	end := l.end
	for end > first && endsNothing(s.text[end-1]) {
		end--
	}
	size := end - l.from
	places := bitmap.Bitmap(s.places[:(size+63)/64])
	s.p.sieve.read(places, s.text[l.from:end])
	for at := first; at < end; {
		k := l.from + places.Next(at-l.from, size)
		if k == end {
			break
		}
		if next := s.pastGap(l, k); next > k {
			at = next
			continue
		}
		next, hit := s.sievedAt(l, k, at)
		if hit {
			return next, true
		}
		at = next
	}
	return l.from, false
}

// endsNothing says of the last mark of a line that no phrase begins with it or behind it.
func endsNothing(b byte) bool { return b == '.' || b == '"' || b == ')' || b == ' ' }

// pastGap returns where the word begins behind the mark or white space at k if its first letters tell that no phrase begins with it, or 0.
// Of a gap that one white space can come before what the sieve marks, all is read: whether a sentence may begin behind it.
func (s *phraseScan) pastGap(l *tailLine, k int) int {
	words, begin := s.p.words, k
	if w := s.pastStop(l, k); w > k {
		return w
	}
	for begin > l.from && k-begin < utf8.UTFMax && !utf8.RuneStart(s.text[begin]) {
		begin-- // to the first byte of a mark of several
	}
	if l.open || !utf8.RuneStart(s.text[begin]) {
		return 0
	}
	from := begin
	if from > l.from {
		if c, n := words.before(s.text[l.from:from]); c.sort() == sortNone {
			from -= n
		}
	}
	lexer := &s.ahead.lexer
	lexer.noLink = [2]int{}
	w, g := lexer.skipGap(s.text, from, l.end, 0)
	if w <= k || w < l.end && s.tailIndex(g).mayBeginWith(words, s.text[w:l.end]) || strings.IndexByte(s.text[begin:w], '@') >= 0 {
		return 0
	}
	return w
}

// pastStop is pastGap for what most gaps are: a stop and a space, and a letter behind them.
func (s *phraseScan) pastStop(l *tailLine, k int) int {
	w, words := k+2, s.p.words
	if l.open || w >= l.end || s.text[k] != '.' || s.text[k+1] != ' ' || !words.beginsWithLetter(s.text[w:l.end]) ||
		s.p.tailBegins.mayBeginWith(words, s.text[w:l.end]) {
		return 0
	}
	return w
}

// tailIndex is what a phrase begins with within a line near the end, behind a gap.
func (s *phraseScan) tailIndex(g gap) *phraseIndex {
	if g&(gapStop|gapWide|gapDots) != 0 {
		return &s.p.tailBegins
	}
	return &s.p.tailInside
}

// sievedAt reads the words around k, from the end of the last one that was read on, and returns where to go on, or from where on to read the
// line for the phrase that may begin here.
func (s *phraseScan) sievedAt(l *tailLine, k, done int) (int, bool) {
	at := s.wordsBefore(k, done)
	if k-at > maxPhraseWord {
		return l.from, true
	}
	in := &s.ahead
	in.begin(at, s.in.end)
	w, g := in.lexer.skipGap(s.text, at, s.in.end, 0)
	if next := s.pastWord(l, w, k, g); next > k {
		return next, false
	}
	for i := 0; in.has(i); i++ {
		if s.unsure(in.tokens[i:]) {
			return l.from, true
		}
		if s.mayHold(l, in, i, false) {
			return s.wordBefore(l, in.tokens[i].start), true
		}
		if t := in.tokens[i]; t.end > k {
			return t.end, false
		}
	}
	return s.in.end, false
}

// pastWord tells by the first letters of the word at w, behind the marks of g, that no phrase begins with it. It returns where to go on, or 0
// if that is not sure: behind the word if it holds k.
func (s *phraseScan) pastWord(l *tailLine, w, k int, g gap) int {
	words, end := s.p.words, s.in.end
	switch {
	case w == end:
		return end
	case l.open || s.tailIndex(g).mayBeginWith(words, s.text[w:end]):
		return 0
	case w <= k:
		return words.letters(s.text, w, end)
	}
	return w
}

// wordBefore returns where the last word before i begins, if white space parts it from all addresses, or else the beginning of the line.
func (s *phraseScan) wordBefore(l *tailLine, i int) int {
	if at := s.lastWords(l.from, i, 1); at > l.from && s.text[at-1] == ' ' {
		return at
	}
	return l.from
}

// unsure says whether one of some words may be part of an address for one who reads the line from its start.
func (s *phraseScan) unsure(words []phraseToken) bool {
	for _, t := range words {
		if isLinkByte(s.text[t.start]) && isLinkByte(s.text[t.start-1]) && s.inAddress(t.start) {
			return true
		}
	}
	return false
}

// inAddress says whether a run of characters of an address around i may be one: it is long, or not all digits.
func (s *phraseScan) inAddress(i int) bool {
	const near = 32
	for k := i; k > 0 && isLinkByte(s.text[k-1]); k-- {
		if i-k > near || addressOnly(s.text[k-1]) {
			return true
		}
	}
	for k := i; k < len(s.text) && isLinkByte(s.text[k]); k++ {
		if k-i > near || addressOnly(s.text[k]) {
			return true
		}
	}
	return false
}

// addressOnly says whether a run of digits and marks that holds c may be an address.
func addressOnly(c byte) bool { return c == '@' || c == '/' || phraseSort(rune(c)) == sortASCII }

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
		c, n := s.p.words.before(s.text[done:at])
		if (c.sort() == sortNone) != marks {
			break
		}
		at -= n
	}
	return at
}
