package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// judgeEnd judges the last line.
func (t *Truncations) judgeEnd(rest string) Cut {
	line := t.lastLine(rest)
	yes := func(cause string) Cut {
		return Cut{Where: TruncatedEnd, Cause: cause, Evidence: lastRunes(line)}
	}
	switch endOf(line) {
	case endsEllipsis:
		if stoppedBefore(line) && holds(rest, shortText+1) {
			return Cut{} // "…" after an end mark closes a column
		}
		return yes(CauseEllipsis)
	case endsStopped:
		if strings.HasSuffix(line, "..") && opensMore(lastWord(lastFolded(line))) {
			return yes(CauseEllipsis)
		}
	case endsColon:
		if (len(t.lines) > 1 || holds(line, proseRunes)) && !invites[firstFolded(lastSentence(line))] {
			return yes(CauseAnnounced)
		}
	case endsComma, endsOpen:
		if t.cutOpen(rest) {
			if t.fragment(rest, line) {
				return yes(CauseWord)
			}
			return yes(CauseSentence)
		}
	}
	return Cut{}
}

// shortText is the length below which a text is a message and not an article.
const shortText = 400

// stoppedBefore says whether an end mark stands before the ellipsis that ends line.
func stoppedBefore(line string) bool {
	line = strings.TrimRightFunc(line, func(r rune) bool { return r == '…' || invisible(r) })
	return endOf(line) == endsStopped
}

