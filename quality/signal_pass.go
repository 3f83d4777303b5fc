package quality

import (
	"math/bits"
	"strings"
)

// A pass goes over a text for a screen. It makes the tokens that [Analyzer] makes (signal_tokens.go) and counts what is in them with the
// same functions, but keeps neither words nor their places.
//
// N-grams it bounds by pairs of tokens, which it puts into buckets by a hash. The characters of a 2-gram times its count are not more
// than the characters of all pairs in its bucket. And where a 5-gram stands a second time, each of its four pairs stands in a bucket
// that is not empty: so the tokens in four such pairs in a row, or more, have all characters that such 5-grams can have.
type pass struct {
	a       *Analyzer
	cells   *[1 << 16]cell
	inRow   bool // a token of the row was there
	ended   bool // as in scan
	tokens  int
	words   int                   // of plain letters of Arabic alone
	prose   int                   // of them, those of two letters or more
	letters int                   // in them
	listed  [1 << foldedLists]int // words, by the set of lists that hold them
	top     int                   // characters of the fullest bucket
	dup     int                   // characters of tokens in four known pairs in a row
	buckets []uint32
	last    pairToken
	run     knownRun
}

// pairToken is what pairs need of a token.
type pairToken struct {
	hash  uint64
	chars int
}

// knownRun is a stretch of tokens that stand in known pairs.
type knownRun struct{ pairs, chars int }

// read sets the signals of a text that are screened.
func (p *pass) read(a *Analyzer, text string) {
	p.begin(a, text)
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			a.scan.chars++
			i++
			continue
		}
		if i+1 < len(text) && p.cells[uint16(text[i])<<8|uint16(text[i+1])] != 0 {
			i = p.word(i)
			continue
		}
		r, k, n := a.scan.decode(i)
		switch {
		case k&isSpace != 0:
			if k&isBreak != 0 {
				p.inRow, p.ended = false, false
			}
			a.scan.chars++
			i += n
		case k&isSign != 0:
			i = p.sign(i, r, k, n)
		default:
			i = p.word(i)
		}
	}
	p.finish(text)
}

func (p *pass) begin(a *Analyzer, text string) {
	if a.lists.exact == nil {
		a.lists, _ = words()
	}
	a.out, a.n, a.starts, a.lastUnit = Signals{}, counts{}, a.starts[:0], ""
	a.scan = scan{text: text, table: classes()}
	a.units.reset(0)
	*p = pass{a: a, cells: cells(), buckets: p.buckets}
	// Two to four buckets a token: a token and the space behind it take ten bytes of most texts.
	if n := 1 << bits.Len(uint(len(text)/4|0xFF)); n <= cap(p.buckets) {
		p.buckets = p.buckets[:n]
		clear(p.buckets)
	} else {
		p.buckets = make([]uint32, n)
	}
}

// beginToken notes whether a sentence begins.
func (p *pass) beginToken(i int, k class) {
	if !p.inRow || p.ended && k&isPunct == 0 {
		p.inRow, p.ended = true, false
		p.a.sentence(i)
	}
}

func (p *pass) sign(i int, r rune, k class, n int) int {
	p.beginToken(i, k)
	end := i + n
	if r == '.' {
		for end < len(p.a.scan.text) && p.a.scan.text[end] == '.' {
			end++
		}
	}
	chars := 1
	if end > i+n {
		chars = end - i
	} else if k&isTerminal != 0 {
		p.ended = true
	}
	p.a.countSign(r, chars)
	p.token(uint64(r), chars)
	return end
}

// word counts a word and returns where it ends.
func (p *pass) word(start int) int {
	p.beginToken(start, 0)
	end, chars, some, all, key := p.wordEnd(start)
	if all&plainArabic == plainArabic {
		p.words++
		p.prose += bit(chars > 1)
		p.letters += chars
		if chars <= longestLetters {
			p.listed[p.a.lists.plain.of(spread(key))]++
		}
	} else {
		word := p.a.scan.text[start:end]
		p.a.countWord(word, chars, class(some), class(all))
		p.listed[p.look(word, chars, some, all, key)]++
	}
	p.token(key, chars)
	return end
}

