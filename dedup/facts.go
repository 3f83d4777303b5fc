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

// count adds the points of an exchange, so many times.
func (f *Facts) count(points, times int) {
	f.Points += times * points
	if points > wordPoints {
		f.Strong += times * points
	}
}

// addUp counts each exchange once, and those that repeat once more. It sorts them.
func addUp(list []exchange) (f Facts) {
	slices.SortFunc(list, func(x, y exchange) int { return cmp.Compare(x.what, y.what) })
	for i, e := range list {
		switch {
		case i == 0 || list[i-1].what != e.what:
			f.count(e.points, 1)
		case e.repeats && (i == 1 || list[i-2].what != e.what):
			f.Points += repeatPoints
		}
	}
	return f
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
