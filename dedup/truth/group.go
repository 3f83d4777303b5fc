package truth

import (
	"bytes"
	"cmp"
	"slices"
)

// Group is a set of equal texts, two or more.
type Group struct {
	Members  []int32 // places in the slice of texts, ascending; the first stands in for all in [Result.Pairs]
	Shingles int     // number of different shingles of the text
}

// group returns the first of every set of equal texts (most sets have one member), ascending, and the sets of two and more.
// Empty texts are left out.
func group(texts [][]byte) (first []int32, groups []Group) {
	order := make([]int32, 0, len(texts))
	for i, t := range texts {
		if len(t) > 0 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(bytes.Compare(texts[a], texts[b]), cmp.Compare(a, b))
	})
	for len(order) > 0 {
		n := 1
		for n < len(order) && bytes.Equal(texts[order[0]], texts[order[n]]) {
			n++
		}
		first = append(first, order[0])
		if n > 1 {
			groups = append(groups, Group{Members: order[:n:n]})
		}
		order = order[n:]
	}
	slices.Sort(first)
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Members[0], b.Members[0]) })
	return first, groups
}

// Expand returns the pairs of all texts, those of equal texts among them, in order of A, then B. Of a group only the first
// limit members take part, so that a group of n costs at most limit² pairs and not n²; limit < 1 is taken as 1, which leaves
// out equal texts altogether.
func (r Result) Expand(limit int) []Pair {
	limit = max(limit, 1)
	members := make(map[int32][]int32, len(r.Groups))
	var out []Pair
	for _, g := range r.Groups {
		m := g.Members[:min(limit, len(g.Members))]
		members[m[0]] = m
		out = appendEqual(out, m, g.Shingles)
	}
	for _, p := range r.Pairs {
		out = appendProduct(out, p, members)
	}
	slices.SortFunc(out, comparePairs)
	return out
}

func appendEqual(dst []Pair, members []int32, shingles int) []Pair {
	for i, a := range members {
		for _, b := range members[i+1:] {
			dst = append(dst, Pair{A: a, B: b, J: 1, CA: 1, CB: 1, NA: shingles, NB: shingles})
		}
	}
	return dst
}

func appendProduct(dst []Pair, p Pair, members map[int32][]int32) []Pair {
	for _, a := range orSelf(members, p.A) {
		for _, b := range orSelf(members, p.B) {
			q := p
			q.A, q.B = a, b
			if a > b {
				q = Pair{A: b, B: a, J: p.J, CA: p.CB, CB: p.CA, NA: p.NB, NB: p.NA}
			}
			dst = append(dst, q)
		}
	}
	return dst
}

func orSelf(members map[int32][]int32, a int32) []int32 {
	if m, ok := members[a]; ok {
		return m
	}
	return []int32{a}
}

func comparePairs(a, b Pair) int {
	return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}
