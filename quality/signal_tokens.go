package quality

import (
	"strings"
	"unicode/utf8"
)

// The tokenizer stands for spacy.blank("ar"), which datatrove uses for Arabic. Alike: a token ends at white space; signs at its
// ends stand by themselves, one each, dots in a row together; inside, a word is cut at dashes, at dots in a row, at "." between
// letters, at "," between letters, and at : < > = / before a letter; other signs inside stay (10,5 and it's are one token each).
// Not so here: URLs, e-mail addresses, abbreviations and emoticons are no exceptions, a unit behind a number ("5km", "3%") is
// cut only where it is a sign, and a sign between another sign and a letter always stands by itself.

// scan is the state of the pass over one text.
type scan struct {
	text  string
	table *[1 << 16]class

	chars      int // characters before the place at hand
	lineStart  int // where the "\n" line and its characters begin
	lineChars  int
	rowStart   int
	row        row
	chunkChars int  // characters before the stretch without white space
	inChunk    bool //
	ended      bool // the row has a sentence-final sign with no word behind it yet
}

// row counts what a row, in the sense of str.splitlines, holds.
type row struct {
	tokens, words, sentences int
	long                     bool // a word of more than 1000 characters
	curly, latin             bool
}

// decode returns the character at text[i], its class and length. A wrong byte is U+FFFD, of length 1.
func (c *scan) decode(i int) (rune, class, int) {
	b := c.text[i]
	if b < utf8.RuneSelf {
		return rune(b), c.table[b], 1
	}
	if i+1 < len(c.text) && b >= 0xC2 && b < 0xE0 && c.text[i+1]&0xC0 == 0x80 {
		r := rune(b&0x1F)<<6 | rune(c.text[i+1]&0x3F)
		return r, c.table[r], 2
	}
	r, n := utf8.DecodeRuneInString(c.text[i:])
	if r < 1<<16 {
		return r, c.table[r], n
	}
	return r, classOf(r), n
}

// tokenize reads the text once and hands on its tokens, rows and lines.
func (a *Analyzer) tokenize(text string) {
	c := &a.scan
	*c = scan{text: text, table: classes()}
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			c.endChunk()
			c.chars++
			i++
			continue
		}
		r, k, n := c.decode(i)
		switch {
		case k&isSpace != 0:
			c.endChunk()
			if k&isBreak != 0 {
				a.lineBreak(i, r, n)
			}
			c.chars++
			i += n
		case k&isSign != 0:
			i = a.sign(i, r, k, n)
		default:
			i = a.word(i)
		}
	}
	c.endChunk()
	if c.rowStart < len(text) {
		a.endRow(text[c.rowStart:])
	}
	a.endLine(text[c.lineStart:])
}

// lineBreak ends the row, and at "\n" the line. "\r\n" is one end of a row.
func (a *Analyzer) lineBreak(i int, r rune, n int) {
	c := &a.scan
	if r != '\n' || i == 0 || c.text[i-1] != '\r' {
		a.endRow(c.text[c.rowStart:i])
	}
	c.rowStart, c.row, c.ended = i+n, row{}, false
	if r == '\n' {
		a.endLine(c.text[c.lineStart:i])
		c.lineStart, c.lineChars = i+1, c.chars+1
	}
}

// endChunk ends a word in the sense of str.split.
func (c *scan) endChunk() {
	if c.inChunk {
		c.inChunk = false
		c.row.long = c.row.long || c.chars-c.chunkChars > 1000
	}
}

// beginToken counts a token, the word of str.split that it may begin, and its sentence.
func (a *Analyzer) beginToken(i int, k class) {
	c := &a.scan
	if !c.inChunk {
		c.inChunk, c.chunkChars = true, c.chars
		c.row.words++
	}
	first := c.row.tokens == 0
	c.row.tokens++
	if first || c.ended && k&isPunct == 0 {
		c.row.sentences++
		c.ended = false
		a.sentence(i)
	}
}

// sign makes a token of a sign, or of dots in a row, and returns where it ends.
func (a *Analyzer) sign(i int, r rune, k class, n int) int {
	c := &a.scan
	a.beginToken(i, k)
	chars := 1
	if r == '.' {
		for i+n < len(c.text) && c.text[i+n] == '.' {
			n++
			chars++
		}
	}
	if k&isTerminal != 0 && chars == 1 {
		c.ended = true
	}
	a.countSign(r, chars)
	a.token(c.text[i:i+n], chars, k)
	c.chars += chars
	return i + n
}

// word makes a token of a word and returns where it ends.
func (a *Analyzer) word(start int) int {
	c := &a.scan
	end, chars, some, all := c.wordEnd(start)
	a.beginToken(start, 0)
	c.row.latin = c.row.latin || some&isASCII != 0
	a.countWord(c.text[start:end], chars, some, all)
	a.token(c.text[start:end], chars, all)
	c.chars += chars
	return end
}

// wordEnd returns the end of a word, its characters, and the classes that some and that all of them have. It is the inner loop,
// so decode is written out for one byte and for two.
func (c *scan) wordEnd(i int) (end, chars int, some, all class) {
	text, table := c.text, c.table
	all = ^all
	for i < len(text) {
		k, n := class(0), 1
		if b := text[i]; b < utf8.RuneSelf {
			k = table[b]
		} else if i+1 < len(text) && b-0xC2 < 0xE0-0xC2 && text[i+1]&0xC0 == 0x80 {
			k, n = table[uint16(b&0x1F)<<6|uint16(text[i+1]&0x3F)], 2
		} else {
			_, k, n = c.decode(i)
		}
		if k&(isSpace|isSign) != 0 && (k&isSpace != 0 || !c.inside(i, n)) {
			break
		}
		some |= k
		all &= k
		chars++
		i += n
	}
	return i, chars, some, all
}

// inside says whether the sign at i, with n bytes, is one that a word has inside it. Something that is no sign stands before it.
func (c *scan) inside(i, n int) bool {
	if i+n >= len(c.text) {
		return false
	}
	next, k, _ := c.decode(i + n)
	if k&(isSpace|isSign) != 0 {
		return false
	}
	switch c.text[i : i+n] {
	case "-", "–", "—", "~", "…":
		return false
	case ",":
		return k&isLetter == 0 || c.lastClass(c.text[:i])&isLetter == 0
	case ".":
		return k&isLetter == 0 || c.lastClass(c.text[:i])&isLetter == 0 || k&isASCII != 0 && next >= 'a'
	case ":", "<", ">", "=", "/":
		return k&isLetter == 0
	}
	return true
}

// lastClass returns the class of the character that ends s.
func (c *scan) lastClass(s string) class {
	r, _ := utf8.DecodeLastRuneInString(s)
	if r < 1<<16 {
		return c.table[r]
	}
	return classOf(r)
}

// trimmed cuts white space and marks of direction off both ends of a line, as a reader does.
func trimmed(s string) string {
	if plainStart(s) && plainEnd(s) {
		return s
	}
	return strings.Trim(s, " \t\r\n\v\f\u00A0\u2002\u2003\u2009\u202F\u3000\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF")
}