func lastWord(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// cutOpen says whether the last line, which has no end mark, stops inside a sentence. Two things decide: how strictly the text sets
// its end marks, and how likely a sentence ends in these words (endingOdds). The stricter the text, the likelier
// must the end be for the mark to be taken as merely forgotten.
func (t *Truncations) cutOpen(rest string) bool {
	line := t.lastLine(rest)
	unit, short := lastSentence(line), !holds(line, 2*proseRunes)
	if marksCaption(unit) || looksVerse(unit) || looksTable(unit) {
		return false
	}
	words := lastFolded(unit)
	more := opensMore(lastWord(words))
	if !more && short && (looksVerse(line) || t.continuesList(rest)) {
		return false
	}
	if closesText(words) || t.signed(rest, unit, words) {
		return false
	}
	level := t.strictness(rest)
	if len(t.lines) == 1 && level == unknown && short {
		return false // a caption or a message
	}
	if t.amongOpenLines(rest) {
		if !holds(line, proseRunes) && !more {
			return false // verses, a list, two captions
		}
		level = lenient
	}
	bar := oddsBar[max(level, 0)]
	if unclosed(unit) {
		bar++
	}
	if likeCaption(line, unit) {
		bar -= captionOdds
	}
	return endingOdds(clauseOf(line)) < bar
}

// captionOdds is how much likelier a line is whole that looks like the caption of a picture: a short line of its own that opens with a
// noun, where a paragraph opens with a verb or goes on from the one before.
const captionOdds = 1.8

func likeCaption(line, unit string) bool {
	if unit != line || holds(line, 2*proseRunes) {
		return false
	}
	first, _ := openingWords(line)
	return !continues(line) && !newsVerbs[first]
}

// amongOpenLines says whether the last line is short and the one before it is such a line too.
func (t *Truncations) amongOpenLines(rest string) bool {
	n := len(t.lines)
	if n < 2 || holds(t.lastLine(rest), 2*proseRunes) {
		return false
	}
	before := t.lines[n-2].of(rest)
	return !holds(before, 2*proseRunes) && endOf(before) == endsOpen
}

// How strictly a text sets end marks: hardly, unknown, mostly, always in a few places, always in many.
const (
	lenient = iota
	unknown
	mostly
	strict
	stricter
)

// oddsBar are the odds (endingOdds) below which a last line without an end mark is cut, by strictness.
var oddsBar = [...]float32{lenient: -2.5, unknown: .2, mostly: .8, strict: 1.2, stricter: 1.4}

// strictness judges by the paragraphs but the last, and by the sentences of a last line that is all there is.
func (t *Truncations) strictness(rest string) int {
	marked, bare := 0, 0
	for _, l := range t.lines[:len(t.lines)-1] {
		line := l.of(rest)
		if !holds(line, proseRunes) {
			continue
		}
		switch endOf(line) {
		case endsOpen, endsComma:
			bare++
		default:
			marked++
		}
	}
	if marked+bare == 0 {
		marked = sentencesIn(t.lastLine(rest))
	}
	switch {
	case marked > 3 && bare == 0:
		return stricter
	case marked > 1 && bare*8 < marked:
		return strict
	case marked > bare:
		return mostly
	case bare > 1:
		return lenient
	}
	return unknown
}

// marksCaption says whether s holds a sign that sets captions of pictures apart: an arrow, or what became of one in another encoding.
func marksCaption(s string) bool { return strings.ContainsAny(s, "=\x1a▲▼►◄▶◀") }

// looksVerse says whether s has gaps of several spaces or dots, as the halves of verses have, or ends in a vocalised letter.
func looksVerse(s string) bool {
	last, _ := lastRune(s)
	return last >= 0x64C && last <= 0x650 || strings.Contains(s, "    ") || strings.Contains(s, "***") ||
		strings.Contains(s, "..") && utf8.RuneCountInString(s) < 2*proseRunes
}

// looksTable says whether the end of s is results or a list on one line: numbers, dashes and strokes between its words.
func looksTable(s string) bool {
	n, space := 0, true
	for _, r := range s[max(0, len(s)-240):] {
		if space && (r >= '0' && r <= '9' || strings.ContainsRune("-–/*:•+", r)) || r == '/' {
			n++
		}
		space = r == ' '
	}
	return n >= 7
}

// continuesList says whether an earlier line without an end mark begins with the same two words as the last.
func (t *Truncations) continuesList(rest string) bool {
	head := firstWords(t.lastLine(rest))
	if head == "" {
		return false
	}
	for _, l := range t.lines[:len(t.lines)-1] {
		if line := l.of(rest); strings.HasPrefix(line, head) {
			if e := endOf(line); e == endsOther || e == endsOpen {
				return true
			}
		}
	}
	return false
}

// firstWords returns the first two words of line with the space after them, or nothing.
func firstWords(line string) string {
	if i := strings.IndexByte(line, ' '); i > 0 {
		if k := strings.IndexByte(line[i+1:], ' '); k > 0 {
			return line[:i+1+k+1]
		}
	}
	return ""
}

// unclosed says whether the line opens a bracket or a quotation that it does not close.
func unclosed(line string) bool {
	for _, pair := range [...][2]string{{"(", ")"}, {"«", "»"}, {"“", "”"}, {"[", "]"}} {
		if strings.Count(line, pair[0]) > strings.Count(line, pair[1]) {
			return true
		}
	}
	return strings.Count(line, "\"")%2 == 1
}

// fragment says whether the last word is a piece of a word: shorter than another word of the text that begins with it, and not in
// the text by itself, or of one letter.
func (t *Truncations) fragment(rest, line string) bool {
	space := strings.LastIndexFunc(line, unicode.IsSpace)
	word := line[space+1:]
	runes := utf8.RuneCountInString(word)
	if runes < 2 {
		return word != "و"
	}
	if _, known := endingWeights()["w:"+arabic.Fold(word)]; known || runes < 3 || strings.ContainsFunc(word, func(r rune) bool { return !caseless(r) }) {
		return false
	}
	head, longer := rest[:len(rest)-len(word)], false
	for i := strings.Index(head, word); i >= 0; {
		end := i + len(word)
		r, _ := utf8.DecodeRuneInString(head[end:])
		before, _ := lastRune(head[:i])
		if end == len(head) || !caseless(r) {
			return false
		}
		longer = longer || !caseless(before)
		next := strings.Index(head[end:], word)
		if next < 0 {
			break
		}
		i = end + next
	}
	return longer
}
