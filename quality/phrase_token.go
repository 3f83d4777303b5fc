package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A gap is what stands between two words: the marks in it, as bits.
type gap uint16

const (
	gapColon gap = 1 << iota
	gapSlash
	gapSlashes // two of them
	gapDots    // two or more, or an ellipsis
	gapStop    // a mark that ends a sentence
	gapOpen
	gapClose
	gapDash
	gapStar
	gapPipe
	gapQuote
	gapSpace
	gapWide   // three white spaces or more
	gapSymbol // a picture, or what else does not stand in print
)

// Classes of words that phrases speak of besides words themselves.
const (
	plainWord = iota
	numberWord
	linkWord // an address of the web
	mailWord // an address of mail, or a handle
)

// Numbers of words that are none: one that no phrase knows, and marks without a letter.
const (
	noWord    = -1
	noLetters = -2
)

// A phraseToken is a word of a line.
type phraseToken struct {
	start, end int
	id         int32 // of the vocabulary, or noWord
	class      uint8
	before     gap // since the word before, or since the line's start
}

// A phraseLexer reads words. It breaks them where letters of ASCII, digits and other letters meet, since pages glue words so.
type phraseLexer struct {
	words     *phraseWords
	src, fold []byte
	noLink    [2]int // a run of address characters that is none
}

// Sorts of characters.
const (
	sortNone   = iota // a mark or white space
	sortASCII         // a letter of ASCII
	sortDigit         // a decimal digit
	sortLetter        // any other letter
	sortMark          // belongs to what stands before it: combining marks, tatweel, characters of format
)

func phraseSort(r rune) uint8 {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case 'a' <= r|0x20 && r|0x20 <= 'z':
			return sortASCII
		case '0' <= r && r <= '9':
			return sortDigit
		}
		return sortNone
	case 0x620 <= r && r <= 0x64A && r != 0x640:
		return sortLetter
	case r == utf8.RuneError, 0x2010 <= r && r <= 0x2027, unicode.IsSpace(r):
		return sortNone
	case r == 0x640 || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return sortMark
	case unicode.IsDigit(r):
		return sortDigit
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return sortLetter
	}
	return sortNone
}

// next returns the first word of text from i on, within end. At the end the token is empty and before says what was passed.
func (l *phraseLexer) next(text string, i, end int) phraseToken {
	var g gap
	for {
		var w int
		w, g = l.skipGap(text, i, end, g)
		if w == end {
			return phraseToken{start: end, end: end, before: g}
		}
		if k := l.linkEnd(text, w, end); k > w {
			class := uint8(linkWord)
			if strings.IndexByte(text[w:k], '@') >= 0 {
				class = mailWord
			}
			return phraseToken{start: w, end: k, id: noWord, class: class, before: g}
		}
		e, class, id := l.word(text, w, end)
		if id == noLetters { // tatweel alone is a dash; a mark of direction is nothing
			if strings.Contains(text[w:e], "ـ") {
				g |= gapDash
			}
			i = e
			continue
		}
		return phraseToken{start: w, end: e, id: id, class: class, before: g}
	}
}

func wordClass(sort uint8) uint8 {
	if sort == sortDigit {
		return numberWord
	}
	return plainWord
}

// skipGap passes marks and white space, and returns where a word begins, or end, and the marks seen, added to g.
func (l *phraseLexer) skipGap(text string, i, end int, g gap) (int, gap) {
	dots, slashes, spaces := 0, 0, 0
	for i < end {
		if text[i] == ' ' {
			spaces++
			i++
			g |= gapSpace
			continue
		}
		c, n := l.words.after(text[i:end])
		if c.sort() != sortNone || text[i] == '@' && l.linkEnd(text, i, end) > i {
			break
		}
		r, _ := utf8.DecodeRuneInString(text[i:end])
		i += n
		switch r {
		case '.':
			dots++
			g |= gapStop
		case '/', '\\':
			slashes++
			g |= gapSlash
		case ' ', '\t', '\n', '\r', 0xA0:
			spaces++
			g |= gapSpace
		default:
			g |= gapOf(r)
		}
	}
	if dots > 1 {
		g |= gapDots
	}
	if slashes > 1 {
		g |= gapSlashes
	}
	if spaces > 2 {
		g |= gapWide
	}
	return i, g
}

// gapOf says what a mark is.
func gapOf(r rune) gap {
	switch r {
	case ':', '：', ';', '؛':
		return gapColon
	case '…', '‥':
		return gapDots | gapStop
	case '!', '?', '؟':
		return gapStop
	case '(', '[', '{', '<':
		return gapOpen
	case ')', ']', '}', '>':
		return gapClose
	case '-', '–', '—', '‐', '‑', '‒', '―', '→', '←', '►', '▶', '◄', '›', '‹':
		return gapDash
	case '*', '•', '●', '▪', '■', '◾', '⬛', '○', '◆', '★', '☆', '¤':
		return gapStar
	case '|', '¦', '❘':
		return gapPipe
	case '"', '“', '”', '«', '»', '\'', '‘', '’':
		return gapQuote
	}
	if r >= 0x2190 && unicode.Is(unicode.So, r) {
		return gapSymbol
	}
	return 0
}

// isLinkByte says whether c can stand in an address.
func isLinkByte(c byte) bool {
	return c < utf8.RuneSelf && (phraseSort(rune(c)) != sortNone || strings.IndexByte("@.-_/:%?=&#~+", c) >= 0)
}

// maxLink is the longest address, in bytes.
const maxLink = 512

// linkEnd returns where the address or handle ends that begins at i, or i. A run that is none is not looked at again.
func (l *phraseLexer) linkEnd(text string, i, end int) int {
	if c := text[i]; c >= utf8.RuneSelf || c != '@' && phraseSort(rune(c)) == sortNone || l.noLink[0] <= i && i < l.noLink[1] {
		return i
	}
	k := i
	for k < end && k-i < maxLink && isLinkByte(text[k]) {
		k++
	}
	run := k
	for k > i && phraseSort(rune(text[k-1])) == sortNone && text[k-1] != '/' {
		k--
	}
	if k-i > 3 && isLink(text[i:k]) {
		return k
	}
	if at := strings.LastIndexByte(text[i:run], '@'); at > 0 {
		run = i + at // a handle may follow a name: "twitter:@name"
	}
	l.noLink = [2]int{i, run}
	return i
}

// isLink says whether a run of address characters is an address: it has a scheme, begins with www, is a mail address, a handle,
// or a name under one of the domains that sites name in print.
func isLink(s string) bool {
	if at := strings.IndexByte(s, '@'); at >= 0 {
		return at == 0 && strings.IndexByte(s[1:], '@') < 0 || strings.IndexByte(s[at:], '.') > 1
	}
	if strings.Contains(s, "://") || len(s) > 4 && strings.EqualFold(s[:4], "www.") {
		return true
	}
	host, _, _ := strings.Cut(s, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 {
		return false
	}
	switch strings.ToLower(host[dot+1:]) {
	case "com", "net", "org", "info", "me", "co", "sa", "ae", "eg", "ma", "tn", "tv", "news", "ly", "jo", "qa", "kw", "gov":
		return true
	}
	return false
}
