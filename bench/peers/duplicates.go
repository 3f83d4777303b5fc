package main

import (
	"cmp"
	"slices"

	"github.com/corpusctl/corpusctl/dedup/truth"
)

// The bounds of what is called alike. Between halfHeld and heldBy nothing is said of a pair, neither right nor wrong.
const (
	nearJaccard = .6 // a near copy
	heldBy      = .8 // of a text's shingles in another one: the other holds it
	halfHeld    = .5 // below: removing it loses more than half of the text
)

// rate is a share with what it is a share of.
type rate struct {
	N  int `json:"n"`
	Of int `json:"of"`
}

func (r *rate) count(yes bool) {
	r.Of++
	if yes {
		r.N++
	}
}

// duplicates is how well a tool did. Texts of fewer than minChars characters count in Removed only.
type duplicates struct {
	Removed int  `json:"removed"` // documents
	Lost    int  `json:"lost"`    // of these: no kept text holds even half of it
	InScope int  `json:"in_scope"`
	Left    int  `json:"left"`     // kept, but another kept text holds it
	ToFind  int  `json:"to_find"`  // what a reader of all pairs would remove, longest text first
	Cut     rate `json:"cut_down"` // documents whose only holder is a longer text (no near copy): removed

	// Pairs of different texts; absent of a tool that tells neither pairs nor groups.
	Near      *rate `json:"near_pairs,omitempty"`      // J >= .6, named
	Truncated *rate `json:"truncated_pairs,omitempty"` // J < .6 and C >= .8, named
	Right     *rate `json:"right_pairs,omitempty"`     // named ones in which the smaller text stands at least by half

	GoldPrecision *rate `json:"gold_precision,omitempty"` // labelled pairs, sure: called duplicates, one may go
	GoldRecall    *rate `json:"gold_recall,omitempty"`    // one may go, called duplicates
}

// holder is a text that holds part of another one.
type holder struct {
	by   int32
	j, c float64 // Jaccard; containment of the held one
}

// alike is the truth about a corpus in the form that scoring wants.
type alike struct {
	first   []int32 // by document: the first of its equal texts; -1 of those too short
	holders map[int32][]holder
	pairs   []truth.Pair
	size    map[int32]int
	n       int
}

func newAlike(c *records, found truth.Result) *alike {
	t := &alike{first: make([]int32, len(c.ids)), holders: map[int32][]holder{}, size: map[int32]int{}, pairs: found.Pairs, n: len(c.ids)}
	for i := range t.first {
		t.first[i] = int32(i)
		if c.texts[i] == nil {
			t.first[i] = -1
		}
	}
	for _, g := range found.Groups {
		for _, m := range g.Members {
			t.first[m] = g.Members[0]
		}
		t.size[g.Members[0]] = g.Shingles
	}
	for _, p := range found.Pairs {
		t.holders[p.A] = append(t.holders[p.A], holder{p.B, p.J, p.CA})
		t.holders[p.B] = append(t.holders[p.B], holder{p.A, p.J, p.CB})
		t.size[p.A], t.size[p.B] = p.NA, p.NB
	}
	return t
}

// removable counts the documents among the kept that another kept one holds, when the longest stay.
func (t *alike) removable(kept []bool) (n int) {
	var order []int32
	stays := map[int32]bool{}
	seen := map[int32]bool{}
	for i, k := range kept {
		f := t.first[i]
		if !k || f < 0 {
			continue
		}
		if seen[f] {
			n++ // an equal one is kept
			continue
		}
		seen[f] = true
		order = append(order, f)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(t.size[b], t.size[a]), cmp.Compare(a, b)) })
	for _, d := range order {
		if slices.ContainsFunc(t.holders[d], func(h holder) bool { return stays[h.by] && (h.j >= nearJaccard || h.c >= heldBy) }) {
			n++
		} else {
			stays[d] = true
		}
	}
	return n
}

// score measures claims against the truth.
func (t *alike) score(cl *claims) *duplicates {
	d := &duplicates{}
	all := make([]bool, t.n)
	keptText := map[int32]bool{}
	count := map[int32]int{} // equal texts
	for i, f := range t.first {
		all[i] = true
		count[f]++
		if cl.kept[i] && f >= 0 {
			keptText[f] = true
		}
	}
	d.ToFind, d.Left = t.removable(all), t.removable(cl.kept)
	for i, f := range t.first {
		if !cl.kept[i] {
			d.Removed++
		}
		if f < 0 {
			continue
		}
		if count[f] == 1 && t.onlyCut(f) {
			d.Cut.count(!cl.kept[i])
		}
		if !cl.kept[i] {
			d.InScope++
			half := func(h holder) bool { return keptText[h.by] && h.c >= halfHeld }
			if !keptText[f] && !slices.ContainsFunc(t.holders[f], half) {
				d.Lost++
			}
		}
	}
	if cl.tellsPairs() {
		t.scorePairs(cl, d)
	}
	return d
}

// onlyCut tells whether a text stands in a longer one and has no near copy.
func (t *alike) onlyCut(f int32) bool {
	held := false
	for _, h := range t.holders[f] {
		if h.j >= nearJaccard {
			return false
		}
		held = held || h.c >= heldBy
	}
	return held
}

// scorePairs counts pairs of different texts, each once however many equal texts there are of either.
func (t *alike) scorePairs(cl *claims, d *duplicates) {
	named := t.named(cl)
	d.Near, d.Truncated, d.Right = &rate{}, &rate{}, &rate{}
	for _, p := range t.pairs {
		yes := named.says(p.A, p.B)
		switch {
		case p.J >= nearJaccard:
			d.Near.count(yes)
		case max(p.CA, p.CB) >= heldBy:
			d.Truncated.count(yes)
		}
		if yes {
			d.Right.N++ // every pair of the truth has at least halfHeld
		}
	}
	d.Right.Of = len(named.pairs)
	sizes := map[int32]int{}
	for _, g := range named.groups {
		sizes[g]++
	}
	for _, n := range sizes {
		d.Right.Of += n * (n - 1) / 2
	}
}

// named are the claims with every text replaced by the first of its equal ones. Groups that share a text are left apart: the first counts.
func (t *alike) named(cl *claims) *claims {
	out := &claims{pairs: map[pair]bool{}, groups: map[int32]int32{}}
	for p := range cl.pairs {
		a, b := t.first[p.a], t.first[p.b]
		if a >= 0 && b >= 0 && a != b {
			out.pairs[pairOf(a, b)] = true
		}
	}
	for i := range int32(t.n) {
		g, ok := cl.groups[i]
		if f := t.first[i]; ok && f >= 0 {
			if _, met := out.groups[f]; !met {
				out.groups[f] = g
			}
		}
	}
	return out
}

// label is a pair that was labelled by reading.
type label struct {
	A, B, Drop string
	Sure       int
}

// scoreGold measures claims against labelled pairs.
func (d *duplicates) scoreGold(cl *claims, c *records, labels []label) {
	if !cl.tellsPairs() {
		return
	}
	d.GoldPrecision, d.GoldRecall = &rate{}, &rate{}
	for _, l := range labels {
		a, okA := c.place[l.A]
		b, okB := c.place[l.B]
		if !okA || !okB || l.Sure == 0 {
			continue
		}
		may, said := l.Drop != "none", cl.says(a, b)
		if said {
			d.GoldPrecision.count(may)
		}
		if may {
			d.GoldRecall.count(said)
		}
	}
}
