package dedup

import (
	"cmp"
	"slices"
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

// weighing is the work space of weigh.
type weighing struct {
	a, b      phrase
	exchanges []exchange
}

// exchange is one fact said differently.
type exchange struct {
	what    uint64 // a hash of what is said for what
	points  int
	repeats bool // counts again when it stands again
}

// The kinds of exchanges that are not of words; their hashes begin with these.
const (
	numberExchange = iota + 1
	ordinalExchange
	monthExchange
	weekdayExchange
)

// weigh adds up the points of all gaps. The same exchange is counted once however often it stands, plus repeatPoints.
func (v *verifier) weigh(gaps []gap) Facts {
	w := &v.facts
	w.exchanges = w.exchanges[:0]
	w.a.forget()
	w.b.forget()
	for _, g := range gaps {
		if g.a.start == g.a.end || g.b.start == g.b.end || v.atBorder(g) {
			continue
		}
		if w.a.take(&v.table.outline, g.a) && w.b.take(&v.other, g.b) {
			w.a.read()
			w.b.read()
			w.exchanges = appendExchanges(w.exchanges, &w.a, &w.b)
		}
	}
	f := addUp(w.exchanges)
	f.Gaps = len(gaps)
	return f
}

// atBorder tells whether a gap is at the beginning or the end of a text. What stands there is the paper's: datelines, credits,
// footers.
func (v *verifier) atBorder(g gap) bool {
	return g.a.start == 0 || g.b.start == 0 || int(g.a.end) == len(v.table.text) || int(g.b.end) == len(v.other.text)
}

// addUp counts each exchange once, and those that repeat once more. It sorts them.
func addUp(list []exchange) (f Facts) {
	slices.SortFunc(list, func(x, y exchange) int { return cmp.Compare(x.what, y.what) })
	for i, e := range list {
		switch {
		case i == 0 || list[i-1].what != e.what:
			f.Points += e.points
			if e.points > wordPoints {
				f.Strong += e.points
			}
		case e.repeats && (i == 1 || list[i-2].what != e.what):
			f.Points += repeatPoints
		}
	}
	return f
}

// appendExchanges appends what the two sides of one gap say differently.
func appendExchanges(dst []exchange, a, b *phrase) []exchange {
	if otherNumber(a, b) {
		what := idOf(idOf(numberExchange, a.numbers), b.numbers)
		return append(dst, exchange{what: what, points: numberPoints})
	}
	if differ(a.signs.ordinal, b.signs.ordinal) && !a.signs.yesterday && !b.signs.yesterday {
		dst = append(dst, counted(ordinalExchange, a.signs.ordinal, b.signs.ordinal, numberPoints))
	}
	if differ(a.signs.month, b.signs.month) {
		dst = append(dst, counted(monthExchange, a.signs.month, b.signs.month, numberPoints))
	}
	if differ(a.signs.weekday, b.signs.weekday) {
		dst = append(dst, counted(weekdayExchange, a.signs.weekday, b.signs.weekday, wordPoints))
	}
	return appendNames(dst, a, b)
}

// appendNames appends the exchange of the words that carry content on either side and are related to none of the other side.
func appendNames(dst []exchange, a, b *phrase) []exchange {
	if !a.choose(b) || !b.choose(a) || !a.dropRelated(b) || !b.dropRelated(a) {
		return dst
	}
	e := exchange{points: wordPoints, repeats: true}
	if len(a.chosen) >= 2 && len(b.chosen) >= 2 {
		e.points = namePoints
	}
	for _, p := range []*phrase{a, b} {
		for _, i := range p.chosen {
			e.what = mix(e.what^p.terms[i].bareKey, keySeed0)
		}
		e.what = mix(e.what^keySeed1, keySeed0) // what follows is of the other side
	}
	return append(dst, e)
}

// differ tells whether both have places in a list and share none.
func differ(x, y uint16) bool { return x != 0 && y != 0 && x&y == 0 }

// counted is the exchange of places in a list.
func counted(kind uint64, x, y uint16, points int) exchange {
	return exchange{what: mix(kind^keySeed0, uint64(x)<<16|uint64(y)^keySeed1), points: points}
}

// idOf goes on hashing with the runs of digits of one side.
func idOf(h uint64, numbers [][]byte) uint64 {
	for _, n := range numbers {
		h = mix(h^key(n), keySeed0)
	}
	return mix(h^keySeed1, keySeed0)
}
