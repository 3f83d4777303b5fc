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
	if settled(least, most) || v.readGaps(gaps, least, &most, settled) {
		return least
	}
	return v.facts.compareNames(len(gaps), most, settled)
}

// mostAmong is the most that a gap can have, by the number of words on its shorter side, or as many and more: an ordinal, a month, a weekday and
// a name of one word take a word each, a name of several words two. A number has no more than an ordinal.
var mostAmong = [...]int{
	0, numberPoints, 2 * numberPoints, 2*numberPoints + wordPoints, 2*numberPoints + namePoints, 2*numberPoints + namePoints + wordPoints,
}

// mostByWords returns the most that gaps can have, by their numbers of words.
func (v *verifier) mostByWords(gaps []gap) Facts {
	f := Facts{Gaps: len(gaps)}
	w := &v.facts
	w.a.forget()
	w.b.forget()
	for _, g := range gaps {
		if v.take(g) {
			f.count(w.mostPoints(), 1)
		}
	}
	return f
}

// take takes the phrases of a gap; false when nothing that it says counts.
func (v *verifier) take(g gap) bool {
	w := &v.facts
	return v.saysSomething(g) && w.a.take(&v.table.outline, g.a) && w.b.take(&v.other, g.b)
}

// mostPoints is the most that the phrases taken can say differently.
func (w *weighing) mostPoints() int { return mostAmong[min(w.a.words, w.b.words, len(mostAmong)-1)] }

// saysSomething tells whether both texts have words in a gap, inside of both. What stands at the beginning or the end of a text is the
// paper's: datelines, credits, footers.
func (v *verifier) saysSomething(g gap) bool {
	return 0 < g.a.start && g.a.start < g.a.end && int(g.a.end) < len(v.table.text) &&
		0 < g.b.start && g.b.start < g.b.end && int(g.b.end) < len(v.other.text)
}

// readGaps notes the exchanges of all gaps that are not of names, and those that may be, and brings the most that there can be down to what
// these have. It is true, and stops, when that settles it.
func (v *verifier) readGaps(gaps []gap, least Facts, most *Facts, settled func(least, most Facts) bool) bool {
	w := &v.facts
	w.exchanges = w.exchanges[:0]
	w.naming.reset()
	for _, g := range gaps {
		if !v.take(g) {
			continue
		}
		w.a.read()
		w.b.read()
		series, names := len(w.exchanges), len(w.names)
		if !w.noteSeries() {
			w.note(&w.a, &w.b)
		}
		most.count(w.mostPoints(), -1)
		for _, e := range w.exchanges[series:] {
			most.count(e.points, 1)
		}
		for _, n := range w.names[names:] {
			most.count(n.points, 1)
		}
		if settled(least, *most) {
			return true
		}
	}
	return false
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

// compareNames goes on with names, one gap after the other. Adding up sorts, so it is done when there are an eighth more exchanges than
// before.
func (w *weighing) compareNames(gaps int, most Facts, settled func(least, most Facts) bool) Facts {
	least, next := w.addUp(gaps), len(w.exchanges)+1
	for i := 0; i < len(w.names) && !settled(least, most); i++ {
		n := &w.names[i]
		most.count(n.points, -1)
		if e, differs := w.exchange(n); differs {
			w.add(e)
			most.count(e.points, 1)
		}
		if len(w.exchanges) >= next || i == len(w.names)-1 {
			least = w.addUp(gaps)
			next += 1 + next/8
		}
	}
	return least
}

// addUp adds up what was noted of so many gaps.
func (w *weighing) addUp(gaps int) Facts {
	f := addUp(w.exchanges)
	f.Gaps = gaps
	return f
}
