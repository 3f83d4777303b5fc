package quality

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// The shape of a list of other stories.
const (
	fewestStories  = 3   // lines in the list
	fewestParas    = 3   // lines of the article above it
	leadParas      = .34 // share of the article's lines, its first aside, that may look like a lead too; more, and it is a digest
	leadVerbs      = .5  // share of the leads that begin with a verb of the news, or with a dateline
	shortestLead   = 50  // characters
	longestLead    = 380
	fewestLeadWord = 8
)

// AppendStories appends the leads of other stories that some sites print after an article, without any heading: three lines or more at
// the end of the text, each of one sentence and about the length of a lead, none of which goes on from the line before as the
// paragraphs of an article do (وأضاف، من جهته، يذكر أن), half of them or more opening as the news opens, with a verb (أعلن، كشف) or a
// dateline; while the paragraphs of the article above do go on from one another. Lines that are taken are passed over.
//
// That is a rule about shape: where a corpus holds the sentences often enough, what recurs in a source finds them too (package recur).
func AppendStories(dst []Span, text string, taken []Span) []Span {
	if strings.Count(text, "\n") < fewestStories+fewestParas-1 {
		return dst
	}
	if !endsWithLeads(text, taken) {
		return dst
	}
	lines := proseLines(text, taken)
	first := len(lines)
	verbs := 0
	for first > 1 && isLead(lines[first-1].of(text)) {
		first--
		if opensNews(lines[first].of(text)) {
			verbs++
		}
	}
	for first < len(lines) && !opensList(lines[first].of(text)) {
		first++ // a last paragraph of the article that happens to be one sentence
	}
	list, article := lines[first:], lines[:first]
	if len(list) < fewestStories || len(article) < fewestParas || float64(verbs) < leadVerbs*float64(len(list)) {
		return dst
	}
	leads := 0
	for _, l := range article[1:] {
		if isLead(l.of(text)) {
			leads++
		}
	}
	if float64(leads) > leadParas*float64(len(article)-1) {
		return dst
	}
	for _, l := range list {
		dst = append(dst, Span{Start: l.start, End: l.end, Kind: Related, Rule: "other-stories"})
	}
	return dst
}

// extent is a stretch of a text, in bytes.
type extent struct{ start, end int }

func (e extent) of(text string) string { return text[e.start:e.end] }

// proseLines lists the lines of a text, trimmed, that are neither blank nor touched by a taken span.
func proseLines(text string, taken []Span) []extent {
	var out []extent
	at := 0
	for line := range strings.Lines(text) {
		start, end := at, at+len(line)
		at = end
		for len(taken) > 0 && taken[0].End <= start {
			taken = taken[1:]
		}
		body := strings.TrimSpace(line)
		if body == "" || len(taken) > 0 && taken[0].Start < end {
			continue
		}
		start += strings.Index(line, body)
		out = append(out, extent{start, start + len(body)})
	}
	return out
}

// endsWithLeads tells whether the last lines that proseLines would list are leads, as many as a list has at least. Few texts end so, and no
// other is looked at as a whole.
func endsWithLeads(text string, taken []Span) bool {
	for end, leads := len(text), 0; end > 0 && leads < fewestStories; {
		start := strings.LastIndexByte(text[:end-1], '\n') + 1
		for len(taken) > 0 && taken[len(taken)-1].Start >= end {
			taken = taken[:len(taken)-1]
		}
		if line := strings.TrimSpace(text[start:end]); line != "" && (len(taken) == 0 || taken[len(taken)-1].End <= start) {
			if !isLead(line) {
				return false
			}
			leads++
		}
		end = start
	}
	return true
}

