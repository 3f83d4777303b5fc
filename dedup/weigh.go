package dedup

// weighing is the work space of weigh.
type weighing struct {
	a, b      phrase
	exchanges []exchange
	naming
}

// weigh adds up the points of all gaps. The same exchange is counted once however often it stands, plus repeatPoints.
//
// It stops, with what it has, as soon as settled says that nothing depends on the rest. settled is told the least and the most that there can be,
// which come nearer to each other in three steps, from cheap to dear: words are counted, then read, then names compared.
func (v *verifier) weigh(gaps []gap, settled func(least, most Facts) bool) Facts {
	least, most := Facts{Gaps: len(gaps)}, v.mostByWords(gaps)
	if settled(least, most) {
		return least
	}
	least, most = v.readGaps(gaps)
	if settled(least, most) {
		return least
	}
	return v.facts.compareNames(least, most, settled)
}

// mostAmong is the most that a gap can have, by the number of words on its shorter side, or as many and more: an ordinal, a month, a weekday and
// a name of one word take a word each, a name of several words two. A number has no more than an ordinal.
var mostAmong = [...]int{
	0, numberPoints, 2 * numberPoints, 2*numberPoints + wordPoints, 2*numberPoints + namePoints, 2*numberPoints + namePoints + wordPoints,
}

// mostByWords returns the most that gaps can have, by their numbers of words.
func (v *verifier) mostByWords(gaps []gap) Facts {
	f := Facts{Gaps: len(gaps)}
	for _, g := range gaps {
		if v.saysSomething(g) {
			points := mostAmong[min(v.table.words(g.a), v.other.words(g.b), len(mostAmong)-1)]
			f.Points += points
			f.Strong += points
		}
	}
	return f
}

// saysSomething tells whether both texts have words in a gap, inside of both. What stands at the beginning or the end of a text is the
// paper's: datelines, credits, footers.
func (v *verifier) saysSomething(g gap) bool {
	return 0 < g.a.start && g.a.start < g.a.end && int(g.a.end) < len(v.table.text) &&
		0 < g.b.start && g.b.start < g.b.end && int(g.b.end) < len(v.other.text)
}

// readGaps notes the exchanges of all gaps that are not of names, and those that may be. It returns the least and the most that there can be.
func (v *verifier) readGaps(gaps []gap) (least, most Facts) {
	w := &v.facts
	w.exchanges = w.exchanges[:0]
	w.naming.reset()
	w.a.forget()
	w.b.forget()
	for _, g := range gaps {
		if v.saysSomething(g) && w.a.take(&v.table.outline, g.a) && w.b.take(&v.other, g.b) {
			w.a.read()
			w.b.read()
			if !w.noteSeries() {
				w.note(&w.a, &w.b)
			}
		}
	}
	for _, e := range w.exchanges {
		most.count(e.points, 1)
	}
	for _, n := range w.names {
		most.count(n.points, 1)
	}
	least = addUp(w.exchanges)
	least.Gaps, most.Gaps = len(gaps), len(gaps)
	return least, most
}

// noteSeries notes what the two phrases say differently of numbers and of what is counted. It tells whether that is all: where numbers differ,
// names are not asked for.
func (w *weighing) noteSeries() (all bool) {
	a, b := &w.a, &w.b
	if otherNumber(a, b) {
		w.add(exchange{what: idOf(idOf(numberExchange, a.numbers), b.numbers), points: numberPoints})
		return true
	}
	if differ(a.signs.ordinal, b.signs.ordinal) && !a.signs.yesterday && !b.signs.yesterday {
		w.add(counted(ordinalExchange, a.signs.ordinal, b.signs.ordinal, numberPoints))
	}
	if differ(a.signs.month, b.signs.month) {
		w.add(counted(monthExchange, a.signs.month, b.signs.month, numberPoints))
	}
	if differ(a.signs.weekday, b.signs.weekday) {
		w.add(counted(weekdayExchange, a.signs.weekday, b.signs.weekday, wordPoints))
	}
	return false
}

func (w *weighing) add(e exchange) { w.exchanges = append(w.exchanges, e) }

// compareNames goes on from the least and the most that there can be, one gap after the other. Adding up sorts, so it is done when there are an
// eighth more exchanges than before.
func (w *weighing) compareNames(least, most Facts, settled func(least, most Facts) bool) Facts {
	gaps, next := least.Gaps, len(w.exchanges)+1
	for i := range w.names {
		n := &w.names[i]
		most.count(n.points, -1)
		if e, differs := w.exchange(n); differs {
			w.add(e)
			most.count(e.points, 1)
		}
		if len(w.exchanges) >= next {
			next += 1 + next/8
			least = addUp(w.exchanges)
			least.Gaps = gaps
		}
		if settled(least, most) {
			return least
		}
	}
	least = addUp(w.exchanges)
	least.Gaps = gaps
	return least
}
