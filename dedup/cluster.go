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

// covers are the covers of each document, and in the end the one for which it goes.
type covers struct {
	first []uint32 // where a document's covers begin; one more than there are documents
	all   []cover
	goes  []uint32 // the number of the pair for which a document goes, plus one; 0 = it stays
}

// stars decides which documents go, and for which kept document each goes.
//
// A document goes only when a document that is kept contains it, by a pair that was verified directly: clusters are stars, and
// nothing goes through a chain. Documents are decided one after the other, in the order of the keep policy; those that may
// only go, that is which stand inside a longer one and do not contain it, come after all others, the longest first, so that the text
// around them is decided before. Each is removed when a kept document covers it, else kept.
func stars(pairs []Pair, better func(a, b uint32) int, docs *paged[docInfo]) *covers {
	c := coversOf(docs.len(), pairs)
	decided := make([]bool, docs.len()) // those without covers stay whatever is decided, and have no place in the order
	order := c.decisionOrder(pairs, better, docs)
	for _, d := range order {
		best, found := cover{}, false
		for _, x := range c.list(d) {
			kept := c.goes[x.by] == 0 && (len(c.list(x.by)) == 0 || decided[x.by])
			if kept && (!found || closer(x, best, d, pairs, better)) {
				best, found = x, true
			}
		}
		if found {
			c.goes[d] = best.pair + 1
		}
		decided[d] = true
	}
	return c
}

// goers counts the documents that go, exact copies included.
func (c *covers) goers(docs *paged[docInfo], speaker []uint32) (n int) {
	for doc := range uint32(docs.len()) {
		if said := speaker[docs.at(doc).first]; said != doc || c.goes[said] > 0 {
			n++
		}
	}
	return n
}

// of returns the number of the pair for which a document goes; false if it stays.
func (c *covers) of(doc uint32) (pair uint32, goes bool) { return c.goes[doc] - 1, c.goes[doc] > 0 }

// list returns the documents that contain a document.
func (c *covers) list(doc uint32) []cover { return c.all[c.first[doc]:c.first[doc+1]] }

// coversOf lists for each document the documents that contain it.
func coversOf(n int, pairs []Pair) *covers {
	c := &covers{first: make([]uint32, n+1), goes: make([]uint32, n)}
	each := func(do func(doc uint32, by cover)) {
		for i := range pairs {
			p := &pairs[i]
			if p.Drop == DropA || p.Drop == DropEither {
				do(p.A, cover{p.B, uint32(i)})
			}
			if p.Drop == DropB || p.Drop == DropEither {
				do(p.B, cover{p.A, uint32(i)})
			}
		}
	}
	each(func(doc uint32, _ cover) { c.first[doc]++ })
	for i := range n {
		c.first[i+1] += c.first[i]
	}
	c.all = make([]cover, c.first[n])
	each(func(doc uint32, by cover) { // from behind, so that what was the end of a list becomes its beginning
		c.first[doc]--
		c.all[c.first[doc]] = by
	})
	return c
}

// decisionOrder lists the documents that have covers in the order in which they are decided.
func (c *covers) decisionOrder(pairs []Pair, better func(a, b uint32) int, docs *paged[docInfo]) []uint32 {
	var order, inside []uint32
	for d := range uint32(docs.len()) {
		switch list := c.list(d); {
		case len(list) == 0:
		case slices.ContainsFunc(list, func(x cover) bool { return pairs[x.pair].Drop != DropEither }):
			inside = append(inside, d)
		default:
			order = append(order, d)
		}
	}
	slices.SortFunc(order, better)
	slices.SortFunc(inside, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(docs.at(y).shingles, docs.at(x).shingles), better(x, y))
	})
	return append(order, inside...)
}

// closer tells whether c is the better partner to name for document d: the one that contains more of it, then the more similar, then
// the one the policy prefers.
func closer(c, than cover, d uint32, pairs []Pair, better func(a, b uint32) int) bool {
	x, y := &pairs[c.pair], &pairs[than.pair]
	return cmp.Or(cmp.Compare(y.containmentOf(d), x.containmentOf(d)), cmp.Compare(y.Measure.Jaccard(), x.Measure.Jaccard()), better(c.by, than.by)) < 0
}
