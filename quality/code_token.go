package quality

import (
	"strings"
	"unicode/utf8"
)

// codeKind is what a token is to the model of [AppendCode].
type codeKind uint8

const (
	tokEnd     codeKind = iota
	tokWord             // letters, digits, _ $ -
	tokNumber           // digits and what clings to them: 12, 1.5em, 50%
	tokMark             // one ASCII mark
	tokOp               // two or more marks that only programs join: => && +=
	tokString           // a closed string with its quotes
	tokQuote            // a quote that opens or closes nothing
	tokComment          // /* … */ or <!-- … -->
	tokTag              // <name …>, </name>, a whole <script>…</script>
	tokHold             // a template placeholder
	tokAddress          // URL or e-mail address
	tokEntity           // &name;
	tokOther            // punctuation beyond ASCII
)

// codeGap is the white space before a token.
type codeGap uint8

const (
	noGap codeGap = iota
	spaceGap
	lineGap
)

// Flags of a token.
const (
	tokForeign  uint8 = 1 << iota // holds a letter beyond ASCII
	tokNameLike                   // a name no prose has: camelCase, under_score, $
	tokWordy                      // a string or comment that holds words side by side
	tokAttrs                      // a tag with attributes, or one that closes itself
	tokHyphened                   // a word with a hyphen
)

// codeToken is a piece of text[start:end].
type codeToken struct {
	start, end int
	kind       codeKind
	mark       byte // first byte
	gap        codeGap
	flags      uint8
	key        codeWord
}

func (t *codeToken) is(c byte) bool { return t.kind == tokMark && t.mark == c }

// plain says that t is a word like any other.
func (t *codeToken) plain() bool {
	return t.kind == tokWord && t.flags == 0 && t.key == notKey
}

// touches says that nothing stands between t and the token before it.
func (t *codeToken) touches() bool { return t.gap == noGap }

func (t *codeToken) has(f uint8) bool { return t.flags&f != 0 }

// Classes of bytes.
const (
	ccLetter uint8 = 1 << iota
	ccDigit
	ccUpper
	ccSpace
	ccOp
	ccCount // what proseMarks counts by
	ccName  = ccLetter | ccDigit
)

// codeClass holds the classes of each ASCII byte; _ and $ count as letters.
var codeClass = func() (c [256]uint8) {
	for b := range c {
		switch {
		case b >= 'a' && b <= 'z' || b == '_' || b == '$':
			c[b] = ccLetter
		case b >= 'A' && b <= 'Z':
			c[b] = ccLetter | ccUpper
		case b >= '0' && b <= '9':
			c[b] = ccDigit
		case b <= ' ' || b == 0x7f:
			c[b] = ccSpace
		case strings.IndexByte("=&|+!<>-*", byte(b)) >= 0:
			c[b] = ccOp
		}
		if b < utf8.RuneSelf && strings.IndexByte("{}()\n", byte(b)) >= 0 {
			c[b] |= ccCount
		}
	}
	return c
}()

// codeLexer cuts a text into tokens. What a search for a closing mark found is remembered, so that the whole stays linear.
type codeLexer struct {
	text   string
	pos    int
	before codeToken       // the token before prev
	prev   codeToken       // the last token returned
	ahead  [numClosers]int // where the next closer of each sort stands, if not before pos
	barren [numQuotes]int  // the quote of each sort does not stand before here
}

// newCodeLexer returns a lexer at the start of text.
func newCodeLexer(text string) codeLexer {
	l := codeLexer{text: text}
	for i := range l.ahead {
		l.ahead[i] = -1
	}
	return l
}

// The closing marks a codeLexer searches for.
const (
	closeBacktick = iota
	closeComment
	closeHTML
	closeScript
	closeStyle
	numClosers
)

// next returns the next token; at the end of the text its kind is tokEnd.
func (l *codeLexer) next() codeToken {
	t := codeToken{gap: l.skipSpace(), start: l.pos}
	if l.pos >= len(l.text) {
		t.end = l.pos
		l.prev = t
		return t
	}
	c := l.text[l.pos]
	t.mark = c
	switch {
	case c >= utf8.RuneSelf:
		l.scanForeign(&t)
	case codeClass[c]&ccName != 0:
		l.scanWord(&t)
	default:
		l.scanMark(&t)
	}
	l.pos = t.end
	l.before, l.prev = l.prev, t
	return t
}

