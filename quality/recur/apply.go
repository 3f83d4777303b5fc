package recur

import (
	"slices"
	"sync"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/quality"
)

// rules are the entries of a source, ready to match.
type rules struct {
	byKey  map[uint64]*Entry // by hash of the unit or lead
	leads  [maxLead + 1]bool // lengths of leads in use
	inner  [maxLead + 1]bool // lengths of those that are looked for within units too
	list   int               // lines of the list of other stories
	places map[string]bool   // places in use
}

// headUnits is how many units from its start are the head of a text.
const headUnits = 4

// compile makes the profile ready to match.
func (p *Profile) compile() {
	p.bySource = map[string]*rules{}
	for i := range p.Sources {
		s := &p.Sources[i]
		r := &rules{list: s.List, byKey: map[uint64]*Entry{}, places: map[string]bool{}}
		for j := range s.Entries {
			r.add(&s.Entries[j], s.Articles)
		}
		if len(s.Entries) > 0 {
			p.bySource[s.Name] = r
		}
	}
}

func (r *rules) add(e *Entry, articles int) {
	var m masked
	m.set(e.Words)
	key := hash(m.text)
	if e.Match != Whole {
		n := min(m.words, maxLead)
		key, r.leads[n] = hashLead(m.lead(n)), true
		r.inner[n] = r.inner[n] || e.Match == Rest && (n >= innerWords || e.Articles*2 > articles)
	}
	r.byKey[key] = e
	r.places[e.Place] = true
}

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
	if r.places[Head] {
		from = w.head(r, text, units)
	}
	if !r.places[Anywhere] {
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
		w.mask.set(text[u.start:u.end])
		e, n := r.match(&w.mask, func(p string) bool { return p == Head })
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
		w.mask.set(text[u.start:u.end])
		e, _ = r.match(&w.mask, func(p string) bool { return p == Anywhere || p == Tail && i >= tail })
		if e == nil && i >= tail {
			var at int
			if e, at = r.within(&w.mask); e != nil {
				w.hit(e, u.start+startOfWord(text[u.start:u.end], at), u.end)
			}
			continue
		}
		if e == nil {
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

// match returns the entry of a unit in a place that fits, the longest if there are more, and the words of its lead.
func (r *rules) match(m *masked, fits func(place string) bool) (*Entry, int) {
	if m.words == 0 {
		return nil, 0
	}
	if m.whole {
		if e := r.byKey[hash(m.text)]; e != nil && fits(e.Place) {
			return e, m.words
		}
	}
	for n := min(m.words, maxLead); n > 0; n-- {
		if !r.leads[n] {
			continue
		}
		if e := r.byKey[hashLead(m.lead(n))]; e != nil && fits(e.Place) {
			return e, n
		}
	}
	return nil, 0
}

// innerWords is the length from which a lead is found within a unit, where the layout left no border before it. Shorter ones are if
// most articles have them.
const innerWords = 3

// within looks for a lead whose rest goes with it inside a unit, and returns the number of words before it.
func (r *rules) within(m *masked) (*Entry, int) {
	for n := maxLead; n > 0; n-- {
		if !r.inner[n] {
			continue
		}
		m.borders = m.borders[:0]
		for i, c := range m.text {
			if c == ' ' {
				m.borders = append(m.borders, i)
			}
		}
		m.borders = append(m.borders, len(m.text))
		for i := 0; i+n < len(m.borders); i++ {
			words := m.text[m.borders[i]+1 : m.borders[i+n]]
			if e := r.byKey[hashLead(words)]; e != nil && e.Match == Rest {
				return e, i + 1
			}
		}
	}
	return nil, 0
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
