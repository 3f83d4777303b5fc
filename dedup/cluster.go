package dedup

import (
	"cmp"
	"slices"
)

// Drop says which side of a pair could go without losing text.
type Drop uint8

// The sides of a pair.
const (
	DropNone   Drop = iota // neither contains the other
	DropA                  // a's content stands in b
	DropB                  // b's content stands in a
	DropEither             // each stands in the other
)

var dropNames = [...]string{"none", "a", "b", "either"}

// String returns "none", "a", "b" or "either".
func (d Drop) String() string { return dropNames[d] }

// cover is a text that contains another: an edge from the text that may go.
type cover struct {
	by   uint32 // the containing document
	pair uint32 // the pair's number
}

// stars decides which documents go, and for which kept document each goes.
//
// A document goes only when a document that is kept contains it, by a pair that was verified directly: clusters are stars, and
// nothing goes through a chain. Documents are decided one after the other, in the order of the keep policy; those that may
// only go, that is which stand inside a longer one and do not contain it, come after all others, the longest first, so that the text
// around them is decided before. Each is removed when a kept document covers it, else kept.
func stars(n int, pairs []Pair, better func(a, b uint32) int, docs []docInfo) (coverOf []cover) {
	covers := coversOf(n, pairs)
	order := decisionOrder(covers, pairs, better, docs)
	coverOf = make([]cover, n)
	kept := make([]bool, n)
	for i := range coverOf {
		coverOf[i] = cover{by: uint32(i)}
		kept[i] = len(covers[i]) == 0
	}
	for _, d := range order {
		best, found := cover{}, false
		for _, c := range covers[d] {
			if kept[c.by] && (!found || closer(c, best, d, pairs, better)) {
				best, found = c, true
			}
		}
		if kept[d] = !found; found {
			coverOf[d] = best
		}
	}
	return coverOf
}

// coversOf lists for each document the documents that contain it.
func coversOf(n int, pairs []Pair) [][]cover {
	covers := make([][]cover, n)
	for i, p := range pairs {
		if p.Drop == DropA || p.Drop == DropEither {
			covers[p.A] = append(covers[p.A], cover{p.B, uint32(i)})
		}
		if p.Drop == DropB || p.Drop == DropEither {
			covers[p.B] = append(covers[p.B], cover{p.A, uint32(i)})
		}
	}
	return covers
}

// decisionOrder lists the documents that have covers in the order in which they are decided.
func decisionOrder(covers [][]cover, pairs []Pair, better func(a, b uint32) int, docs []docInfo) []uint32 {
	var order []uint32
	inside := make([]bool, len(covers))
	for d, cs := range covers {
		if len(cs) == 0 {
			continue
		}
		order = append(order, uint32(d))
		inside[d] = slices.ContainsFunc(cs, func(c cover) bool { return pairs[c.pair].Drop != DropEither })
	}
	slices.SortFunc(order, func(x, y uint32) int {
		switch {
		case inside[x] != inside[y]:
			if inside[x] {
				return 1
			}
			return -1
		case inside[x]:
			return cmp.Or(cmp.Compare(docs[y].shingles, docs[x].shingles), better(x, y))
		}
		return better(x, y)
	})
	return order
}

// closer tells whether c is the better partner to name for document d: the one that contains more of it, then the more similar, then
// the one the policy prefers.
func closer(c, than cover, d uint32, pairs []Pair, better func(a, b uint32) int) bool {
	x, y := &pairs[c.pair], &pairs[than.pair]
	return cmp.Or(cmp.Compare(y.containmentOf(d), x.containmentOf(d)), cmp.Compare(y.Measure.Jaccard(), x.Measure.Jaccard()), better(c.by, than.by)) < 0
}
