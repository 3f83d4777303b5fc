package generate

import (
	"math/bits"
	"math/rand/v2"
)

// random draws numbers. It uses whole numbers only, so that every machine makes the same corpus.
type random struct{ rand.PCG }

// What a stream of numbers is for: the second half of its seed. Streams of different uses share no number.
const (
	forPlan = iota << 56
	forText
	forWord
	forPhrase
	forFormula
	forSource
)

// begin starts the stream of one use for one thing.
func (r *random) begin(seed uint64, use uint64, number uint64) { r.Seed(seed, use|number) }

// below draws evenly from [0,n).
func (r *random) below(n int) int {
	hi, _ := bits.Mul64(r.Uint64(), uint64(n))
	return int(hi)
}

// between draws evenly from [low,high].
func (r *random) between(low, high int) int { return low + r.below(high-low+1) }

// chance is true in n of 1024 cases.
func (r *random) chance(n int) bool { return int(r.Uint64()>>54) < n }

// quantile draws from a distribution given by its quantiles at equal steps, evenly between two of them.
func (r *random) quantile(q []int) int {
	u := r.Uint64()
	hi, lo := bits.Mul64(u, uint64(len(q)-1))
	within, _ := bits.Mul64(lo, uint64(q[hi+1]-q[hi]))
	return q[hi] + int(within)
}

// octaves is a distribution of ranks: how often each octave [2^e, 2^(e+1)) of ranks, counted from 1, is drawn. Inside an octave
// all ranks are as likely, a stepped form of Zipf's law that takes no table as long as the vocabulary.
type octaves [1024]uint8

// newOctaves takes the shares of the octaves in any unit.
func newOctaves(shares []int) (o octaves) {
	total := 0
	for _, s := range shares {
		total += s
	}
	sum, e := shares[0], 0
	for i := range o {
		for i*total >= sum*len(o) {
			e++
			sum += shares[e]
		}
		o[i] = uint8(e)
	}
	return o
}

// draw returns a rank, counted from 0.
func (o *octaves) draw(u uint64) uint32 {
	e := o[u>>54]
	return 1<<e + uint32(u)&(1<<e-1) - 1
}
