package quality

import (
	"strings"
	"unsafe"
)

// Truncation says where a text was cut before it reached us.
type Truncation uint8

// The truncations. A stub has no body at all: a lone caption, a headline, the first sentence of an article that stands elsewhere.
const (
	NotTruncated Truncation = iota
	TruncatedEnd
	TruncatedStart
	TruncatedStub
)

var truncationNames = [...]string{"", "end", "start", "stub"}

// String returns the name as it stands in files; a text that is not truncated has none.
func (t Truncation) String() string { return truncationNames[t] }

// Cut is the judgement about one text.
type Cut struct {
	Where    Truncation
	Cause    string // one of the Cause constants, or empty
	Evidence string // the last words, the first ones of a start, as they stand in the text; at most evidenceRunes
}

// The causes, which are stable names.
const (
	CauseTeaser    = "teaser"          // "...المزيد": the page showed the beginning only
	CauseContinued = "continued"       // "// يتبع //": the rest is in another dispatch
	CauseEllipsis  = "ellipsis"        // the character … at the end
	CauseWord      = "inside-word"     // the last word is a fragment
	CauseSentence  = "inside-sentence" // the last sentence has no end, in a text whose other sentences have one
	CauseAnnounced = "announced"       // a colon at the end, and nothing after it
	CauseQuestion  = "question"        // the question of a fact check, and no answer
	CauseNoBody    = "no-body"         // nothing but a line of a few words
	CauseStart     = "starts-inside"   // the text begins with what cannot begin a sentence
)

// evidenceRunes is the length of the evidence.
const evidenceRunes = 40

// Truncations judges whether texts are whole. The zero value is ready; it keeps its memory from text to text, so that one value
// serves one goroutine.
type Truncations struct {
	lines  []proseLine
	rest   []byte
	folded []byte
}

// Judge says whether text was cut, judged on what remains without spans: the leftovers found in it, sorted and disjoint. Captions
// and bylines are no prose either: an article before its byline is judged by its own last line. The text is taken as whole unless
// there is a reason: an end mark missing is none in a text that does not set end marks, nor at the end of a poem, a list or
// a signature. Cost: one pass over text, and the last lines are folded.
func (t *Truncations) Judge(text string, spans []Span) Cut {
	if cut, ok := t.saidToGoOn(text, spans); ok {
		return cut
	}
	cut := t.judgeProse(t.remaining(text, spans))
	cut.Evidence = strings.Clone(cut.Evidence) // it may lie in the memory of t
	return cut
}

// judgeProse judges what remains.
func (t *Truncations) judgeProse(rest string) Cut {
	t.lines = appendProseLines(t.lines[:0], rest)
	if len(t.lines) == 0 {
		return Cut{Where: TruncatedStub, Cause: CauseNoBody}
	}
	if cut := t.judgeShort(rest); cut.Where != NotTruncated {
		return cut
	}
	if cut := t.judgeEnd(rest); cut.Where != NotTruncated {
		return cut
	}
	return t.judgeStart(rest)
}

// remaining returns text without what is no prose, and with repaired characters. A span leaves a space, or a new line where it stood
// at the border of one, so that what stood on its two sides does not meet. It is good until the next text.
func (t *Truncations) remaining(text string, spans []Span) string {
	if len(spans) == 0 {
		return text
	}
	rest, at := t.rest[:0], 0
	for _, s := range spans {
		if s.End <= at {
			continue // within the one before it
		}
		rest = append(rest, text[at:max(at, s.Start)]...)
		switch {
		case s.Put != "" || s.Rule == "control": // a repair within the prose
			rest = append(rest, s.Put...)
		case lineBefore(text, s.Start) || lineAfter(text, s.End):
			rest = append(rest, '\n')
		default:
			rest = append(rest, ' ')
		}
		at = s.End
	}
	t.rest = append(rest, text[at:]...)
	return unsafe.String(unsafe.SliceData(t.rest), len(t.rest))
}

func lineBefore(text string, i int) bool {
	for i > 0 && (text[i-1] == ' ' || text[i-1] == '\t' || text[i-1] == '\r') {
		i--
	}
	return i == 0 || text[i-1] == '\n'
}

func lineAfter(text string, i int) bool {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r') {
		i++
	}
	return i == len(text) || text[i] == '\n'
}

// lastRunes returns the end of s, cut at a space where there is one.
func lastRunes(s string) string {
	at, n := len(s), 0
	for at > 0 && n < evidenceRunes {
		_, size := lastRune(s[:at])
		at -= size
		n++
	}
	if at == 0 {
		return s
	}
	if space := strings.IndexByte(s[at:], ' '); space >= 0 && space < len(s)-at-1 {
		at += space + 1
	}
	return s[at:]
}

// firstRunes returns the beginning of s, cut at a space where there is one.
func firstRunes(s string) string {
	n := 0
	for i := range s {
		if n == evidenceRunes {
			if space := strings.LastIndexByte(s[:i], ' '); space > 0 {
				i = space
			}
			return s[:i]
		}
		n++
	}
	return s
}