// skipSpace moves over white space and invisible characters.
func (l *codeLexer) skipSpace() codeGap {
	g := noGap
	if l.pos == 0 {
		g = lineGap
	}
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		n := 1
		switch {
		case c == '\n' || c == '\r':
			g = lineGap
		case codeClass[c]&ccSpace != 0:
			g = max(g, spaceGap)
		case c >= utf8.RuneSelf:
			var r rune
			if r, n = utf8.DecodeRuneInString(l.text[l.pos:]); !isBlank(r) {
				return g
			}
			g = max(g, spaceGap)
		default:
			return g
		}
		l.pos += n
	}
	return g
}

// isBlank says whether a rune beyond ASCII is space or invisible.
func isBlank(r rune) bool {
	switch {
	case r == 0xA0 || r == 0x85 || r == 0x3000 || r == 0xFEFF || r == 0x061C:
		return true
	case r >= 0x2000 && r <= 0x200F, r >= 0x2028 && r <= 0x202F, r >= 0x205F && r <= 0x206F:
		return true
	}
	return false
}

// isMarkRune says whether a rune beyond ASCII is punctuation that stands between words.
func isMarkRune(r rune) bool {
	return r == '«' || r == '»' || r == '،' || r == '؛' || r == '؟' || r == '·' || r == '©' || r >= 0x2010 && r <= 0x205E
}

// scanForeign reads a token that starts beyond ASCII: a quote, a mark, or a word.
func (l *codeLexer) scanForeign(t *codeToken) {
	r, n := utf8.DecodeRuneInString(l.text[l.pos:])
	t.end = l.pos + n
	switch {
	case quoteSort(r) != notQuote:
		l.scanQuote(t, r, n)
	case isMarkRune(r):
		t.kind = tokOther
	default:
		l.scanWord(t)
	}
}

// beyondLatin is the first rune behind the letters of Latin script that stand together.
const beyondLatin = 0x370

// scanWord reads letters and digits of any script, and hyphens between them. A word of another script ends where Latin begins.
func (l *codeLexer) scanWord(t *codeToken) {
	t.kind = tokWord
	s, i, lower, far := l.text, l.pos, false, false
	for i < len(s) {
		c := s[i]
		k := codeClass[c]
		switch {
		case far && k&ccLetter != 0 && c != '_':
			// a snippet glued to the word before it
		case k&ccName != 0:
			if k&ccUpper != 0 && lower || c == '_' || c == '$' {
				t.flags |= tokNameLike
			}
			lower = c >= 'a' && c <= 'z'
			i++
			continue
		case c == '-' && i+1 < len(s) && (codeClass[s[i+1]]&ccName != 0 || s[i+1] == '-'):
			t.flags |= tokHyphened
			lower = false
			i++
			continue
		case far && i+1 < len(s) && isArabicPair(c, s[i+1]):
			i += 2
			continue
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r >= beyondLatin && !far && i > t.start {
				break // a word glued to the snippet before it
			}
			if !isBlank(r) && !isMarkRune(r) && quoteSort(r) == notQuote {
				far = r >= beyondLatin
				t.flags |= tokForeign
				i += n
				continue
			}
		}
		break
	}
	t.end = max(i, t.end)
	l.finishWord(t)
}

// finishWord tells numbers, addresses and keywords from other words.
func (l *codeLexer) finishWord(t *codeToken) {
	s := l.text
	if t.has(tokForeign) {
		return
	}
	if end := addressEnd(s, t.start, t.end); end > t.end {
		t.kind, t.end = tokAddress, end
		return
	}
	first := s[t.start]
	if first == '$' && t.start+1 < len(s) {
		first = s[t.start+1] // a price
	}
	if codeClass[first]&ccDigit != 0 {
		t.kind = tokNumber
		t.flags &^= tokNameLike
		return
	}
	if t.end-t.start <= maxCodeWord {
		t.key = codeWords[s[t.start:t.end]]
	}
}

