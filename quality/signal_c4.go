package quality

import "strings"

// policyPhrases, javascript and lorem ipsum are looked for in lower case, ASCII letters only.
var policyPhrases = [...]string{"terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"}

// c4 takes a row, without its white ends, through the line filter of C4 in the order of datatrove's c4_filters.py: a word over
// 1000 characters, citations cut off, no end mark, under three words, lorem ipsum (the document goes), javascript, a brace (the
// document goes), policy phrases. Sentences are counted with the citations in place.
func (a *Analyzer) c4(text string, r *row) {
	var javascript, lorem bool
	if r.latin {
		javascript, lorem = containsFold(text, "javascript"), containsFold(text, "lorem ipsum")
		a.n.javascript += bit(javascript)
		a.n.lorem += bit(lorem)
	}
	if r.long || r.words < 3 {
		return
	}
	left := C4Signals{Lorem: float64(bit(lorem))}
	if !lorem && !javascript {
		left.Curly = float64(bit(r.curly))
		if !r.curly && !(r.latin && policy(text)) {
			left.Sentences = float64(r.sentences)
		}
	}
	a.out.C4NoEndMark.add(left)
	if c4Ended(text) {
		a.out.C4.add(left)
	}
}

func (c *C4Signals) add(line C4Signals) {
	c.Sentences += line.Sentences
	c.Curly = max(c.Curly, line.Curly)
	c.Lorem = max(c.Lorem, line.Lorem)
}

func policy(text string) bool {
	for _, p := range policyPhrases {
		if containsFold(text, p) {
			return true
		}
	}
	return false
}

// c4Ended says whether a row ends with . ? ! " ' and not with "...", when citations are gone. What a citation leaves is not
// trimmed again: "end. [1]" ends with a space.
func c4Ended(s string) bool {
	for {
		rest, ok := cutCitation(s)
		if !ok {
			break
		}
		s = rest
	}
	return s != "" && strings.IndexByte(`.?!"'`, s[len(s)-1]) >= 0 && !strings.HasSuffix(s, "...")
}

// cutCitation cuts [1], [], [edit] or [citation needed] off the end.
func cutCitation(s string) (string, bool) {
	inner, ok := strings.CutSuffix(s, "]")
	if !ok {
		return s, false
	}
	for _, word := range [...]string{"[edit", "[citation needed"} {
		if rest, ok := strings.CutSuffix(inner, word); ok {
			return rest, true
		}
	}
	return strings.CutSuffix(strings.TrimRight(inner, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"), "[")
}

// containsFold says whether text holds phrase, which is in lower case, in any ASCII case.
func containsFold(text, phrase string) bool {
	return containsFrom(text, phrase, phrase[0]) || containsFrom(text, phrase, phrase[0]-'a'+'A')
}

// containsFrom is containsFold with a known first letter.
func containsFrom(text, phrase string, first byte) bool {
	for {
		i := strings.IndexByte(text, first)
		if i < 0 || i+len(phrase) > len(text) {
			return false
		}
		text = text[i:]
		if strings.EqualFold(text[:len(phrase)], phrase) {
			return true
		}
		text = text[1:]
	}
}
