package quality

import (
	"math"
)

// measuredTokens bounds the memory of one document: repetition, words and lines that stood before are measured over this many
// tokens and lines, and the rest of the text counts as new. Gopher drops what has more than 100,000 words anyway.
const measuredTokens = 1 << 18

// An Analyzer computes the signals of one document after another, in time proportional to its length and in memory that it
// keeps: one for each goroutine. The zero value is ready.
type Analyzer struct {
	// CharRepetition asks for bigscience_char_repetition too, which costs as much as all the rest.
	CharRepetition bool

	lists wordLists
	known knownWords
	scan  scan
	out   Signals
	n     counts

	vocab    table   // words, by hash
	count    []int32 // of each word
	marked   []listed
	rep      repetition
	repChars int // characters of the text over which repetition is measured

	lines, units, paras, windows table
	starts                       []int // of sentences
	top                          [3]int
	lastUnit                     string
	quick                        bool // units that may be alike are taken to be: see pass.units
	frequency                    []int32
}

// listed is a word that some folded lists hold.
type listed struct {
	id   int32
	mask uint16
}

// counts are the sums that signals are shares of.
type counts struct {
	wordChars, alpha, long, numbers, signs                         int
	rpWords, rpChars, rpASCII, rpCaps                              int
	letters, arabic, extended, latin, digits, special, upper, lost int
	hashes, dots, curly, questions                                 int

	rows, bullets, ellipses             int
	gopherLines, dupLines, dupLineChars int
	ended, short, fineDup, newlines     int
	rpEllipsis, rpEnded, rpBullets      int
	javascript, lorem                   int

	units, finished, unitChars, dupUnitChars int
}

// Analyze returns the signals of a text. They are the Analyzer's own and change with the next call.
func (a *Analyzer) Analyze(text string) *Signals {
	a.begin(text)
	a.tokenize(text)
	a.finish(text)
	return &a.out
}

// readLists has the word lists ready.
func (a *Analyzer) readLists() {
	if a.lists.exact == nil {
		a.lists, _ = words()
	}
}

func (a *Analyzer) begin(text string) {
	a.readLists()
	a.out, a.n = Signals{}, counts{}
	a.vocab.reset(min(len(text)/16, measuredTokens))
	a.lines.reset(0)
	a.units.reset(0)
	a.paras.reset(0)
	a.count, a.marked, a.starts = a.count[:0], a.marked[:0], a.starts[:0]
	a.rep.reset()
	a.repChars, a.top, a.lastUnit = 0, [3]int{}, ""
}

// token counts a token, whose characters are all of the classes in all, and gives it its number.
func (a *Analyzer) token(text string, chars int, all class) {
	s, n := &a.out, &a.n
	s.Tokens++
	if all&isSymbol == 0 {
		s.GopherWords++
		n.wordChars += chars
	}
	if len(a.rep.ids) == measuredTokens {
		return
	}
	hash := wordHash(text)
	id, fresh := a.vocab.add(hash)
	if fresh {
		a.count = append(a.count, 0)
		if len(text) <= longestWord {
			a.look(text, hash, id, chars <= longestLetters || all&isLetter == 0)
		}
	}
	a.count[id]++
	a.rep.add(id, int32(chars))
	a.repChars = a.scan.chars + chars
}

// look asks the word lists about a word that is new in the document, those of folded words only if fold.
func (a *Analyzer) look(text string, hash uint64, id int32, fold bool) {
	if exact := a.lists.exact.of(hash); exact != 0 {
		for i := range a.out.StopWords {
			a.out.StopWords[i] += float64(exact >> i & 1)
		}
	}
	if !fold {
		return
	}
	if folded := a.known.folded(&a.lists, text, hash); folded != 0 {
		a.marked = append(a.marked, listed{id, folded})
	}
}

// countWord counts what is in a word: some holds the classes that one of its characters has, all those that every one has.
func (a *Analyzer) countWord(text string, chars int, some, all class) {
	n := &a.n
	if some&isLetter != 0 {
		n.alpha++
		if chars > 1 {
			a.out.ProseWords++
		}
	} else if some&isNumber != 0 {
		n.numbers++
	}
	if some&(isLetter|isNumber) != 0 {
		n.rpWords++
		n.rpChars += chars
	}
	if some&isASCII != 0 {
		n.rpASCII++
	}
	if all&isUpper != 0 {
		n.rpCaps++
	}
	if chars > 25 {
		n.long++
	}
	if all&isLetter != 0 && some&isUpper == 0 && all&scripts == some&scripts {
		n.letters += chars
		n.addScript(all, chars)
		return
	}
	a.countMixed(text)
}

// countMixed counts the characters of a word that is not of letters of one script alone.
func (a *Analyzer) countMixed(text string) {
	n := &a.n
	c := scan{text: text, table: a.scan.table}
	for i := 0; i < len(text); {
		r, k, size := c.decode(i)
		i += size
		switch {
		case k&isLetter != 0:
			n.letters++
			n.addScript(k, 1)
			n.upper += bit(k&isUpper != 0)
		case k&isNumber != 0:
			n.digits++
		case k&isOther != 0:
			n.special++
			a.countMark(r)
		}
	}
}

func (n *counts) addScript(k class, chars int) {
	switch {
	case k&isArabic != 0:
		n.arabic += chars
	case k&isExtended != 0:
		n.extended += chars
	case k&isLatin != 0:
		n.latin += chars
	}
}