// addressEnd returns the end of the URL or e-mail address whose first word is s[start:end], or end if it is none.
func addressEnd(s string, start, end int) int {
	rest := s[end:]
	switch {
	case strings.HasPrefix(rest, "://"):
	case len(rest) > 1 && rest[0] == '@' && codeClass[rest[1]]&ccName != 0:
	case len(rest) > 1 && rest[0] == '.' && codeClass[rest[1]]&ccName != 0 && end-start == 3 && strings.EqualFold(s[start:end], "www"):
	default:
		return end
	}
	for end < len(s) && s[end] > ' ' && s[end] < 0x7f && strings.IndexByte(`"'<>(){};|`+"`", s[end]) < 0 {
		end++
	}
	return end
}

// scanMark reads a token that starts with an ASCII mark.
func (l *codeLexer) scanMark(t *codeToken) {
	s, i := l.text, l.pos
	t.kind, t.end = tokMark, i+1
	switch c := s[i]; c {
	case '\'', '"', '`':
		l.scanQuote(t, rune(c), 1)
	case '/':
		l.scanSlash(t)
	case '<':
		l.scanAngle(t)
	case '&':
		if n := entityLen(s[i:]); n > 0 {
			t.kind, t.end = tokEntity, i+n
			return
		}
		l.scanOp(t)
	case '{', '[', '$', '%':
		if n := placeholderLen(s[i:]); n > 0 {
			t.kind, t.end = tokHold, i+n
		}
	case '-':
		if l.scanOp(t); t.kind == tokMark && i+1 < len(s) && codeClass[s[i+1]]&ccLetter != 0 {
			l.scanWord(t) // a vendor property of CSS
			t.flags |= tokHyphened
		}
	default:
		if codeClass[c]&ccOp != 0 {
			l.scanOp(t)
		}
	}
	if t.kind == tokMark && strings.HasPrefix(s[i:], "]]>") {
		t.kind, t.end = tokOp, i+3
	}
}

// scanOp joins marks into an operator. A long run of one mark is a rule across the page and no operator.
func (l *codeLexer) scanOp(t *codeToken) {
	s, i := l.text, t.start
	j := i + 1
	for j < len(s) && j < i+5 && codeClass[s[j]]&ccOp != 0 {
		j++
	}
	if _, ok := codeOps[s[i:j]]; ok {
		t.kind, t.end = tokOp, j
		return
	}
	if j-i > 2 {
		if _, ok := codeOps[s[i:i+2]]; ok && s[i+2] != s[i] { // ||! and &&!
			t.kind, t.end = tokOp, i+2
		}
	}
	if strings.HasPrefix(s[i:], "-->") {
		t.kind, t.end = tokOp, i+3
	}
}

// codeOps are marks that programs join and prose does not.
var codeOps = map[string]struct{}{
	"==": {}, "===": {}, "!=": {}, "!==": {}, "<=": {}, ">=": {}, "=>": {}, "&&": {}, "||": {}, "+=": {}, "-=": {}, "*=": {},
	"|=": {}, "&&!": {}, "||!": {}, "=!": {}, "=+": {}, "=-": {}, "<!--": {}, "-->": {},
}

// scanSlash reads a comment of C's kind; two slashes are a token of their own.
func (l *codeLexer) scanSlash(t *codeToken) {
	rest := l.text[t.start:]
	switch {
	case strings.HasPrefix(rest, "/*"):
		if end := l.find(closeComment, t.start+2); end > 0 {
			t.kind, t.end = tokComment, end
			for _, c := range []byte(l.text[t.start:end]) {
				if c >= utf8.RuneSelf {
					t.flags |= tokForeign
					break
				}
			}
		} else {
			t.kind, t.end = tokOp, t.start+2
		}
	case strings.HasPrefix(rest, "//"):
		t.end = t.start + 2
		t.kind = tokOp
	}
}

// codeClosers are the strings that end what opened.
var codeClosers = [numClosers]string{closeBacktick: "`", closeComment: "*/", closeHTML: "-->", closeScript: "</script", closeStyle: "</style"}

// find returns the end of the first closer of sort c at or after from, or -1 if there is none.
func (l *codeLexer) find(c, from int) int {
	if l.ahead[c] < from {
		l.ahead[c] = len(l.text) + 1
		if k := strings.Index(l.text[min(from, len(l.text)):], codeClosers[c]); k >= 0 {
			l.ahead[c] = from + k
		}
	}
	if l.ahead[c] > len(l.text) {
		return -1
	}
	return l.ahead[c] + len(codeClosers[c])
}
