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
	keys   table // of the units' beginnings
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
func AppendDoubled(dst []Span, text string) []Span {
	var m textMarks
	m.read(text)
	return new(repeats).append(dst, text, &m)
}

// append is AppendDoubled with the marks of the text.
func (r *repeats) append(dst []Span, text string, marks *textMarks) []Span {
	if !r.mayRepeat(text, marks) {
		return dst
	}
	r.split(text, marks)
	return r.find(dst, text)
}

// find appends the units that stand a second time.
func (r *repeats) find(dst []Span, text string) []Span {
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
func (r *repeats) split(text string, marks *textMarks) {
	r.units, r.raw = r.units[:0], append(r.raw[:0], text...)
	line := 0 // the first unit of the line
	for at := 0; at < len(text); {
		end := unitEnd(text, marks, at)
		r.add(text, at, end)
		if n := len(r.units); end == len(text) || text[end-1] == '\n' {
			if n > line {
				r.units[line].opens, r.units[n-1].closes = true, true
			}
			line = n
		}
		at = end
	}
	r.remember()
}

func (r *repeats) remember() {
	if r.first == nil {
		r.first = map[uint64]int{}
	}
	clear(r.first)
	for i := range r.units {
		if _, ok := r.first[r.units[i].hash]; !ok {
			r.first[r.units[i].hash] = i
		}
	}
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
