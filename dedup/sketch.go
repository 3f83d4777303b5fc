package dedup

import "math/bits"

// Sketch is a MinHash sketch: two sketches of the same length agree in a bin with the probability that is the Jaccard of the
// two sets of hashes they were made of.
//
// It is one-permutation hashing in rounds. A hash falls into one bin and the bin keeps its smallest; where a text is too short
// to fill all bins, a second and a third round hash its shingles anew and fill only the bins still empty; bins empty even
// then borrow from a full one by a walk that depends on the bin alone (optimal densification). A bin's value is
// so the smallest of (round, value) over the whole set, which keeps the estimate unbiased. An article of 1,000 shingles
// is done after one round, at one or two nanoseconds for each shingle.
//
// Sources: Li, Owen and Zhang, "One permutation hashing", 2012; Dahlgaard, Knudsen and Thorup, "Fast similarity sketching",
// 2017; Shrivastava, "Optimal densification for fast and accurate minwise hashing", 2017.
type Sketch []uint64

// rounds is the number of rounds before bins are densified.
const rounds = 3

// empty marks a bin that no hash has fallen into.
const empty = ^uint64(0)

// Reset makes the sketch that of the empty set.
func (s Sketch) Reset() {
	for i := range s {
		s[i] = empty
	}
}

// Add puts hashes into the sketch: the first round. It may be called again for the next block of the same text; Fill ends it.
func (s Sketch) Add(hashes []uint64) {
	n := uint64(len(s))
	for _, h := range hashes {
		bin, value := bits.Mul64(h*mixer, n)
		s[bin] = min(s[bin], value>>2)
	}
}

// mixer is odd, so that multiplying by it loses nothing; it spreads the low bits of a hash into those that choose the bin.
const mixer = 0xD6E8FEB86659FD93

// Empty tells how many bins no hash has fallen into yet.
func (s Sketch) Empty() int {
	n := 0
	for _, v := range s {
		if v == empty {
			n++
		}
	}
	return n
}

// AddRound puts hashes into the bins that hold nothing from an earlier round; round is 1 or 2.
func (s Sketch) AddRound(hashes []uint64, round uint64) {
	n := uint64(len(s))
	tag := round << 62
	for _, h := range hashes {
		bin, value := bits.Mul64(remix(h+round), n)
		if s[bin] >= tag {
			s[bin] = min(s[bin], value>>2|tag)
		}
	}
}

// Densify fills the bins that are still empty from full ones. A sketch of nothing at all stays empty.
func (s Sketch) Densify() {
	if n := s.Empty(); n == 0 || n == len(s) {
		return
	}
	n := uint64(len(s))
	filled := make([]bool, len(s))
	for i, v := range s {
		filled[i] = v != empty
	}
	for i := range s {
		for step := uint64(1); s[i] == empty; step++ {
			from, _ := bits.Mul64(remix(uint64(i)<<32|step), n)
			if filled[from] {
				s[i] = s[from]
			}
		}
	}
}

// remix is the finaliser of SplitMix64: a bijection that spreads every bit.
func remix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// AppendBandKeys appends one 64-bit key for each band: the hash of the band's number and its bins.
func (s Sketch) AppendBandKeys(dst []uint64, b Bands) []uint64 {
	for i := range b.N {
		key := remix(uint64(i))
		for _, v := range s[i*b.Rows : (i+1)*b.Rows] {
			key = remix(key ^ v)
		}
		dst = append(dst, key)
	}
	return dst
}

// Estimate returns the estimated Jaccard of the sets behind two sketches of the same length: the share of bins that agree. Its
// standard error is at most sqrt(j(1-j)/len(s)).
func (s Sketch) Estimate(t Sketch) float64 {
	same := 0
	for i, v := range s {
		if v == t[i] && v != empty {
			same++
		}
	}
	return float64(same) / float64(len(s))
}
