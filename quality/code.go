package quality

import (
	"strings"
	"sync"
)

// AppendCode appends the spans of leftover program text in text to dst: JavaScript, CSS, tags and comments of HTML, JSON, template
// placeholders, and orphans such as "});" that remain when a snippet was cut. The spans are sorted, disjoint, not empty, within
// bounds and on rune borders; their Kind is Code and their Rule is one of "script", "style", "markup", "data", "placeholder", "orphan",
// the sort of evidence that weighs most in the span. White space around a snippet is not part of its span. Any string is good
// input, also one that is not UTF-8.
//
// # The model
//
// Leftover code is found by its shape and not by who wrote it: no vendor, no function of a site is named here. The text is read once,
// as tokens (words, marks, strings, tags, comments), and each token weighs for or against code by its nearest neighbours:
//
//   - For: what programs do and prose does not. A name that touches its parenthesis or its dot (a.b(), an operator of two marks
//     (=> && +=), a key with its colon after a brace, a semicolon after a bracket, a declaration or a selector of CSS, a string that
//     touches a bracket. One such sign is weak, since prose has its slips too; a snippet of thirty characters has five.
//   - Against: what prose does and programs do not: words side by side with a space between, and words of letters beyond ASCII.
//     It is the pair of words that weighs, so a name among marks costs nothing and an English sentence costs as much as
//     an Arabic one.
//
// A region starts at a token that weighs for code and grows while the sum of weights stays positive and has not fallen more than
// a fixed drop below its best; it then ends at its best. That is the maximal-scoring segment of Ruzzo and Tompa (ISMB 1999), found
// in one pass with the X-drop rule of BLAST (Altschul et al. 1990): a region that has dropped lost nothing that could have
// started earlier, so the pass never turns back. Two facts of programs bend the weights: inside a bracket opened by the
// region and inside a comment, words are cheap; inside a closed string they are free. Where the bracket never closes (a
// snippet cut in half) the drop ends the region all the same, and at a new line that begins like prose at once.
//
// A region is accepted if its sum reaches a bar, a lower one if it has its lines to itself: prose that mentions code does so within
// a sentence. Its borders are then settled: unmatched brackets of the region take their partners beside it, a rule of CSS takes its
// selector before it.
//
// Tags, comments of HTML and placeholders carry their own borders and need no growing, only a second sign that they are not
// mentioned in prose: an attribute, or text that touches them. Orphans are lines, or line ends, of closing marks that close
// nothing before them; a brace that closes a brace of prose (a quotation, a verse of the Quran) is none.
func AppendCode(dst []Span, text string) []Span {
	if kernels && !marksOfCode(text) || !mayHoldCode(text) {
		return dst
	}
	return appendCode(dst, text)
}

// codeMarks are the marks that few texts have but code.
const codeMarks = "{}<>=;"

// mayHoldCode says whether text has a mark without which there is no code. Most news has none, and is not looked at again.
func mayHoldCode(text string) bool {
	for _, c := range []byte(codeMarks) {
		if strings.IndexByte(text, c) >= 0 {
			return true
		}
	}
	return holdsCodePair(text)
}

// holdsCodePair says whether text has two marks in a row as only code has them.
func holdsCodePair(text string) bool {
	return strings.Contains(text, "/*") || strings.Contains(text, "[/") || holdsCall(text)
}

var marksPool = sync.Pool{New: func() any { return new(textMarks) }}

// marksOfCode is mayHoldCode in one pass, where the kernel does it. It may say yes for nothing.
func marksOfCode(text string) bool {
	m := marksPool.Get().(*textMarks)
	defer marksPool.Put(m)
	m.read(text)
	return m.mayHoldCode()
}

// holdsCall reports a parenthesis that touches an ASCII name before it: a call that was cut before its semicolon.
func holdsCall(text string) bool {
	for i := 0; ; i++ {
		k := strings.IndexByte(text[i:], '(')
		if k < 0 {
			return false
		}
		i += k
		if i > 0 && codeClass[text[i-1]]&ccName != 0 {
			return true
		}
	}
}
