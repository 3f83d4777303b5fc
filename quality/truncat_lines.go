package quality

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ending is how a line ends.
type ending uint8

const (
	endsOpen     ending = iota // in a letter of a script without case
	endsStopped                // in an end mark, with or without a closing quotation mark after it
	endsClosed                 // in a closing bracket or quotation mark with no end mark before it
	endsComma                  // in one comma
	endsColon                  // in a colon: something was to follow
	endsEllipsis               // in the character …
	endsOther                  // in a digit, a Latin letter, a dash or anything else, which says nothing
)

// proseLine is a line of a text that is not blank, without white space and invisible characters at the borders. How long it is and
// how it ends is looked up where it matters: of most texts, that of a few lines does.
type proseLine = extent

// proseRunes is the length from which a line is a paragraph and not a headline, a verse or a name.
const proseRunes = 60

// appendProseLines appends the lines of text that are not blank. Four spaces or no-break spaces in a row are the paragraph marks
// of pages that have no lines; they are left as they are, since a poem's halves are set apart likewise.
func appendProseLines(dst []proseLine, text string) []proseLine {
	for at := 0; at < len(text); {
		next := len(text)
		if k := strings.IndexByte(text[at:], '\n'); k >= 0 {
			next = at + k + 1
		}
		line := trimRight(text[at:next])
		end := at + len(line)
		line = trimLeft(line)
		if line != "" && !timeStamp(line) {
			dst = append(dst, proseLine{end - len(line), end})
		}
		at = next
	}
	return dst
}

// holds says whether s has n characters or more, counting only where its length in bytes leaves that open.
func holds(s string, n int) bool {
	return len(s) >= n*utf8.UTFMax || len(s) >= n && (leastRunes(s) >= n || utf8.RuneCountInString(s) >= n)
}

// everyByte, times a byte, is that byte eight times: eight bytes of a text are looked at in one word.
const everyByte = 0x0101010101010101

// leastRunes returns the characters of s if it is UTF-8, else no more than those that decoding finds: bytes that continue no
// character are characters to it.
func leastRunes(s string) int {
	n, i := len(s), 0
	for ; i+8 <= len(s); i += 8 {
		w := load64(s[i:])
		n -= bits.OnesCount64(w & ^(w << 1) & (0x80 * everyByte))
	}
	for ; i < len(s); i++ {
		n -= bit(s[i]&0xC0 == 0x80)
	}
	return n
}

// timeStamp says whether a line is a time of day, with a letter or two: "12:09 ت م".
func timeStamp(line string) bool {
	return len(line) < 24 && line[0] >= '0' && line[0] <= '9' && strings.IndexByte(line, ':') > 0
}

// invisible says whether r is white space, a mark of direction or another character without a shape.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == 0xFFFD
}

// trimRight takes away the invisible characters at the end of s.
func trimRight(s string) string {
	for s != "" && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	if plainEnd(s) {
		return s
	}
	return strings.TrimRightFunc(s, invisible)
}

// trimLeft takes away the invisible characters at the beginning of s.
func trimLeft(s string) string {
	if plainStart(s) {
		return s
	}
	return strings.TrimLeftFunc(s, invisible)
}

// endOf says how line ends, which has no white space at its end.
func endOf(line string) ending {
	closed := false
	for line != "" {
		r, size := lastRune(line)
		switch {
		case strings.ContainsRune(".؟!?۔", r):
			return endsStopped
		case r == '…':
			return endsEllipsis
		case strings.ContainsRune("»”“\"')]}›﴾﴿*", r) || invisible(r):
			closed = closed || !invisible(r)
			line = line[:len(line)-size]
			continue
		case closed:
			return endsClosed
		case r == '،' || r == ',' || r == '؛' || r == ';':
			if before, _ := lastRune(line[:len(line)-size]); before == r {
				return endsStopped // ",,," closes many a column
			}
			return endsComma
		case r == ':':
			return endsColon
		case caseless(r):
			return endsOpen
		}
		return endsOther
	}
	return endsClosed
}

// caseless says whether r is a letter of a script such as Arabic, whose letters have no case, or a mark on one.
func caseless(r rune) bool {
	return r >= 0x590 && unicode.Is(unicode.Lo, r) || r >= 0x5B0 && r < 0x900 && unicode.Is(unicode.Mn, r) || r == 'ـ'
}

func lastRune(s string) (rune, int) { return utf8.DecodeLastRuneInString(s) }

// sentencesIn counts the sentences of s after its first.
func sentencesIn(s string) int {
	n := 0
	eachSentence(s, func(int) { n++ })
	return n
}

// lastSentence returns what follows the last end mark within the line, without white space.
func lastSentence(line string) string {
	return strings.TrimLeftFunc(line[lastBegin(line):], invisible)
}

// lastBegin is the last place that eachSentence would find, or 0, found from the end.
func lastBegin(s string) int {
	at := 0 // where a sentence begins if the characters before are an end mark
	t := cells()
	for end := len(s); end > 0; {
		if end > 1 && t[uint16(s[end-2])<<8|uint16(s[end-1])]&isPlain != 0 { // caseless, as most are
			end -= 2
			at = end
			continue
		}
		r, size := lastRune(s[:end])
		end -= size
		switch {
		case endMark(r):
			if at > 0 {
				return at
			}
		case closesQuote(r):
		case unicode.IsSpace(r) || caseless(r):
			at = end
		default:
			at = 0
		}
	}
	return 0
}

// eachSentence calls begin with the place behind each end mark within s that a space follows, or a letter: pages often lose that space.
func eachSentence(s string, begin func(at int)) {
	marked := false
	for i, r := range s {
		switch {
		case endMark(r):
			marked = true
		case closesQuote(r):
		default:
			if marked && (unicode.IsSpace(r) || caseless(r)) {
				begin(i)
			}
			marked = false
		}
	}
}

func endMark(r rune) bool { return r == '.' || r == '؟' || r == '!' }

// closesQuote says whether r may stand between an end mark and the next sentence.
func closesQuote(r rune) bool { return r == '»' || r == '”' || r == '"' || r == ')' }
