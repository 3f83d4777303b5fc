package dedup

// Measure is the exact comparison of two texts by their sets of shingle hashes A and B.
type Measure struct {
	Shared int32 // |A∩B|
	A, B   int32 // |A|, |B|
}

// Jaccard returns |A∩B| / |A∪B|; two empty texts are equal: 1.
func (m Measure) Jaccard() float64 { return ratio(m.Shared, m.A+m.B-m.Shared) }

// ContainmentA returns C(a,b) = |A∩B| / |A|.
func (m Measure) ContainmentA() float64 { return ratio(m.Shared, m.A) }

// ContainmentB returns C(b,a) = |A∩B| / |B|.
func (m Measure) ContainmentB() float64 { return ratio(m.Shared, m.B) }

// Listed tells whether a pair is alike enough to have a relation: ListJaccard or ListContainment, either way, is reached.
func (m Measure) Listed() bool {
	return m.Jaccard() >= ListJaccard || max(m.ContainmentA(), m.ContainmentB()) >= ListContainment
}

func ratio(part, whole int32) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Compare measures two folded texts by shingles of k characters. It costs a hash table of a and one pass over each text.
func Compare(a, b []byte, k int) Measure {
	v := verifier{k: k}
	v.load(a)
	return v.match(b)
}
