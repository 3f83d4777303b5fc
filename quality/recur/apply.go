package recur

import (
	"slices"
	"sync"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/quality"
)

// headUnits is how many units from its start are the head of a text.
const headUnits = 4

// work is the scratch room of a matcher.
type work struct {
	split splitter
	mask  masked
	hits  []quality.Span
}

var pool = sync.Pool{New: func() any { return new(work) }}

// Append appends the spans of recurring furniture in a text of a source to dst: sorted, disjoint, not empty, within bounds, on the
// borders of characters and outside taken, which must be sorted and disjoint. A source that the profile does not know
// has none. It reads the text once for its units and folds those near its ends.
func (p *Profile) Append(dst []quality.Span, text, source string, taken []quality.Span) []quality.Span {
	r := p.bySource[source]
	if r == nil {
		return dst
	}
	w := pool.Get().(*work)
	defer pool.Put(w)
	units := w.split.split(text, taken)
	if len(units) == 0 {
		return dst
	}
	w.hits = w.hits[:0]
	tail := tailOf(units)
	from := 0
	if r.places&atHead != 0 {
		from = w.head(r, text, units)
	}
	if r.places&anywhere == 0 {
		from = max(from, tail)
	}
	w.body(r, text, units, from, tail)
	return appendHits(dst, w.hits)
}

// head finds entries at the start of a text, as long as units are furniture, and returns how many those are.
func (w *work) head(r *rules, text string, units []unit) int {
	for i := range units[:min(headUnits, len(units))] {
		u := &units[i]
		if u.wordless {
			continue
		}
		if !r.mayStart(text[u.start:u.end]) {
			return i
		}
		w.mask.setStart(text[u.start:u.end], 1)
		e, n := w.match(r, text[u.start:u.end], atHead)
		if e == nil {
			return i
		}
		if e.Match == Lead {
			w.hit(e, u.start, u.start+endOfWord(text[u.start:u.end], n))
			return i + 1
		}
		w.hit(e, u.start, u.end)
	}
	return min(headUnits, len(units))
}

func (w *work) hit(e *Entry, start, end int) {
	w.hits = append(w.hits, quality.Span{Start: start, End: end, Kind: e.Kind, Rule: e.Rule})
}

// body finds entries from unit from on; those of the tail from unit tail on.
func (w *work) body(r *rules, text string, units []unit, from, tail int) {
	var e *Entry // the entry that holds on, by its match
	stories, firstStory := 0, 0
	for i := from; i < len(units); i++ {
		u := &units[i]
		switch {
		case e != nil && (e.Match == Rest || e.Match == Line && units[i-1].line == u.line):
			w.hit(e, u.start, u.end)
			continue
		case u.wordless:
			e = nil
			continue
		}
		var at int // where in the unit it begins
		if e, at = w.find(r, text[u.start:u.end], i >= tail); e == nil {
			continue
		}
		if at > 0 {
			w.hit(e, u.start+at, u.end)
			continue
		}
		for b := i; b > from && units[b-1].wordless; b-- { // a rule above goes too
			w.hit(e, units[b-1].start, units[b-1].end)
		}
		w.hit(e, u.start, u.end)
		if e.Rule == storyRule {
			if stories++; stories == 1 {
				firstStory = i
			}
		}
	}
	if stories > 0 {
		w.list(text, units, max(from, tail), firstStory, stories, r.list)
	}
}

// find returns the entry that a unit of the tail, or of elsewhere, begins with, or the one that begins within it, and where.
func (w *work) find(r *rules, unit string, tail bool) (*Entry, int) {
	where := anywhere
	if tail {
		where |= atTail
	}
	within := tail && r.hasInner
	switch {
	case within:
		w.mask.set(unit)
	case !r.mayStart(unit):
		return nil, 0
	default:
		w.mask.setStart(unit, 1)
	}
	e, _ := w.match(r, unit, where)
	if e != nil || !within {
		return e, 0
	}
	e, words := r.within(&w.mask)
	if e == nil {
		return nil, 0
	}
	return e, startOfWord(unit, words)
}

// match returns the entry of a unit in one of the places, and the words of its lead. The first words are masked: they tell nearly all
// units.
func (w *work) match(r *rules, unit string, where places) (*Entry, int) {
	if !r.mayBegin(&w.mask) {
		return nil, 0
	}
	if !w.mask.whole {
		w.mask.set(unit)
	}
	return r.match(&w.mask, where)
}

// list takes the list of stories that ends a text, if one of them is known: from two on all to the end, and above the first as many
// lines as the list of the source has, up to one that goes on from the line before.
func (w *work) list(text string, units []unit, from, first, stories, lines int) {
	d := depth(units, first)
	if stories < 2 && d > lines {
		return
	}
	for first > from && (d < lines || units[first-1].line == units[first].line) && d <= lines {
		u := &units[first-1]
		if w.mask.set(text[u.start:u.end]); connects(string(w.mask.text)) {
			break
		}
		if first--; !u.wordless && u.line != units[first+1].line {
			d++
		}
	}
	for _, u := range units[first:] {
		w.hits = append(w.hits, quality.Span{Start: u.start, End: u.end, Kind: quality.Related, Rule: storyRule})
	}
}

// startOfWord returns where the folded word after the first n begins in a unit.
func startOfWord(unit string, n int) int {
	folded, at := arabic.AppendFoldOffsets(nil, nil, []byte(unit[:min(len(unit), maxUnit)]))
	for i, c := range folded {
		if c != ' ' {
			continue
		}
		if n--; n == 0 && i+1 < len(at) {
			return at[i+1]
		}
	}
	return 0
}

// endOfWord returns where the n-th folded word of a unit ends.
func endOfWord(unit string, n int) int {
	folded, at := arabic.AppendFoldOffsets(nil, nil, []byte(unit[:min(len(unit), maxUnit)]))
	for i, c := range folded {
		if c != ' ' {
			continue
		}
		if n--; n == 0 {
			return at[i]
		}
	}
	return len(unit)
}

// appendHits appends spans sorted and disjoint; those of one kind and rule that touch or have only blanks between stay apart.
func appendHits(dst, hits []quality.Span) []quality.Span {
	slices.SortStableFunc(hits, func(a, b quality.Span) int { return a.Start - b.Start })
	from := len(dst)
	for _, h := range hits {
		if n := len(dst); n > from {
			h.Start = max(h.Start, dst[n-1].End)
		}
		if h.Start < h.End {
			dst = append(dst, h)
		}
	}
	return dst
}