// isLead tells whether a line could be the first sentence of a story, and no more than that.
func isLead(line string) bool {
	if len(line) < shortestLead || len(line) > longestLead*utf8.UTFMax {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	if strings.ContainsRune(`"“«‘'(-•*–—[{<>#@/`, first) || '0' <= first && first <= '9' || '٠' <= first && first <= '٩' || strings.ContainsRune(":،,؛;", last) {
		return false
	}
	if manySentences(line) || strings.Count(line, " ") < fewestLeadWord-1 {
		return false
	}
	return holds(line, shortestLead) && !holds(line, longestLead+1) && !continues(line)
}

// manySentences tells whether a sentence ends before the end of a line. It looks for one mark after the other, which is a search for a byte.
func manySentences(line string) bool {
	for _, mark := range [...]byte{'.', '!', '?', questionTrail, leadOfDots} {
		for at := 0; ; at++ {
			k := strings.IndexByte(line[at:], mark)
			if k < 0 {
				break
			}
			at += k
			if endsSentence(line, at-bit(mark == questionTrail)) {
				return true
			}
		}
	}
	return false
}

// leadOfDots is the first byte of the ellipsis.
const leadOfDots = 0xE2

// endsSentence tells whether a mark at i ends a sentence and another follows.
func endsSentence(line string, i int) bool {
	if i < 0 {
		return false
	}
	n := stopLen(line, i)
	rest := strings.TrimLeft(line[i+n:], " \u00A0")
	return n > 0 && len(rest) > 0 && len(rest) < len(line[i+n:])
}

// stopLen returns the length of the mark at i that ends a sentence, or 0: . ! ? ؟ …
func stopLen(s string, i int) int {
	switch s[i] {
	case '.', '!', '?':
		return 1
	case 0xD8:
		return 2 * bit(i+1 < len(s) && s[i+1] == questionTrail)
	case 0xE2:
		return 3 * bit(strings.HasPrefix(s[i:], "…"))
	}
	return 0
}

// continues tells whether a line begins as a paragraph does that goes on from the one before.
func continues(line string) bool {
	first, second := openingWords(line)
	if continuations[first] || continuations[first+" "+second] {
		return true
	}
	if rest, ok := strings.CutPrefix(first, "و"); ok && len(rest) > 2 {
		return !beginsWithWaw[first] && !newsVerbs[first]
	}
	return false
}

// opensNews tells whether a line begins with a verb of the news or with a dateline: (CNN) --.
func opensNews(line string) bool {
	first, _ := openingWords(line)
	if newsVerbs[first] {
		return true
	}
	head := line[:min(len(line), 160)]
	_, after, found := strings.Cut(head, ")")
	after = strings.TrimLeft(after, " \u00A0")
	return found && (strings.HasPrefix(after, "--") || strings.HasPrefix(after, "–") || strings.HasPrefix(after, "—"))
}

// opensList tells whether a line can be the first lead of a list: it opens as the news opens, or with a time or a place and then a verb of
// the news ("يوم الأحد الماضي، صادق البرلمان").
func opensList(line string) bool {
	if opensNews(line) {
		return true
	}
	words := foldedWords(strings.ToValidUTF8(line[:min(len(line), 160)], ""))
	return len(words) > 0 && timesAndPlaces[words[0]] && slices.ContainsFunc(words[:min(len(words), 10)], func(w string) bool { return newsVerbs[w] })
}

// openingWords returns the first two words of a line, folded.
func openingWords(line string) (first, second string) {
	line = line[:min(len(line), 120)]
	if head := opening(line); head != line {
		if first, second, two := twoFolded(head); two {
			return first, second
		}
	}
	first, second, _ = twoFolded(line)
	return first, second
}

// opening returns what stands before the third space of a line: the first two words of most, and no more than three. A space parts what is
// folded.
func opening(line string) string {
	at := 0
	for range 3 {
		k := strings.IndexByte(line[at:], ' ')
		if k < 0 {
			return line
		}
		at += k + 1
	}
	return line[:at-1]
}

// twoFolded returns the first two words of s, folded, and whether there are as many.
func twoFolded(s string) (first, second string, two bool) {
	first, rest, two := strings.Cut(arabic.Fold(strings.ToValidUTF8(s, "")), " ")
	second, _, _ = strings.Cut(rest, " ")
	return first, second, two
}
