package quality

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// AppendEncoding appends the spans of wrongly encoded characters in text to dst, each with the right ones in Put: HTML entities
// that were never decoded, text read by the wrong code page, control characters. The spans are sorted, disjoint, not empty,
// within bounds and on rune borders; their Kind is Other and their Rule is one of
//
//   - "html-entity": named, decimal or hexadecimal, with its semicolon, also escaped twice or more. Those within a URL stay.
//   - "utf8-as-cp1252", "utf8-as-cp1256", "utf8-as-cp1250", "utf8-as-macroman": UTF-8 that was read by that page.
//   - "cp1256-as-cp1252": Windows Arabic that was read as Windows Latin.
//   - "control": control characters other than tab and line ends, and U+FEFF. Those that end a line become "\n", others nothing.
//
// Zero-width joiners, bidi marks, tatweel and presentation forms are no errors and stay. Bytes that are not UTF-8 are passed over.
//
// # Evidence
//
// A repair that is wrong destroys good text, and a text without its repair is only as bad as it was. So text is decoded run by run,
// and a run must prove itself: UTF-8 read wrongly still has the shape of UTF-8, pairs of a lead and a continuation, which prose in no
// language has four times in a row; Arabic read as Latin has no such shape, so its letters must follow each other as those of Arabic do.
// A shorter run counts only if another run of the same rule in the same text has proved itself.
func AppendEncoding(dst []Span, text string) []Span {
	var m textMarks
	m.read(text)
	return appendEncoding(dst, text, &m)
}

// appendEncoding is AppendEncoding with the marks of the text.
func appendEncoding(dst []Span, text string, marks *textMarks) []Span {
	s := encScan{text: text, marks: marks.wrong, dst: dst, base: len(dst)}
	for i := s.skip(0); i < len(text); i = s.skip(i) {
		i = s.step(i)
	}
	return s.settle()
}

// encScan is one pass over a text.
type encScan struct {
	text  string
	marks bitmap.Bitmap
	dst   []Span
	base  int // where this text's spans begin in dst
	from  int // end of what was taken or refused as a whole
	url   encURL

	// By rule: whether a run proved itself, and the letters of those that did not.
	proved  [encRules]bool
	letters [encRules]int
}

// Classes of bytes that may begin something; all others are passed over.
const (
	encNothing = iota
	encAmp
	encControl
	encC2     // lead of the C1 controls
	encLatin  // lead of the Latin letters that begin mojibake
	encMark   // lead of U+FEFF
	encArabic // trail of ط ظ ع غ, the bytes D8 to DB of UTF-8 read as cp1256; their own lead is half of all clean text
)

var encClass = func() (c [256]uint8) {
	for b := range 0x20 {
		c[b] = encControl
	}
	c['\t'], c['\n'], c['\r'] = encNothing, encNothing, encNothing
	c[0x7F], c['&'] = encControl, encAmp
	c[0xC2], c[0xC3], c[0xC5], c[0xEF] = encC2, encLatin, encLatin, encMark
	c[0xB7], c[0xB8], c[0xB9], c[0xBA] = encArabic, encArabic, encArabic, encArabic
	return c
}()

// skip returns the next place from i on that may begin something. What begins at it is marked there or at one of the next two bytes;
// bytes of a class that stand elsewhere begin nothing.
func (s *encScan) skip(i int) int {
	for end := len(s.text); i < end; {
		k := s.marks.Next(i, end)
		for i = max(i, k-2); i <= k && i < end; i++ {
			if encClass[s.text[i]] != encNothing {
				return i
			}
		}
	}
	return i
}

// step looks at i and returns where to go on, always after i.
func (s *encScan) step(i int) int {
	switch encClass[s.text[i]] {
	case encAmp:
		return s.entity(i)
	case encLatin:
		return s.latin(i)
	case encArabic:
		return s.arabic(i)
	}
	return s.control(i)
}

// add appends a span and returns its end.
func (s *encScan) add(start, end int, rule, put string) int {
	s.dst = append(s.dst, Span{Start: start, End: end, Kind: Other, Rule: rule, Put: put})
	s.from = end
	return end
}

// settle goes over what is left of a text once more for each rule that was proved in it, and returns the spans.
func (s *encScan) settle() []Span {
	for k, proved := range s.proved {
		if proved {
			s.sweep(k)
		}
	}
	return s.dst
}

// sweep looks between the spans for characters that count only because others of the same rule proved it.
func (s *encScan) sweep(k int) {
	found, at := len(s.dst), 0
	for n := s.base; n <= found; n++ {
		end := len(s.text)
		if n < found {
			end = s.dst[n].Start
		}
		for at < end {
			if s.text[at] < utf8.RuneSelf {
				at++
				continue
			}
			next, ok := s.beside(k, at, end)
			if ok {
				s.add(at, next, encRuleNames[k], encDecode(k, s.text[at:next]))
			}
			at = next
		}
		if n < found {
			at = s.dst[n].End
		}
	}
	if len(s.dst) > found {
		slices.SortFunc(s.dst[s.base:], func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	}
}
