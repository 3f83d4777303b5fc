package dedup

import (
	"fmt"
	"slices"
	"strings"
)

// Facts weighs what two texts say differently in the same place of the same sentence: other numbers, other days, other names. It
// is what tells a template (a formula with other facts) from a copy (the same facts in other words).
type Facts struct {
	Points int // see weigh
	Strong int // of these, those of numbers and of names of several words
	Gaps   int // places where the texts differ in any way
}

// The points of one exchange. An exchange found again, as that of a name is wherever the name stands, counts once more, once.
const (
	numberPoints  = 3 // 25 for 26, the fourth for the fifth
	namePoints    = 2 // several words for several unrelated words: a person for a person
	wordPoints    = 1 // one word for an unrelated one, or a weekday for another
	repeatPoints  = 1
	maxGapWords   = 14 // longer gaps are passages of their own, not exchanges
	minWordLetter = 3
)

// weigh adds up the points of all gaps. The same exchange is counted once however often it stands, plus repeatPoints.
func (v *verifier) weigh(gaps []gap) Facts {
	f := Facts{Gaps: len(gaps)}
	seen := map[string]int{}
	for _, g := range gaps {
		if g.a.start == g.a.end || g.b.start == g.b.end || v.atBorder(g) {
			continue
		}
		if wordCount(v.table.text, g.a) > maxGapWords || wordCount(v.text, g.b) > maxGapWords {
			continue
		}
		a := strings.Split(string(v.table.text[g.a.start:g.a.end]), " ")
		b := strings.Split(string(v.text[g.b.start:g.b.end]), " ")
		for _, e := range exchanges(a, b) {
			if seen[e.what]++; seen[e.what] == 1 {
				f.Points += e.points
				if e.points > wordPoints {
					f.Strong += e.points
				}
			} else if seen[e.what] == 2 && e.repeats {
				f.Points += repeatPoints
			}
		}
	}
	return f
}

// atBorder tells whether a gap is at the beginning or the end of a text. What stands there is the paper's: datelines, credits,
// footers.
func (v *verifier) atBorder(g gap) bool {
	return g.a.start == 0 || g.b.start == 0 || int(g.a.end) == len(v.table.text) || int(g.b.end) == len(v.text)
}

// exchange is one fact said differently.
type exchange struct {
	what    string
	points  int
	repeats bool // counts again when it stands again
}

// exchanges lists what the words of one gap say differently.
func exchanges(a, b []string) []exchange {
	if x, y := digits(a), digits(b); otherNumber(a, b, x, y) {
		return []exchange{{what: fmt.Sprint("number", x, y), points: numberPoints}}
	}
	var out []exchange
	if x, y := values(a, ordinals), values(b, ordinals); differ(x, y) && !slices.Contains(a, "امس") && !slices.Contains(b, "امس") {
		out = append(out, exchange{what: fmt.Sprint("ordinal", x, y), points: numberPoints})
	}
	if x, y := values(a, months), values(b, months); differ(x, y) {
		out = append(out, exchange{what: fmt.Sprint("month", x, y), points: numberPoints})
	}
	if x, y := values(a, weekdays), values(b, weekdays); differ(x, y) {
		out = append(out, exchange{what: fmt.Sprint("weekday", x, y), points: wordPoints})
	}
	ca, cb := contentWords(a, b), contentWords(b, a)
	if len(ca) == 0 || len(cb) == 0 {
		return out
	}
	x, y := unrelatedTo(ca, b), unrelatedTo(cb, a)
	if len(x) == 0 || len(y) == 0 {
		return out
	}
	points := wordPoints
	if len(x) >= 2 && len(y) >= 2 {
		points = namePoints
	}
	return append(out, exchange{what: strings.Join(x, " ") + "|" + strings.Join(y, " "), points: points, repeats: true})
}

// contentWords returns the words of a that b has not and that carry content: no closed class, no numbers, no letters alone.
func contentWords(a, b []string) []string {
	var out []string
	for _, w := range a {
		if !slices.Contains(b, w) && !lightWords[w] && !lightWords[bare(w)] && ordinals[w] == 0 && weekdays[w] == 0 && months[w] == 0 &&
			letters(w) >= minWordLetter && !strings.ContainsAny(w, "0123456789") {
			out = append(out, w)
		}
	}
	return out
}

// unrelatedTo returns the bare forms of those words that are related to none of others.
func unrelatedTo(words, others []string) []string {
	forms := make([]wordForm, len(others))
	for i, o := range others {
		forms[i].set(o)
	}
	var out []string
	var form wordForm
	for _, w := range words {
		form.set(w)
		if !form.relatedToAny(forms) {
			out = append(out, bare(w))
		}
	}
	return out
}

// values returns the numbers that a table gives the words, sorted, each once.
func values(words []string, table map[string]int) []int {
	var out []int
	for _, w := range words {
		if n := table[w]; n > 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// differ tells whether both have values and share none.
func differ(x, y []int) bool {
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(n int) bool { return slices.Contains(y, n) })
}

// digits returns the runs of digits in words.
func digits(words []string) []string {
	var out []string
	for _, w := range words {
		out = append(out, strings.FieldsFunc(w, func(r rune) bool { return r < '0' || r > '9' })...)
	}
	return out
}

// otherNumber tells whether the digits x of a and y of b are other numbers and not another way to write the same: with another grouping
// (545 000, 545000), with a leading zero (07, 7), in thousands (545, 545000), turned around by a bidirectional editor (63.54, 54.63), or with
// a scale word (100 الف, 100000).
func otherNumber(a, b, x, y []string) bool {
	if len(x) == 0 || len(y) == 0 || anyScale(a) || anyScale(b) {
		return false
	}
	if slices.ContainsFunc(x, func(n string) bool { return slices.Contains(y, n) }) {
		return false
	}
	p, q := strings.TrimLeft(strings.Join(x, ""), "0"), strings.TrimLeft(strings.Join(y, ""), "0")
	return withoutThousands(p) != withoutThousands(q)
}

// withoutThousands cuts groups of three zeros off the end of a number.
func withoutThousands(digits string) string {
	for strings.HasSuffix(digits, "000") {
		digits = digits[:len(digits)-3]
	}
	return digits
}

func anyScale(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return scales[w] || scales[bare(w)] })
}
