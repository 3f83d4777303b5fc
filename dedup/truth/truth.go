package truth

import (
	"errors"
	"fmt"
	"math"
)

// Options says which pairs are wanted.
type Options struct {
	K              int     // characters per shingle, at least 1
	MinJaccard     float64 // pairs with J at or above; above 1 switches this measure off
	MinContainment float64 // pairs with containment of either in the other at or above; above 1 switches this measure off
	MinShingles    int     // texts with fewer different shingles are in no pair (groups take texts of any length but 0)
}

// Pair is two texts that reach a threshold, A < B, with their exact measures.
type Pair struct {
	A, B   int32   // places in the slice of texts
	J      float64 // |A∩B| / |A∪B|
	CA, CB float64 // containment of a in b, |A∩B|/|A|, and of b in a, |A∩B|/|B|
	NA, NB int     // |A| and |B|, numbers of different shingles
}

// Result is the truth about a corpus.
type Result struct {
	Pairs  []Pair  // between different texts, equal ones standing in for each other by the first; in order of A, then B
	Groups []Group // of equal texts, in order of the first member
}

// Pairs finds all wanted pairs of a slice of folded texts. It uses all processors; the result does not depend on their number.
// Empty texts are in no pair and no group. The only errors are thresholds that make no sense and a corpus beyond 2^31 texts.
func Pairs(texts [][]byte, opt Options) (Result, error) {
	if err := opt.check(); err != nil {
		return Result{}, err
	}
	if len(texts) > math.MaxInt32 {
		return Result{}, fmt.Errorf("%d texts are too many: at most 2^31-1", len(texts))
	}
	first, groups := group(texts)
	x, err := build(texts, first, opt)
	if err != nil {
		return Result{}, err
	}
	for i, g := range groups {
		groups[i].Shingles = int(x.sizes[g.Members[0]])
	}
	return Result{Pairs: x.pairs(first, opt), Groups: groups}, nil
}

func (o Options) check() error {
	if o.K < 1 {
		return fmt.Errorf("shingles of %d characters: K must be at least 1", o.K)
	}
	if !(o.MinJaccard > 0) || !(o.MinContainment > 0) {
		return errors.New("a threshold at or below 0 asks for every pair: set one above 0, or above 1 to switch the measure off")
	}
	return nil
}

// need is the least number of shingles that a set of n shares with a larger one in any wanted pair (steps 2 and 3 of the
// proof). It may come out one too small by rounding, which costs a lookup, but never too large.
func (o Options) need(n int) int {
	c := min(o.MinContainment, 2) // above 1 is out of reach, however far
	if o.MinJaccard <= 1 {
		c = min(c, 2*o.MinJaccard/(1+o.MinJaccard))
	}
	const slack = 1e-6 // above the rounding error of c*n for any n below 2^31
	return max(1, int(math.Ceil(c*float64(n)-slack)))
}

// measure makes the pair of texts a and b with their set sizes and shared shingles, and says whether it is wanted.
func (o Options) measure(a, b, na, nb, shared int32) (Pair, bool) {
	if a > b {
		a, b, na, nb = b, a, nb, na
	}
	i := float64(shared)
	p := Pair{
		A: a, B: b, NA: int(na), NB: int(nb),
		J: i / (float64(na) + float64(nb) - i), CA: i / float64(na), CB: i / float64(nb),
	}
	return p, p.J >= o.MinJaccard || max(p.CA, p.CB) >= o.MinContainment
}
