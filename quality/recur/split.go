package recur

import "github.com/corpusctl/corpusctl/quality"

// unit is a line of a text, or a sentence within a line, without the white space around it: bytes [start, end).
type unit struct {
	start, end int
	line       int32 // number of its line
	closed     bool  // ends with a full stop; titles that follow an article may end with ! and ?
	wordless   bool  // holds marks only
}

// splitter cuts a text into units. A unit ends at a line break, at a mark that ends sentences and is followed by white space,
// at a run of two or more blanks (what is left of a gap in the layout), where Arabic is glued to the end of Latin (an address), and
// at a taken span.
type splitter struct {
	units       []unit
	start, last int // of the unit that grows: its first byte, the end of its last character that is no blank
	line        int32
	blanks      int // blanks since last
	marks       textMarks
	word, ended bool // it holds a word; its last mark ends sentences
	stop        bool // and that mark is a full stop
}

// The classes of characters that a splitter knows.
const (
	other = iota
	blank
	breaker // of lines
	ender   // of sentences
	closer  // a quotation mark or bracket that may stand behind an ender
	sign    // any other mark of ASCII
)

// classify returns the class and length of the character that begins at text[i].
func classify(text string, i int) (class, n int) {
	c := text[i]
	if c < 0x80 {
		return int(asciiClass[c]), 1
	}
	switch {
	case c == 0xC2 && i+1 < len(text):
		switch text[i+1] {
		case 0xA0:
			return blank, 2
		case 0x85:
			return breaker, 2
		case 0xBB: // »
			return closer, 2
		}
	case c == 0xD8 && i+1 < len(text) && text[i+1] == 0x9F: // ؟
		return ender, 2
	case c == 0xE2 && i+2 < len(text) && text[i+1] == 0x80:
		switch text[i+2] {
		case 0xA8, 0xA9:
			return breaker, 3
		case 0xA6: // …
			return ender, 3
		case 0x9D, 0x99: // ” ’
			return closer, 3
		case 0x8E, 0x8F: // marks of direction
			return sign, 3
		}
	}
	return other, 1
}

var asciiClass = func() (t [0x80]uint8) {
	for c := range t {
		switch {
		case c == ' ' || c == '\t':
			t[c] = blank
		case c < ' ' || c == 0x7F:
			t[c] = breaker
		case c == '.' || c == '!' || c == '?':
			t[c] = ender
		case c == '"' || c == '\'' || c == ')' || c == ']':
			t[c] = closer
		case c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z':
			t[c] = other
		default:
			t[c] = sign
		}
	}
	return t
}()

// split returns the units of text outside taken, which must be sorted and disjoint. They are good until the next call.
func (s *splitter) split(text string, taken []quality.Span) []unit {
	s.marks.read(text)
	return s.cut(text, taken)
}

// cut is split of a text whose marks were read.
func (s *splitter) cut(text string, taken []quality.Span) []unit {
	*s = splitter{units: s.units[:0], marks: s.marks, start: -1}
	for i := 0; i < len(text); {
		if len(taken) > 0 && i >= taken[0].Start {
			s.flush()
			i, taken = max(i, min(taken[0].End, len(text))), taken[1:]
			continue
		}
		class, n := classify(text, i)
		s.step(text, i, class, n)
		if i += n; s.word && !s.ended && s.blanks == 0 {
			i = s.skip(text, i, taken)
		}
	}
	s.flush()
	return s.units
}

// skip passes over the midst of a sentence, which is most of a text: what stands there only moves the end of the unit. It begins
// behind a character that is no blank, and does what step would do.
func (s *splitter) skip(text string, i int, taken []quality.Span) int {
	stop := len(text)
	if len(taken) > 0 {
		stop = min(stop, taken[0].Start)
	}
	if i >= stop || text[i] >= 0x80 && text[i-1] < 0x80 && text[i-1] >= 0x40 { // Arabic may be glued to Latin here
		return i
	}
	to := s.marks.midst(text, i, stop)
	if to == i {
		return i
	}
	if s.last = to; text[to-1] == ' ' {
		s.last, s.blanks = to-1, 1
	}
	return to
}

// step takes one character.
func (s *splitter) step(text string, i, class, n int) {
	switch class {
	case breaker:
		s.flush()
		s.line++
		return
	case blank:
		if s.blanks++; s.ended {
			s.flush()
		}
		return
	}
	if s.blanks > 1 || s.start >= 0 && s.last == i && glued(text, i) {
		s.flush()
	}
	if s.blanks = 0; s.start < 0 {
		s.start = i
	}
	s.last = i + n
	switch class {
	case ender:
		s.ended = s.word // marks before the first word, as in "...more", belong to what follows
		s.stop = text[i] == '.'
	case other:
		s.word, s.ended = true, false
	case sign:
		s.ended = false
	}
}

// glued reports an Arabic letter at i that touches a Latin one.
func glued(text string, i int) bool {
	c, before := text[i], text[i-1]|0x20
	if c < 0xD8 || c > 0xDB || before < 'a' || before > 'z' || i+1 == len(text) {
		return false
	}
	return c != 0xD8 || text[i+1] >= 0xA0 // not a comma or semicolon
}

// maxUnits bounds the memory of a text that is no article: of more units, some of the middle are left out.
const maxUnits = 1 << 16

// flush ends the unit that grows, if there is one.
func (s *splitter) flush() {
	if s.start >= 0 {
		if len(s.units) == maxUnits {
			s.units = append(s.units[:maxUnits/4], s.units[maxUnits*3/4:]...)
		}
		s.units = append(s.units, unit{start: s.start, end: s.last, line: s.line, closed: s.ended && s.stop, wordless: !s.word})
	}
	s.start, s.blanks, s.word, s.ended = -1, 0, false, false
}
