package quality

import (
	"slices"
	"strings"
)

// A pass goes over a text for a screen. It makes the tokens that [Analyzer] makes (signal_tokens.go) and counts what is in them with the
// same functions, but keeps neither words nor their places. Words of plain letters, which are most, it takes from plainLetters.
type pass struct {
	a       *Analyzer
	cells   *[1 << 16]cell
	letters *plainLetters
	inRow   bool                  // a token of the row was there
	ended   bool                  // as in scan
	words   int                   // of plain letters alone
	prose   int                   // of them, those of two letters or more
	inWords int                   // letters in them
	listed  [1 << foldedLists]int // words, by the set of lists that hold them
	keys    []uint64              // of words of plain letters that lists may hold
	tokens  []token
	pairs   tokenPairs
}

// read sets the signals of a text, whose letters were read, that are screened.
func (p *pass) read(a *Analyzer, letters *plainLetters, text string) {
	p.begin(a, letters, text)
	for i := 0; ; {
		if i = p.plainWords(i); i == len(text) {
			break
		}
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

func (p *pass) begin(a *Analyzer, letters *plainLetters, text string) {
	a.readLists()
	a.out, a.n, a.starts, a.lastUnit = Signals{}, counts{}, a.starts[:0], ""
	a.scan = scan{text: text, table: classes()}
	*p = pass{a: a, cells: cells(), letters: letters, keys: slices.Grow(p.keys[:0], len(text)/3+2), tokens: p.tokens[:0], pairs: p.pairs}
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
	p.a.scan.chars += chars
	p.tokens = append(p.tokens, token{spread(uint64(r)), chars})
	return end
}

// plainWords takes the words of plain letters from i on that single spaces part, and returns where something else stands.
func (p *pass) plainWords(i int) int {
	text, l, lists, tokens, keys, from := p.a.scan.text, p.letters, p.a.lists.plain, p.tokens, p.keys[:cap(p.keys)], i
	size, single, listed := 0, 0, len(p.keys)
	for i < len(text) {
		n := l.run(i)
		end := i + n
		if n == 0 || end < len(text) && text[end] != ' ' && !p.endsWord(end) {
			break
		}
		hash := spread(l.key(i, n))
		tokens = append(tokens, token{hash, n / 2})
		keys[listed] = hash
		listed += bit(lists.mayHold(hash))
		size += n
		single += bit(n == 2)
		if i = end; i == len(text) || text[i] != ' ' {
			break
		}
		i++
	}
	if words := len(tokens) - len(p.tokens); words > 0 {
		p.beginToken(from, 0)
		p.words += words
		p.prose += words - single
		p.inWords += size / 2
		p.a.scan.chars += i - from - size/2
		p.tokens, p.keys = tokens, keys[:listed]
	}
	return i
}

// endsWord tells whether a word ends before the character at i, which is no plain letter.
func (p *pass) endsWord(i int) bool {
	_, k, n := p.a.scan.decode(i)
	return k&isSpace != 0 || k&isSign != 0 && !p.a.scan.inside(i, n)
}

// word counts a word that is not of plain letters alone, and returns where it ends.
func (p *pass) word(start int) int {
	p.beginToken(start, 0)
	end, chars, some, all, key := p.wordEnd(start)
	word := p.a.scan.text[start:end]
	p.a.countWord(word, chars, class(some), class(all))
	p.listed[p.look(word, chars, some, all, key)]++
	p.a.scan.chars += chars
	p.tokens = append(p.tokens, token{spread(key), chars})
	return end
}

// plainArabic is what most words are of.
const plainArabic = isPlain | cell(isArabic)

// wordEnd returns the end of a word, its characters, the cells of some and of all of them, and their key.
func (p *pass) wordEnd(i int) (end, chars int, some, all cell, key uint64) {
	text, c := p.a.scan.text, &p.a.scan
	all = ^all
	for {
		for i+1 < len(text) {
			k := p.cells[uint16(text[i])<<8|uint16(text[i+1])]
			if k == 0 {
				break
			}
			some |= k
			all &= k
			key = longerKey(key, k, chars)
			chars++
			i += 2
		}
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
		key = longerKey(key, one, chars)
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

func (p *pass) finish(text string) {
	a, s, n := p.a, &p.a.out, &p.a.n
	n.letters += p.inWords
	n.arabic += p.inWords
	n.rpWords += p.words
	s.ProseWords += float64(p.prose)
	p.pairs.read(p.tokens, len(text))
	for _, key := range p.keys {
		p.listed[a.lists.plain.held(key)]++
	}
	for lists, words := range p.listed {
		for i := range s.WordsOf {
			s.WordsOf[i] += float64(lists >> i & 1 * words)
		}
	}
	chars := a.scan.chars
	s.Chars, s.Tokens = float64(chars), float64(len(p.tokens))
	s.NumberTokens = ratio(n.numbers, len(p.tokens)-n.signs)
	s.GopherTopNGram[0] = ratio(p.pairs.top, chars)
	s.GopherDupNGramChars[0] = ratio(p.pairs.dup, chars)
	a.finishScripts()
	a.finishWords(n.rpWords)
	p.units(text)
}

// units counts the units, first with a quick look that tells nearly always that none stands twice.
func (p *pass) units(text string) {
	a := p.a
	for _, a.quick = range [2]bool{true, false} {
		a.units.reset(0)
		a.n.units, a.n.finished, a.n.unitChars, a.n.dupUnitChars, a.out.Lines = 0, 0, 0, 0, 0
		for rest, more := text, true; more; {
			var line string
			line, rest, more = strings.Cut(rest, "\n")
			if bare := trimPython(line); bare != "" {
				a.out.Lines++
				a.unit(trimmed(bare))
			}
		}
		if a.finishUnits(); a.n.dupUnitChars == 0 {
			break
		}
	}
	a.quick = false
}