// plainArabic is what most words are of.
const plainArabic = isPlain | cell(isArabic)

// wordEnd returns the end of a word, its characters, the cells of some and of all of them, and their key.
func (p *pass) wordEnd(i int) (end, chars int, some, all cell, key uint64) {
	text, c := p.a.scan.text, &p.a.scan
	all = ^all
	for {
		from := i
		for i+1 < len(text) {
			k := p.cells[uint16(text[i])<<8|uint16(text[i+1])]
			if k == 0 {
				break
			}
			some |= k
			all &= k
			key = longerKey(key, k)
			i += 2
		}
		chars += (i - from) / 2
		if i >= len(text) || text[i] == ' ' {
			return i, chars, some, all, key
		}
		r, k, n := c.decode(i)
		if k&(isSpace|isSign) != 0 && (k&isSpace != 0 || !c.inside(i, n)) {
			return i, chars, some, all, key
		}
		one := cell(k) | cell(r&0xFF)<<codeBits
		some |= one
		all &= one
		key = longerKey(key, one)
		chars++
		i += n
	}
}

// look returns the folded lists that hold a word, as [Analyzer] does about one that is new in the document. No list holds a word without a
// letter of the Arabic script.
func (p *pass) look(word string, chars int, some, all cell, key uint64) uint16 {
	switch {
	case some&cell(isArabic|isExtended) == 0 || len(word) > longestWord || chars > longestLetters && all&cell(isLetter) != 0:
		return 0
	case all&isPlain != 0:
		return p.a.lists.plain.of(spread(key))
	}
	return p.a.known.folded(&p.a.lists, word, wordHash(word))
}

// token puts the pair of the last token and this one into its bucket.
func (p *pass) token(hash uint64, chars int) {
	p.a.scan.chars += chars
	hash += uint64(chars) << 56
	if p.tokens++; p.tokens > 1 {
		place := (bits.RotateLeft64(p.last.hash*0xD1B54A32D192ED03, 32) ^ hash) * 0x9E3779B97F4A7C15
		bucket := &p.buckets[place>>32&uint64(len(p.buckets)-1)]
		p.pair(*bucket != 0, chars)
		*bucket += uint32(p.last.chars + 1 + chars)
		p.top = max(p.top, int(*bucket))
	} else {
		p.run.chars = chars
	}
	p.last = pairToken{hash, chars}
}

// pair counts the tokens of known pairs; chars are those of the second.
func (p *pass) pair(known bool, chars int) {
	r := &p.run
	if !known {
		*r = knownRun{0, chars}
		return
	}
	r.pairs++
	r.chars += chars
	switch {
	case r.pairs == 4:
		p.dup += r.chars
	case r.pairs > 4:
		p.dup += chars
	}
}

func (p *pass) finish(text string) {
	a, s, n := p.a, &p.a.out, &p.a.n
	n.letters += p.letters
	n.arabic += p.letters
	n.rpWords += p.words
	s.ProseWords += float64(p.prose)
	for lists, words := range p.listed {
		for i := range s.WordsOf {
			s.WordsOf[i] += float64(lists >> i & 1 * words)
		}
	}
	chars := a.scan.chars
	s.Chars, s.Tokens = float64(chars), float64(p.tokens)
	s.NumberTokens = ratio(n.numbers, p.tokens-n.signs)
	s.GopherTopNGram[0] = ratio(p.top, chars)
	s.GopherDupNGramChars[0] = ratio(p.dup, chars)
	a.finishScripts()
	a.finishWords(n.rpWords)
	for rest, more := text, true; more; {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		if bare := trimPython(line); bare != "" {
			s.Lines++
			a.unit(trimmed(bare))
		}
	}
	a.finishUnits()
}
