package quality

import (
	"math/bits"
	"slices"
	"strings"
)

// A glance bounds signals by what bitmaps and the runs of plain letters tell (letters.go), without a look at any other character. What it
// knows:
//
//   - A run of plain letters is the beginning of a token if white space stands before it, or signs that white space stands before: two bytes of
//     signs are looked at. It is all of that token if white space stands behind it, or signs that white space stands behind.
//   - White space and signs have no letters and no digits, and only they part words. Bytes of no class may be anything.
//   - Equal tokens have equal runs in equal places. So a run that stands in the text for the first time stands in no n-gram, line or sentence
//     that stood before.
//
// Where it says "at least" or "at most" it counts each byte that it is not sure of in the worse way.
type glance struct {
	places  []glancePlaces
	runs    letterRuns
	buckets []uint32 // by a hash of a run, the bytes of such runs and one more for each
	maybe   []int32  // runs that lists may hold
	n       glanceCounts
	out     Signals
}

// glancePlaces are those of 64 bytes.
type glancePlaces struct {
	plain, white, sign, digit uint64
	part, unsure              uint64 // of words, but no plain letters: part for sure, unsure perhaps
	whole                     uint64 // where runs end that are all of a token, behind their last byte
}

// glanceCounts are in bytes where they say nothing else.
type glanceCounts struct {
	letters                  int // plain letters
	white, unsure, other     int // other: in words, but no plain letters
	signs, rest              int // rest: all that is neither a plain letter nor white space
	wordStarts, numberStarts int // stretches of what may be words, and of what may be numbers
	inside                   int // in words outside the runs that begin them
	begun, ended, prose      int // tokens: begun by a run of plain letters, all of them one, begun by two letters
	begunLetters             int // in the runs that begin tokens
	fresh, fullest           int // in runs that stand there for the first time, and the fullest bucket
	arabic, persian          int // tokens in the lists
}

// glanced are the signals that a glance sets.
var glanced = map[string]knowledge{
	"prose_words": leastSignal, "letters": leastSignal, "letters_arabic": leastSignal, "words_arabic": leastSignal,
	"letters_arabic_extended": mostSignal, "words_persian": mostSignal, "number_tokens": mostSignal, "lost_chars": mostSignal,
	"units_dup_chars": mostSignal, "gopher_dup_5grams": mostSignal, "gopher_top_2gram": mostSignal, "ends_open": mostSignal,
}

// read sets the signals of a text that are glanced at.
func (g *glance) read(lists *wordSet, l *plainLetters, text string) {
	g.n = glanceCounts{}
	g.classify(l, text)
	carry := uint64(0)
	for k := range l.classes {
		carry = g.count(k+1, carry)
	}
	g.places[len(l.classes)+1].whole = carry // the text ends with a run, and the last 64 bytes with it
	g.n.ended += int(carry)
	g.runs.read(l)
	g.repetition(lists, text)
	g.look(lists)
	g.finish(text)
}

// classify finds the classes of all bytes. Before the text and behind it there is white space.
func (g *glance) classify(l *plainLetters, text string) {
	n := len(l.classes)
	g.places = slices.Grow(g.places[:0], n+2)[:n+2]
	nothing := glancePlaces{white: ^uint64(0)}
	g.places[0], g.places[n+1] = nothing, nothing
	var next blockClasses
	for k := n - 1; k >= 0; k-- {
		c, p := &l.classes[k], &g.places[k+1]
		p.plain, p.white, p.digit = l.marks[k], c.white, c.digit
		p.sign = c.sign | c.sign2 | c.sign3 | behind(c.sign2|c.sign3, next.sign2|next.sign3, 1) | behind(c.sign3, next.sign3, 2)
		p.part = c.word | c.word2 | behind(c.word2, next.word2, 1)
		p.unsure = ^(p.plain | p.white | p.sign | p.digit | p.part)
		next = *c
	}
	if rest := len(text) & 63; rest > 0 {
		last := &g.places[n]
		last.white |= ^uint64(0) << rest
		last.unsure &^= ^uint64(0) << rest
		g.n.white -= 64 - rest
	}
}

// before moves the bits of x on by n, those that the word before it ends with in front.
func before(x, prev uint64, n int) uint64 { return x<<n | prev>>(64-n) }

// behind moves the bits of x back by n, those that the next word begins with behind.
func behind(x, next uint64, n int) uint64 { return x>>n | next<<(64-n) }

