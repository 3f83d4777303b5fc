package quality

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// The lengths of stubs, in characters.
const (
	stubRunes   = 350 // an announced list or a question without an answer is all there is
	stubLines   = 3
	questionMax = 700 // a fact check of more than this has more than its claim
	titleRunes  = 45  // what has no end mark and no word of a sentence is a name or a title
)

// judgeShort finds stubs. Hardly a text has its characters counted: the last line of most says that they are none.
func (t *Truncations) judgeShort(rest string) Cut {
	line := t.lastLine(rest)
	cause := t.stubCause(line)
	if cause == "" {
		return Cut{}
	}
	runes := t.runes(rest)
	where := TruncatedEnd
	if runes < stubRunes && len(t.lines) <= stubLines {
		where = TruncatedStub
	}
	switch {
	case cause == CauseQuestion && runes <= questionMax, cause == CauseAnnounced && where == TruncatedStub && runes > titleRunes:
		return Cut{where, cause, lastRunes(line)}
	case cause == CauseNoBody && runes <= titleRunes && looksTitle(line):
		return Cut{TruncatedStub, cause, lastRunes(line)}
	}
	return Cut{}
}

// stubCause says for what a text with this last line is a stub, if its length is that of one.
func (t *Truncations) stubCause(line string) string {
	switch ending := endOf(line); {
	case ending == endsStopped && t.mayAsk(line) && asksForTruth(lastFolded(lastSentence(line))):
		return CauseQuestion
	case ending == endsColon:
		return CauseAnnounced
	case ending == endsOpen && len(t.lines) == 1:
		return CauseNoBody
	}
	return ""
}

// runes counts the characters of the lines.
func (t *Truncations) runes(rest string) int {
	n := 0
	for _, l := range t.lines {
		n += utf8.RuneCountInString(l.of(rest))
	}
	return n
}

// looksTitle says whether a line is two to five words of a name or a title.
func looksTitle(line string) bool {
	words := lastFolded(line)
	return len(words) > 0 && len(words) <= 5 && looksSigned(line, words) && strings.ContainsFunc(line, caseless) &&
		!strings.ContainsAny(line, "@#")
}

// truths are the words, folded, of which one stands in the question that ends a fact check's teaser.
var truths = foldedSet(`حقيقه صحه الحقيقه القصه قصه صحيح صحته حقيقته صحيحه`)

// truthParts are such that each of truths holds one of them.
var truthParts = [...][]byte{[]byte("حقيق"), []byte("صح"), []byte("قصه")}

// mayAsk says whether one of truths may stand where lastFolded looks for it, at the end of the last sentence of a line.
func (t *Truncations) mayAsk(line string) bool {
	from := max(0, len(line)-lastBytes)
	for from > 0 && from < len(line) && !utf8.RuneStart(line[from]) { // half a character folds slowly
		from++
	}
	end := t.foldShort(line[from:])
	return slices.ContainsFunc(truthParts[:], func(part []byte) bool { return bytes.Contains(end, part) })
}

// asksForTruth says whether the folded words are such a question: what is the truth of this claim?
func asksForTruth(words []string) bool {
	if len(words) < 2 || len(words) > 12 {
		return false
	}
	for i, w := range words {
		switch strings.TrimPrefix(w, "ف") {
		case "ما", "هل", "ماذا":
			for _, x := range words[i:] {
				if truths[x] {
					return true
				}
			}
		}
	}
	return false
}

func foldedWord(s string) string { return arabic.Fold(s) }

// foldedWords returns the words of s, folded: there is one space between two.
func foldedWords(s string) []string {
	if s = arabic.Fold(s); s == "" {
		return nil
	}
	return strings.Split(s, " ")
}

// saidToGoOn finds what the page itself says: a leftover of such a rule at the end, or its words as the last line.
func (t *Truncations) saidToGoOn(text string, spans []Span) (Cut, bool) {
	end := len(trimRight(text))
	at := end
	for i := len(spans) - 1; i >= 0 && spans[i].Start < at; i-- {
		if strings.TrimFunc(text[min(spans[i].End, at):at], invisible) != "" {
			break
		}
		if r := spans[i].Rule; r == CauseTeaser || r == CauseContinued {
			return Cut{TruncatedEnd, r, lastRunes(text[spans[i].Start:min(spans[i].End, end)])}, true
		}
		at = spans[i].Start
	}
	for range 3 { // a time stamp and a mail address may follow
		text = trimRight(text)
		line := lastLine(text)
		if cause := t.goesOn(line); cause != "" {
			line = text[strings.LastIndexByte(text, '\n')+1:]
			return Cut{TruncatedEnd, cause, lastRunes(strings.TrimLeftFunc(line, invisible))}, true
		}
		if holds(line, proseRunes/2+1) {
			break
		}
		text = text[:len(text)-len(line)]
	}
	return Cut{}, false
}

// lastLine returns the last line of a text, or the end of it if it is long.
func lastLine(text string) string {
	const enough = 4 * (proseRunes/2 + 1) // what saidToGoOn looks at
	end := text[max(0, len(text)-enough):]
	return end[strings.LastIndexByte(end, '\n')+1:]
}

// goesOn says by which cause a line tells that there is more: "...المزيد", "المزيد...", "// يتبع //", "تتمة ص 7".
func (t *Truncations) goesOn(line string) string {
	from := max(0, len(line)-60)
	end := line[from:]
	if !moreLetters(end, len("المزيد")/2) {
		switch string(t.foldShort(end)) {
		case "يتبع":
			return CauseContinued
		case "المزيد":
			return CauseTeaser
		}
	}
	if !strings.Contains(end, "المزيد") { // hardly a line has it, and to search forwards is faster
		return ""
	}
	if k := strings.LastIndex(end, "المزيد"); k > 0 && string(t.foldShort(end[k:])) == "المزيد" {
		before := strings.TrimRightFunc(end[:k], invisible)
		if dots(before) || dots(end) && endOf(before) == endsStopped {
			return CauseTeaser
		}
	}
	return ""
}

// moreLetters says whether s has more than n letters that fold to one by themselves, and so more than n when it is folded.
func moreLetters(s string, n int) bool {
	t := cells()
	for i := len(s); i > 1 && n >= 0; i-- {
		if t[uint16(s[i-2])<<8|uint16(s[i-1])]&isPlain != 0 {
			n--
			i--
		}
	}
	return n < 0
}

// foldShort folds the beginning of a line, or its end, until the next is folded.
func (t *Truncations) foldShort(s string) []byte {
	var in [256]byte
	t.folded = arabic.AppendFold(t.folded[:0], append(in[:0], s...))
	return t.folded
}

// dots says whether s ends in two dots or more, or in an ellipsis.
func dots(s string) bool {
	s = strings.TrimRightFunc(s, invisible)
	return strings.HasSuffix(s, "..") || strings.HasSuffix(s, "…")
}
