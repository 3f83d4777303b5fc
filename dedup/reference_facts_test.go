package dedup

import (
	"fmt"
	"slices"
	"strings"
)

// weigh adds up the points of all gaps. The same exchange is counted once however often it stands, plus repeatPoints.
func (v *refVerifier) weigh(gaps []gap) Facts {
	f := Facts{Gaps: len(gaps)}
	seen := map[string]int{}
	for _, g := range gaps {
		if g.a.start == g.a.end || g.b.start == g.b.end || v.atBorder(g) {
			continue
		}
		if refWordCount(v.refTable.text, g.a) > maxGapWords || refWordCount(v.text, g.b) > maxGapWords {
			continue
		}
		a := strings.Split(string(v.refTable.text[g.a.start:g.a.end]), " ")
		b := strings.Split(string(v.text[g.b.start:g.b.end]), " ")
		for _, e := range refExchanges(a, b) {
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
func (v *refVerifier) atBorder(g gap) bool {
	return g.a.start == 0 || g.b.start == 0 || int(g.a.end) == len(v.refTable.text) || int(g.b.end) == len(v.text)
}

// exchange is one fact said differently.
type refExchange struct {
	what    string
	points  int
	repeats bool // counts again when it stands again
}

// exchanges lists what the words of one gap say differently.
func refExchanges(a, b []string) []refExchange {
	if x, y := refDigits(a), refDigits(b); refOtherNumber(a, b, x, y) {
		return []refExchange{{what: fmt.Sprint("number", x, y), points: numberPoints}}
	}
	var out []refExchange
	if x, y := refValues(a, refOrdinals), refValues(b, refOrdinals); refDiffer(x, y) && !slices.Contains(a, "امس") && !slices.Contains(b, "امس") {
		out = append(out, refExchange{what: fmt.Sprint("ordinal", x, y), points: numberPoints})
	}
	if x, y := refValues(a, refMonths), refValues(b, refMonths); refDiffer(x, y) {
		out = append(out, refExchange{what: fmt.Sprint("month", x, y), points: numberPoints})
	}
	if x, y := refValues(a, refWeekdays), refValues(b, refWeekdays); refDiffer(x, y) {
		out = append(out, refExchange{what: fmt.Sprint("weekday", x, y), points: wordPoints})
	}
	ca, cb := refContentWords(a, b), refContentWords(b, a)
	if len(ca) == 0 || len(cb) == 0 {
		return out
	}
	x, y := refUnrelatedTo(ca, b), refUnrelatedTo(cb, a)
	if len(x) == 0 || len(y) == 0 {
		return out
	}
	points := wordPoints
	if len(x) >= 2 && len(y) >= 2 {
		points = namePoints
	}
	return append(out, refExchange{what: strings.Join(x, " ") + "|" + strings.Join(y, " "), points: points, repeats: true})
}

// contentWords returns the words of a that b has not and that carry content: no closed class, no numbers, no letters alone.
func refContentWords(a, b []string) []string {
	var out []string
	for _, w := range a {
		if !slices.Contains(b, w) && !refLightWords[w] && !refLightWords[refBare(w)] && refOrdinals[w] == 0 && refWeekdays[w] == 0 && refMonths[w] == 0 &&
			refLetters(w) >= minWordLetter && !strings.ContainsAny(w, "0123456789") {
			out = append(out, w)
		}
	}
	return out
}

// unrelatedTo returns the bare forms of those words that are related to none of others.
func refUnrelatedTo(words, others []string) []string {
	forms := make([]refWordForm, len(others))
	for i, o := range others {
		forms[i].set(o)
	}
	var out []string
	var form refWordForm
	for _, w := range words {
		form.set(w)
		if !form.relatedToAny(forms) {
			out = append(out, refBare(w))
		}
	}
	return out
}

// values returns the numbers that a table gives the words, sorted, each once.
func refValues(words []string, refTable map[string]int) []int {
	var out []int
	for _, w := range words {
		if n := refTable[w]; n > 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// differ tells whether both have values and share none.
func refDiffer(x, y []int) bool {
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(n int) bool { return slices.Contains(y, n) })
}

// digits returns the runs of digits in words.
func refDigits(words []string) []string {
	var out []string
	for _, w := range words {
		out = append(out, strings.FieldsFunc(w, func(r rune) bool { return r < '0' || r > '9' })...)
	}
	return out
}

// otherNumber tells whether the digits x of a and y of b are other numbers and not another way to write the same: with another grouping
// (545 000, 545000), with a leading zero (07, 7), in thousands (545, 545000), turned around by a bidirectional editor (63.54, 54.63), or with
// a scale word (100 الف, 100000).
func refOtherNumber(a, b, x, y []string) bool {
	if len(x) == 0 || len(y) == 0 || refAnyScale(a) || refAnyScale(b) {
		return false
	}
	if slices.ContainsFunc(x, func(n string) bool { return slices.Contains(y, n) }) {
		return false
	}
	p, q := strings.TrimLeft(strings.Join(x, ""), "0"), strings.TrimLeft(strings.Join(y, ""), "0")
	return refWithoutThousands(p) != refWithoutThousands(q)
}

// withoutThousands cuts groups of three zeros off the end of a number.
func refWithoutThousands(refDigits string) string {
	for strings.HasSuffix(refDigits, "000") {
		refDigits = refDigits[:len(refDigits)-3]
	}
	return refDigits
}

func refAnyScale(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return refScales[w] || refScales[refBare(w)] })
}

// wordForm is a folded word as related compares it.
type refWordForm struct {
	refBare    []rune // without one particle written together with it
	skeleton   []rune // its consonants, those that transliterations exchange made one
	refLetters uint64 // a sum over its letters that does not depend on their order
	room       [2 * maxLetters]rune
}

// set fills a form. Its slices lie in its own room: forms must not be copied.
func (f *refWordForm) set(word string) {
	f.refBare, f.skeleton, f.refLetters = f.room[:0:maxLetters], f.room[maxLetters:maxLetters], 0
	for _, r := range refBare(word) {
		if len(f.refBare) == maxLetters {
			break
		}
		f.refBare = append(f.refBare, r)
		f.refLetters += remix(uint64(r))
		switch to := refSkeletonOf(r); to {
		case 0:
			f.skeleton = append(f.skeleton, r)
		case refVowel:
		default:
			f.skeleton = append(f.skeleton, to)
		}
	}
}

// related tells whether two folded words are likely forms or spellings of one: they begin alike (مشروع، مشروعات), have the same
// letters (منتزه، متنزه), or the same consonants as foreign names are spelled (غروزني، جروزني).
func refRelated(x, y string) bool {
	var a, b refWordForm
	a.set(x)
	b.set(y)
	return a.refRelated(&b)
}

func (f *refWordForm) refRelated(g *refWordForm) bool {
	if n := refCommonPrefix(f.refBare, g.refBare); n >= 3 || n >= 2 && n >= min(len(f.refBare), len(g.refBare))-1 || n == len(f.refBare) && n == len(g.refBare) {
		return true
	}
	if len(f.refBare) >= 4 && f.refLetters == g.refLetters {
		return true
	}
	if len(f.skeleton) >= 2 && slices.Equal(f.skeleton, g.skeleton) {
		return true
	}
	return len(f.skeleton) >= 3 && len(g.skeleton) >= 3 && (refWithin(f.skeleton, g.skeleton) || refWithin(g.skeleton, f.skeleton))
}

func (f *refWordForm) relatedToAny(others []refWordForm) bool {
	for i := range others {
		if f.refRelated(&others[i]) {
			return true
		}
	}
	return false
}

func refCommonPrefix(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// within tells whether short stands inside long.
func refWithin(short, long []rune) bool {
	for i := 0; i+len(short) <= len(long); i++ {
		if slices.Equal(long[i:i+len(short)], short) {
			return true
		}
	}
	return false
}

// vowel marks letters that a skeleton leaves out.
const refVowel = -1

// skeletonOf maps consonants that transliterations exchange to one of them, vowels to vowel, and the rest to 0.
func refSkeletonOf(r rune) rune {
	switch r {
	case 'ا', 'و', 'ي', 'ه', 'ء':
		return refVowel
	case 'غ', 'ج', 'ق', 'گ', 'چ':
		return 'ك'
	case 'ث', 'ص', 'ز':
		return 'س'
	case 'ذ':
		return 'د'
	case 'ط':
		return 'ت'
	case 'ظ':
		return 'ض'
	case 'خ':
		return 'ح'
	case 'ڤ':
		return 'ف'
	case 'پ':
		return 'ب'
	}
	return 0
}

// The tables of lexicon.go as maps.
var (
	refLightWords = refWordSet(lightList)
	refOrdinals   = refNumbered(ordinalList...)
	refWeekdays   = refNumbered(weekdayList...)
	refMonths     = refNumbered(monthList...)
	refScales     = refWordSet(scaleList)
)

func refWordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// numbered gives each group of words the number of its place, from 1.
func refNumbered(groups ...string) map[string]int {
	m := map[string]int{}
	for i, g := range groups {
		for w := range strings.FieldsSeq(g) {
			m[w] = i + 1
		}
	}
	return m
}

// bare strips one particle from a word that is long enough to have one.
func refBare(word string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && refLetters(rest) >= 3 {
			return rest
		}
	}
	return word
}

// letters counts the letters of a folded word.
func refLetters(word string) int {
	n := 0
	for i := range len(word) {
		if word[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
