package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
)

// How long, folded, a stretch must be to count as repeated and not as a refrain, a heading or a formula.
const (
	repeatedLine     = 60  // characters of a line
	repeatedSentence = 80  // characters of a sentence within a line
	sureRepeat       = 200 // characters of a line, or of a row of sentences, from which it is cut and not only marked
	doubledShare     = .3  // of the text: from here on it is the body that was pasted twice
)

// repeats finds what stands twice in one text. It keeps its memory from text to text: one for each goroutine.
type repeats struct {
	units  []repeatUnit
	first  map[uint64]int // the first unit with a hash
	raw    []byte         // the text
	folded []byte
}

// repeatUnit is a sentence of a line.
type repeatUnit struct {
	extent
	hash   uint64 // of the folded sentence
	length int    // folded, in characters
	opens  bool   // it begins its line
	closes bool   // it ends its line
}

// AppendDoubled appends what a text holds a second time: a body that was pasted twice, or single paragraphs and long sentences. The
// first stays, the later ones are the spans. Sentences are compared folded. Short ones count only in a row with long ones: a
// refrain, a heading or a formula may well recur.
func AppendDoubled(dst []Span, text string) []Span { return new(repeats).append(dst, text) }

func (r *repeats) append(dst []Span, text string) []Span {
	r.split(text)
	from := len(dst)
	for i := 0; i < len(r.units); {
		j, ok := r.first[r.units[i].hash]
		if !ok || j >= i || !r.units[i].tells(text) {
			i++
			continue
		}
		start, end := i, i+1
		for start > 0 && j-(i-start) > 0 && r.same(start-1, j-(i-start)-1) && !covered(dst[from:], r.units[start-1]) && j-(i-start)-1 < start-1 {
			start--
		}
		for end < len(r.units) && j+(end-i) < start && r.same(end, j+(end-i)) {
			end++
		}
		s := Span{Start: r.units[start].start, End: r.units[end-1].end, Kind: Other, Rule: "repeated-paragraph"}
		follows := j-(i-start)+(end-start) == start // it stands right behind the first: no author does that
		s.Mark = !follows && !r.sure(r.units[start:end])
		dst = append(dst, s)
		i = end
	}
	repeated := 0
	for _, s := range dst[from:] {
		repeated += s.End - s.Start
	}
	if float64(repeated) >= doubledShare*float64(len(text)) {
		for i := range dst[from:] {
			dst[from+i].Rule, dst[from+i].Mark = "doubled-body", false
		}
	}
	return dst
}

// sure tells whether repeated units are no formula that an author wrote twice: whole lines, long enough.
func (r *repeats) sure(units []repeatUnit) bool {
	length := 0
	for i := range units {
		length += units[i].length
	}
	first, last := units[0], units[len(units)-1]
	return length >= sureRepeat && first.opens && last.closes
}

func covered(spans []Span, u repeatUnit) bool {
	return len(spans) > 0 && spans[len(spans)-1].End > u.start
}

func (r *repeats) same(i, j int) bool { return r.units[i].hash == r.units[j].hash }

// tells reports whether a unit is such that its second occurrence is a repetition: long enough, no verse of the Quran, which may be
// quoted twice, no question, which an interview lists before the answers, and no item of a list.
func (u *repeatUnit) tells(text string) bool {
	if u.length < repeatedSentence && !(u.opens && u.closes && u.length >= repeatedLine) {
		return false
	}
	body := u.of(text)
	return !strings.ContainsAny(body, "{}﴿﴾") && !strings.HasSuffix(body, "؟") && !strings.HasSuffix(body, "?") && !beginsItem(body)
}

// split cuts a text into units and remembers the first of each.
func (r *repeats) split(text string) {
	r.units, r.raw = r.units[:0], append(r.raw[:0], text...)
	if r.first == nil {
		r.first = map[uint64]int{}
	}
	clear(r.first)
	at := 0
	for line := range strings.Lines(text) {
		before := len(r.units)
		r.splitLine(text, at, at+len(line))
		at += len(line)
		if n := len(r.units); n > before {
			r.units[before].opens, r.units[n-1].closes = true, true
		}
	}
	for i := range r.units {
		if u := &r.units[i]; u.length > 0 {
			if _, ok := r.first[u.hash]; !ok {
				r.first[u.hash] = i
			}
		}
	}
}

// splitLine cuts text[start:end] at the ends of its sentences.
func (r *repeats) splitLine(text string, start, end int) {
	from := start
	for i := start; i < end; i++ {
		if size := sentenceMark(text[i:end]); size > 0 {
			i += size - 1
			if i+1 < end && (text[i+1] == ' ' || text[i+1] == '\n' || text[i+1] == '\r' || text[i+1] == '\xC2') {
				r.add(text, from, i+1)
				from = i + 1
			}
		}
	}
	r.add(text, from, end)
}

// sentenceMark returns the length of a mark that ends a sentence, if s begins with one: . ! ? ؟ and the no-break space that parts
// the paragraphs of some pages.
func sentenceMark(s string) int {
	switch s[0] {
	case '.', '!', '?':
		return 1
	case '\xD8':
		return 2 * bit(len(s) > 1 && s[1] == '\x9F')
	case '\xC2':
		return 2 * bit(len(s) > 1 && s[1] == '\xA0')
	}
	return 0
}

// add adds a unit, unless it folds to nothing.
func (r *repeats) add(text string, start, end int) {
	start = end - len(strings.TrimLeftFunc(text[start:end], unicode.IsSpace))
	end = start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
	r.folded = arabic.AppendFold(r.folded[:0], r.raw[start:end])
	if len(r.folded) == 0 {
		return
	}
	u := repeatUnit{extent: extent{start, end}, hash: xxhash.Sum64(r.folded), length: utf8.RuneCount(r.folded)}
	r.units = append(r.units, u)
}

// beginsItem tells whether a line begins as an item of a list, or with a quotation mark: what is quoted may be said again.
func beginsItem(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("«“\"'([‘-–—•*", first) || unicode.IsDigit(first)
}
