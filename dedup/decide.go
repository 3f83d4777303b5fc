package dedup

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// decide turns verified pairs into removals.
//
// Exact copies stand for one another: the policy chooses which copy speaks for a text, and pairs of the text are pairs of it.
// So the pairs between speakers are decided first, and then every other copy goes for whatever document its speaker goes for, or
// for the speaker itself.
func (d *Deduper) decide(pairs []Pair, stats Stats) *Result {
	better := d.opt.Keep.order(d.docs, d.names)
	speaker := d.speakers(better)
	spoken := make([]Pair, len(pairs))
	for i, p := range pairs {
		spoken[i] = p.between(speaker[p.A], speaker[p.B])
	}
	slices.SortFunc(spoken, comparePairs)
	covers := stars(len(d.docs), spoken, better, d.docs)

	res := &Result{Stats: stats}
	equal := equals{d: d, sizes: map[uint32]int{}}
	for n := range d.docs {
		doc := uint32(n)
		said := speaker[d.docs[n].first]
		switch cover := covers[said]; {
		case cover.by != said: // the text goes, all copies of it
			pair := spoken[cover.pair].replace(said, doc)
			res.Removed = append(res.Removed, Decision{Doc: doc, Kept: cover.by, Pair: pair})
		case doc != said:
			res.Removed = append(res.Removed, Decision{Doc: doc, Kept: said, Pair: equal.pair(said, doc), Exact: true})
		}
	}
	numberClusters(res.Removed)
	res.Pairs = d.expand(pairs, &equal)
	res.Stats.Pairs = len(res.Pairs)
	res.Stats.ExactCopies = d.exactCopies()
	return res
}

// speakers returns, for the first document of each text, the copy that the policy prefers.
func (d *Deduper) speakers(better func(a, b uint32) int) []uint32 {
	speaker := make([]uint32, len(d.docs))
	for n := range d.docs {
		doc, first := uint32(n), d.docs[n].first
		if doc == first || better(doc, speaker[first]) < 0 {
			speaker[first] = doc
		}
	}
	return speaker
}

// numberClusters numbers the stars by their kept documents, in the order of these.
func numberClusters(removed []Decision) {
	kept := roaring.New()
	for i := range removed {
		kept.Add(removed[i].Kept)
	}
	for i := range removed {
		removed[i].Cluster = int(kept.Rank(removed[i].Kept)) - 1
	}
}

func (d *Deduper) exactCopies() int {
	n := 0
	for i := range d.docs {
		if d.docs[i].first != uint32(i) {
			n++
		}
	}
	return n
}

// equals makes the pairs of documents with the same text, counting the shingles of each text once.
type equals struct {
	d     *Deduper
	table table
	sizes map[uint32]int // by the first document of the text
}

func (e *equals) pair(a, b uint32) Pair {
	first := e.d.docs[a].first
	n, ok := e.sizes[first]
	if !ok {
		e.table.load(e.d.texts[first], e.d.opt.Shingle)
		n = e.table.size
		e.sizes[first] = n
	}
	return Pair{Measure: Measure{n, n, n}, Relation: Copy, Drop: DropEither}.between(a, b)
}

// replace returns the same comparison with another document that has the text of one of the two.
func (p Pair) replace(old, doc uint32) Pair {
	if p.A == old {
		return p.between(doc, p.B)
	}
	return p.between(p.A, doc)
}

// between returns the same comparison for two other documents with the same texts, a with that of A and b with that of B,
// turned so that the one read first comes first.
func (p Pair) between(a, b uint32) Pair {
	p.A, p.B = a, b
	if a < b {
		return p
	}
	p.A, p.B = b, a
	p.Measure.A, p.Measure.B = p.Measure.B, p.Measure.A
	switch p.Drop {
	case DropA:
		p.Drop = DropB
	case DropB:
		p.Drop = DropA
	}
	return p
}

func comparePairs(x, y Pair) int {
	switch {
	case x.A != y.A:
		return int(int64(x.A) - int64(y.A))
	case x.B != y.B:
		return int(int64(x.B) - int64(y.B))
	}
	return 0
}

// maxExpand is the number of copies of one text up to which every pair with one of them is listed; a text with more copies is
// listed by its first.
const maxExpand = 32

// expand lists the pairs of all exact copies: those between the copies of two texts, and those among the copies of one.
func (d *Deduper) expand(pairs []Pair, equal *equals) []Pair {
	members := map[uint32][]uint32{}
	for n := range d.docs {
		if first := d.docs[n].first; d.docs[first].copies > 1 {
			members[first] = append(members[first], uint32(n))
		}
	}
	listed := func(first uint32) []uint32 {
		if m := members[first]; len(m) > 0 && len(m) <= maxExpand {
			return m
		}
		return []uint32{first}
	}
	out := make([]Pair, 0, len(pairs)+len(members))
	for _, p := range pairs {
		for _, a := range listed(p.A) {
			for _, b := range listed(p.B) {
				out = append(out, p.between(a, b))
			}
		}
	}
	for first, m := range members {
		for i, a := range listed(first) {
			for _, b := range m[i+1:] {
				out = append(out, equal.pair(a, b))
			}
		}
	}
	slices.SortFunc(out, comparePairs)
	return out
}