// count counts 64 bytes. carry is that of the bytes before, and of these.
func (g *glance) count(k int, carry uint64) uint64 {
	n, prev, p, next := &g.n, &g.places[k-1], &g.places[k], &g.places[k+1]
	words, wordsBefore, wordsBehind := ^(p.white | p.sign), ^(prev.white | prev.sign), ^(next.white | next.sign)
	other, otherBefore := p.digit|p.part|p.unsure, prev.digit|prev.part|prev.unsure
	n.letters += bits.OnesCount64(p.plain)
	n.white += bits.OnesCount64(p.white)
	n.unsure += bits.OnesCount64(p.unsure)
	n.other += bits.OnesCount64(p.part | p.unsure)
	n.signs += bits.OnesCount64(p.sign)
	n.wordStarts += bits.OnesCount64(words &^ before(words, wordsBefore, 1))
	n.numberStarts += bits.OnesCount64(other &^ before(other, otherBefore, 1))
	n.inside += bits.OnesCount64(other | p.sign&behind(words, wordsBehind, 1))

	w1, w2, w3 := before(p.white, prev.white, 1), before(p.white, prev.white, 2), before(p.white, prev.white, 3)
	s1, s2 := before(p.sign, prev.sign, 1), before(p.sign, prev.sign, 2)
	begins := p.plain &^ before(p.plain, prev.plain, 1) & (w1 | s1&(w2|s2&w3))
	n.begun += bits.OnesCount64(begins)
	n.prose += bits.OnesCount64(begins & behind(p.plain, next.plain, 2))
	// Added to a run, its first bit clears it and sets the bit behind it.
	sum, carry := bits.Add64(p.plain, begins, carry)
	n.begunLetters += bits.OnesCount64(p.plain &^ sum)
	w1, w2, s1 = behind(p.white, next.white, 1), behind(p.white, next.white, 2), behind(p.sign, next.sign, 1)
	p.whole = sum &^ p.plain & (p.white | p.sign&(w1|s1&w2))
	n.ended += bits.OnesCount64(p.whole)
	return carry
}

// repetition finds how much may stand twice.
func (g *glance) repetition(lists *wordSet, text string) {
	g.buckets = emptyBuckets(g.buckets, len(text))
	g.maybe = slices.Grow(g.maybe[:0], len(g.runs.hashes)+1)
	buckets, maybe := g.buckets, g.maybe[:len(g.runs.hashes)+1]
	fresh, fullest, listed := 0, uint32(0), 0
	starts, ends := g.runs.starts, g.runs.ends[:len(g.runs.starts)]
	for i, hash := range g.runs.hashes[:len(starts)] {
		b, n := &buckets[hash>>32&uint64(len(buckets)-1)], uint32(ends[i]-starts[i])
		held := *b
		*b = held + n + 1
		fullest = max(fullest, held+n+1)
		fresh += int(n &^ -min(held, 1))
		maybe[listed] = int32(i)
		listed += bit(lists.mayHold(hash))
	}
	g.n.fresh, g.n.fullest, g.maybe = fresh, int(fullest), maybe[:listed]
}

// look counts the tokens that lists hold.
func (g *glance) look(lists *wordSet) {
	for _, i := range g.maybe {
		end := g.runs.ends[i]
		if g.places[end>>6+1].whole>>(end&63)&1 != 0 {
			in := lists.held(g.runs.hashes[i])
			g.n.arabic += int(in >> listArabic & 1)
			g.n.persian += int(in >> listPersian & 1)
		}
	}
}

// freshPairs counts like fresh the bytes of runs that stand for the first time behind the run they stand behind, with one space between: both are
// of the same line or sentence.
func (g *glance) freshPairs(text string) int {
	g.buckets = emptyBuckets(g.buckets, len(text))
	fresh, last, end := 0, uint64(0), int32(-1)
	for i, hash := range g.runs.hashes {
		start, lastEnd := g.runs.starts[i], end
		end = g.runs.ends[i]
		if start == lastEnd+1 && lastEnd >= 0 && text[lastEnd] == ' ' {
			b := &g.buckets[(bits.RotateLeft64(last, 32)^hash)*0xD1B54A32D192ED03>>32&uint64(len(g.buckets)-1)]
			fresh += int(end-start) &^ -int(*b)
			*b = 1
		}
		last = hash
	}
	return fresh
}

// finish turns the counts into bounds.
func (g *glance) finish(text string) {
	n, s := &g.n, &g.out
	n.rest = len(text) - n.letters - n.white
	n.letters, n.begunLetters = n.letters/2, n.begunLetters/2
	n.inside += n.letters - n.begunLetters
	fewest, most := max(1, n.letters+n.white), n.letters+n.white+n.rest // characters
	words, numbers := n.wordStarts+n.unsure, n.numberStarts+n.unsure
	unique := n.fresh
	if 2*unique < len(text) {
		unique = max(unique, g.freshPairs(text))
	}
	*s = Signals{ProseWords: float64(n.prose)}
	s.Letters = ratio(n.letters, most)
	s.LettersArabic = ratio(n.letters, n.letters+n.other)
	s.LettersExtended = ratio(n.other, n.letters+n.other)
	s.WordsOf[listArabic] = ratio(n.arabic, words)
	s.WordsOf[listPersian] = ratio(n.persian+words-n.ended, words)
	s.NumberTokens = ratio(numbers, numbers+n.begun)
	s.Lost = ratio(n.unsure+strings.Count(text, "?"), fewest)
	s.UnitsDupChars = ratio(len(text)-unique, len(text))
	s.GopherDupNGramChars[0] = ratio(most-n.white-n.fresh/2, most)
	// The longer token of the 2-gram that counts is a sign, is inside words, or begins with a run and ends inside.
	s.GopherTopNGram[0] = ratio(max(3*n.signs, 3*n.inside, n.fullest+2*n.inside), fewest)
	s.EndsOpen = float64(bit(!endsFirm(text)))
}

// endsFirm says whether a text ends with what is no open end; no says nothing.
func endsFirm(text string) bool {
	text = strings.TrimRight(text, " \n\r\t")
	return plainEnd(text) && !strings.ContainsRune(openEnds, rune(text[len(text)-1]))
}
