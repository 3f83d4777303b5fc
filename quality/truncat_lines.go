package quality

import (
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

// proseLine is a line of a text that is not blank.
type proseLine struct {
	start, end int // in bytes, without white space and invisible characters at the borders
	runes      int
	ending     ending
}

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
		line := strings.TrimRightFunc(text[at:next], invisible)
		end := at + len(line)
		line = strings.TrimLeftFunc(line, invisible)
		if line != "" && !timeStamp(line) {
			dst = append(dst, proseLine{end - len(line), end, utf8.RuneCountInString(line), endOf(line)})
		}
		at = next
	}
	return dst
}

// timeStamp says whether a line is a time of day, with a letter or two: "12:09 ت م".
func timeStamp(line string) bool {
	return len(line) < 24 && line[0] >= '0' && line[0] <= '9' && strings.IndexByte(line, ':') > 0
}

// invisible says whether r is white space, a mark of direction or another character without a shape.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == 0xFFFD
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
	at := 0
	eachSentence(line, func(start int) { at = start })
	return strings.TrimLeftFunc(line[at:], invisible)
}

// eachSentence calls begin with the place behind each end mark within s that a space follows, or a letter: pages often lose that space.
func eachSentence(s string, begin func(at int)) {
	marked := false
	for i, r := range s {
		switch {
		case strings.ContainsRune(".؟!", r):
			marked = true
		case strings.ContainsRune("»”\")", r):
		default:
			if marked && (unicode.IsSpace(r) || caseless(r)) {
				begin(i)
			}
			marked = false
		}
	}
}