// countSign counts a sign, or chars dots.
func (a *Analyzer) countSign(r rune, chars int) {
	n := &a.n
	n.signs++
	n.special += chars
	n.questions = (n.questions + 1) * bit(r == '?')
	switch {
	case r == '.':
		n.dots += chars / 3
	case n.questions == 4:
		n.lost += 4
	case n.questions > 4:
		n.lost++
	default:
		a.countMark(r)
	}
}

// countMark counts a sign that signals look for, at a border of a word or inside it.
func (a *Analyzer) countMark(r rune) {
	n := &a.n
	switch r {
	case '…':
		n.dots++
	case '#':
		n.hashes++
	case '{':
		n.curly++
		a.scan.row.curly = true
	case '}':
		n.curly++
	case '\uFFFD':
		n.lost++
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// finish turns the counts into signals.
func (a *Analyzer) finish(text string) {
	s, n, c := &a.out, &a.n, &a.scan
	tokens, lines := int(s.Tokens), int(s.Lines)
	s.Chars = float64(c.chars)
	s.GopherMeanWord = ratio(n.wordChars, int(s.GopherWords))
	s.GopherHashes = ratio(n.hashes, tokens)
	s.GopherEllipses = ratio(n.dots, tokens)
	s.GopherBulletRows = ratio(n.bullets, n.rows)
	s.GopherEllipsisRows = ratio(n.ellipses, n.rows)
	s.GopherAlphaWords = ratio(n.alpha, tokens)
	s.BigScienceLongWords = ratio(n.long, tokens-n.signs)
	s.BigScienceSpecial = ratio(n.special, c.chars)
	s.NumberTokens = ratio(n.numbers, tokens-n.signs)
	s.FineWebEndMarks = ratio(n.ended, lines)
	s.FineWebShort = ratio(n.short, lines)
	s.FineWebDupChars = ratio(n.fineDup, c.chars-n.newlines)
	s.FineWebNewlines = ratio(n.newlines, tokens)
	s.MC4ThirdLine = float64(a.top[2])
	a.finishRepetition(text)
	a.finishRedPajama()
	a.finishScripts()
	for _, w := range a.marked {
		for i := range s.WordsOf {
			s.WordsOf[i] += float64(w.mask>>i&1) * float64(a.count[w.id])
		}
	}
	a.finishWords(min(n.rpWords, len(a.rep.ids)))
	a.finishUnits()
	if a.CharRepetition {
		s.BigScienceCharRep = a.charRepetition(text)
	}
}

func (a *Analyzer) finishRepetition(text string) {
	s, n, c := &a.out, &a.n, &a.scan
	chars := c.chars
	if len(a.rep.ids) == measuredTokens {
		chars = a.repChars
	}
	a.rep.measure(s, a.count, chars)
	a.paragraphs(text)
	lines := n.gopherLines + a.emptyEnds(text)
	s.GopherDupLines = ratio(n.dupLines+max(0, a.emptyEnds(text)-1), lines)
	s.GopherDupLineChars = ratio(n.dupLineChars, c.chars)
}

func (a *Analyzer) finishRedPajama() {
	s, n, c := &a.out, &a.n, &a.scan
	lines := int(s.Lines)
	s.RPWords = float64(n.rpWords)
	s.RPMeanWord = ratio(n.rpChars, n.rpWords)
	s.RPUnique = ratio(len(a.count), len(a.rep.ids))
	s.RPEntropy = entropy(a.count, len(a.rep.ids))
	s.RPSymbols = ratio(n.hashes+n.dots, n.rpWords)
	s.RPNoAlpha = ratio(n.rpWords-n.rpASCII, n.rpWords)
	s.RPCaps = ratio(n.rpCaps, n.rpWords)
	s.RPCurly = ratio(n.curly, c.chars)
	s.RPLorem = ratio(n.lorem, c.chars)
	s.RPLineEllipsis = ratio(n.rpEllipsis, lines)
	s.RPLineEndMark = ratio(n.rpEnded, lines)
	s.RPLineBullet = ratio(n.rpBullets, lines)
	s.RPLineJS = float64(n.javascript)
	s.RPLineWords = ratio(n.rpWords, lines)
	s.RPLineNumerical = ratio(n.digits, c.chars)
	s.RPLineUpper = ratio(n.upper, c.chars)
}

func (a *Analyzer) finishScripts() {
	s, n, c := &a.out, &a.n, &a.scan
	s.Letters = ratio(n.letters, c.chars)
	s.LettersArabic = ratio(n.arabic, n.letters)
	s.LettersExtended = ratio(n.extended, n.letters)
	s.LettersLatin = ratio(n.latin, n.letters)
	s.LettersOther = ratio(n.letters-n.arabic-n.extended-n.latin, n.letters)
	s.Digits = ratio(n.digits, c.chars)
	s.Lost = ratio(n.lost, c.chars)
}

// finishWords turns counts of listed words into shares of that many words.
func (a *Analyzer) finishWords(all int) {
	for i := range a.out.WordsOf {
		a.out.WordsOf[i] = ratio(int(a.out.WordsOf[i]), all)
	}
}

// entropy returns that of the words, in nats: ln N - Σ c ln c / N.
func entropy(count []int32, total int) float64 {
	if total == 0 {
		return 0
	}
	sum := 0.0
	for _, c := range count {
		if c > 1 {
			sum += float64(c) * math.Log(float64(c))
		}
	}
	return max(0, math.Log(float64(total))-sum/float64(total))
}
