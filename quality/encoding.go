package quality

// AppendEncoding appends to dst the places of text whose characters were damaged on their way, each with what it was: Put stands in
// the place of Start to End. The spans are sorted, disjoint, not empty and on rune borders; their Kind is Other. Any string is good
// input. The rules:
//
//   - html-entity: a character reference left undecoded, &nbsp; &#39; &amp;quot;. It must have its semicolon and a name of HTML,
//     and it must not stand in an address. No-break spaces become spaces. What would make a tag (&lt;b&gt;) stays.
//   - utf8-as-cp1252, -cp1250, -cp1256, -macroman: UTF-8 read as another encoding, Ø±Ø³Ø§Ù„Ø© for رسالة.
//   - cp1256-as-cp1252: Arabic of Windows read as Western European, ÇáÚÑÈíÉ for العربية.
//   - control: control characters but tab and line ends; those that separate become a space.
//
// A run is decoded only if all of it becomes Arabic and it is no word of another language: two letters in a row for
// UTF-8, three where its signs are themselves Arabic (ط§ظ„), a word of four with an alef, a lam or a ya for cp1256. Shorter
// runs are decoded in a text that holds a certain one. What was lost for good stays as it is.
//
// Cost: one pass over the bytes, which is all there is to do for a clean text.
func AppendEncoding(dst []Span, text string) []Span {
	s := encodingScan{text: text, spans: dst, from: len(dst)}
	for i := 0; i < len(text); {
		if c := text[i]; !suspect[c] || c == 0xD8 && !tahBeforeOdd(text, i) {
			i++
			continue
		}
		i = s.at(i)
	}
	return s.settle()
}

// tahBeforeOdd says whether Tah or Zah may stand at i, whose first byte is D8, with a sign after it that no Arabic word has there.
func tahBeforeOdd(text string, i int) bool {
	if i+3 >= len(text) || text[i+1] != 0xB7 && text[i+1] != 0xB8 {
		return false
	}
	switch c := text[i+2]; c {
	case 0xD8:
		return text[i+3] == 0x8C || text[i+3] == 0x9B || text[i+3] == 0x9F
	case 0xD9:
		return text[i+3] == 0xB9 || text[i+3] == 0xBE
	default:
		return c >= 0x80
	}
}

// suspect says of each byte whether a damaged character may begin with it: controls, the ampersand, the first bytes of U+0080 to
// U+00FF and of the letters that cp1250 and MacRoman have for the first byte of Arabic in UTF-8, and of Arabic Tah and Zah.
var suspect = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\t' && c != '\n' && c != '\r'
	}
	for _, c := range []byte{0x7F, '&', 0xC2, 0xC3, 0xC5, 0xD8} {
		t[c] = true
	}
	return t
}()

// encodingScan is the state of one pass.
type encodingScan struct {
	text  string
	spans []Span
	from  int // where the spans of this pass begin

	weak    []bool       // of each of them, whether it needs a certain one of its rule in the text
	certain [nRules]bool // the rules that have one
	rules   []uint8

	tokenEnd int  // until where inURL is known
	inURL    bool // the token there is an address
	tag      bool // an &lt; that may open a tag has been left
}

// The rules, as indexes of encodingRules.
const (
	ruleEntity = iota
	ruleControl
	rule1256As1252
	ruleUTF8 // and those after it, by codings
	nRules   = ruleUTF8 + 4
)

var encodingRules = [nRules]string{"html-entity", "control", "cp1256-as-cp1252", "utf8-as-cp1252", "utf8-as-cp1250", "utf8-as-cp1256", "utf8-as-macroman"}

// at looks at a suspect byte and returns where to go on.
func (s *encodingScan) at(i int) int {
	switch c := s.text[i]; {
	case c == '&':
		return s.entity(i)
	case c < 0x80:
		return s.control(i)
	case c == 0xC2:
		if i+1 < len(s.text) && s.text[i+1] >= 0x80 && s.text[i+1] < 0xA0 {
			return s.control(i)
		}
		return i + 1
	}
	return s.misread(i)
}

// add adds a span, or makes the last one longer where the two touch and have the same rule and weight.
func (s *encodingScan) add(start, end, rule int, put string, weak bool) {
	s.certain[rule] = s.certain[rule] || !weak
	if n := len(s.spans); n > s.from && s.spans[n-1].End == start && s.rules[n-1-s.from] == uint8(rule) && !weak && !s.weak[n-1-s.from] && rule == ruleEntity && len(s.spans[n-1].Put) < mergedBytes {
		s.spans[n-1].End = end
		s.spans[n-1].Put += put
		return
	}
	s.spans = append(s.spans, Span{Start: start, End: end, Kind: Other, Rule: encodingRules[rule], Put: put})
	s.weak = append(s.weak, weak)
	s.rules = append(s.rules, uint8(rule))
}

// mergedBytes bounds what one span of references puts, so that its growing costs nothing to speak of.
const mergedBytes = 64

// settle drops the weak spans of rules that have no certain one.
func (s *encodingScan) settle() []Span {
	out := s.spans[:s.from]
	for k, span := range s.spans[s.from:] {
		if !s.weak[k] || s.certain[s.rules[k]] {
			out = append(out, span)
		}
	}
	return out
}
