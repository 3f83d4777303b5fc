package dedup

import "math/bits"

// naming is the gaps that may say another name on either side, and the words of these. Whether words are related is dear to find out, so it is asked
// only when all else is known.
type naming struct {
	names []nameGap
	words []nameWord
	forms []wordForm
}

// nameGap is the words of the two sides of a gap.
type nameGap struct {
	a, b   nameSide
	points int // the most that it can have
}

// nameSide is the words of one side, as places in naming.words, and the set of those that carry content and that the other side has not.
type nameSide struct {
	from, to int32
	own      wordSet
}

// wordSet is a set of words of a gap: a bit for each.
type wordSet uint16

// nameWord is a word, without the particle written together with it.
type nameWord struct {
	bare []byte
	key  uint64
	form int32 // its place in naming.forms, plus one; 0 until it was wanted
}

func (n *naming) reset() { n.names, n.words, n.forms = n.names[:0], n.words[:0], n.forms[:0] }

// note notes a gap, unless one of the sides has nothing that could be another name.
func (n *naming) note(a, b *phrase) {
	ownA := a.own(b)
	if ownA == 0 {
		return
	}
	if ownB := b.own(a); ownB != 0 {
		n.names = append(n.names, nameGap{n.side(a, ownA), n.side(b, ownB), namePointsOf(ownA, ownB)})
	}
}

// side keeps the words of a phrase.
func (n *naming) side(p *phrase, own wordSet) nameSide {
	from := int32(len(n.words))
	for i := range p.terms {
		n.words = append(n.words, nameWord{bare: p.terms[i].bare, key: p.terms[i].bareKey})
	}
	return nameSide{from, int32(len(n.words)), own}
}

// namePointsOf returns the points of an exchange of some words for others.
func namePointsOf(a, b wordSet) int {
	if a&(a-1) != 0 && b&(b-1) != 0 { // two and more on either side
		return namePoints
	}
	return wordPoints
}

// exchange returns the exchange of the words that carry content on either side and are related to none of the other side; false when there is
// none.
func (n *naming) exchange(g *nameGap) (_ exchange, differs bool) {
	a := n.unrelated(g.a, g.b)
	if a == 0 {
		return exchange{}, false
	}
	b := n.unrelated(g.b, g.a)
	what := n.idOf(n.idOf(0, g.a, a), g.b, b)
	return exchange{what: what, points: namePointsOf(a, b), repeats: true}, b != 0
}

// idOf goes on hashing with words of one side.
func (n *naming) idOf(h uint64, side nameSide, words wordSet) uint64 {
	for ; words != 0; words &= words - 1 {
		i := side.from + int32(bits.TrailingZeros16(uint16(words)))
		h = mix(h^n.words[i].key, keySeed0)
	}
	return mix(h^keySeed1, keySeed0) // what follows is of the other side
}

// unrelated returns the own words of a side that are related to none of the other.
func (n *naming) unrelated(side, other nameSide) wordSet {
	left := side.own
	for words := side.own; words != 0; words &= words - 1 {
		i := bits.TrailingZeros16(uint16(words))
		if n.isRelated(side.from+int32(i), other) {
			left &^= 1 << i
		}
	}
	return left
}

// isRelated tells whether a word is related to one of a side.
func (n *naming) isRelated(word int32, side nameSide) bool {
	form := n.form(word)
	for i := side.from; i < side.to; i++ {
		other := n.form(i)
		if n.forms[form].related(&n.forms[other]) {
			return true
		}
	}
	return false
}

// form returns the place of a word's form, which is made when it is first wanted.
func (n *naming) form(word int32) int32 {
	w := &n.words[word]
	if w.form == 0 {
		n.forms = append(n.forms, wordForm{})
		w.form = int32(len(n.forms))
		n.forms[w.form-1].set(w.bare)
	}
	return w.form - 1
}
