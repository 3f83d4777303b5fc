package advise

import (
	"math/rand/v2"
	"slices"

	"github.com/corpusctl/corpusctl/dedup"
)

// Noise is how alike texts are that were drawn at random, at one shingle length: what a comparison must stand out from.
type Noise struct {
	Shingle int     `json:"shingle"`
	Pairs   int     `json:"pairs"`   // that were compared
	Related int     `json:"related"` // of these, pairs that are related, and left out
	Mean    float64 `json:"mean"`    // Jaccard
	Median  float64 `json:"median"`
	P95     float64 `json:"p95"`
	P99     float64 `json:"p99"`
	Most    float64 `json:"most"`
	Meet    float64 `json:"meet"` // unrelated candidates of a document, in the whole corpus, with bands of 32x4

	jaccards []float64
}

// lengths are the shingle lengths that are tried.
var lengths = []int{5, 7, 9, 11, 13}

// The pairs that are compared: so many, of so many characters in all.
const (
	noisePairs = 2000
	noiseChars = 12 << 20
)

// noise measures random pairs, the same at each length.
func (s *subject) noise() []Noise {
	pairs := s.randomPairs()
	related := make([]bool, len(pairs))
	out := make([]Noise, len(lengths))
	for i, k := range slices.Backward(lengths) { // the longest first: it tells best what is related
		n := &out[i]
		n.Shingle, n.Pairs = k, len(pairs)
		for at, p := range pairs {
			m := dedup.Compare(s.folded[p[0]], s.folded[p[1]], k)
			if i == len(lengths)-1 {
				related[at] = m.Listed()
			}
			if related[at] {
				n.Related++
				continue
			}
			n.jaccards = append(n.jaccards, m.Jaccard())
		}
		n.summarise()
		n.Meet = s.Distinct() * n.probability(dedup.Bands{N: 32, Rows: 4})
	}
	return out
}

func (n *Noise) summarise() {
	if len(n.jaccards) == 0 {
		return
	}
	slices.Sort(n.jaccards)
	at := func(p float64) float64 { return n.jaccards[int(p*float64(len(n.jaccards)-1))] }
	n.Median, n.P95, n.P99, n.Most = at(.5), at(.95), at(.99), at(1)
	for _, j := range n.jaccards {
		n.Mean += j / float64(len(n.jaccards))
	}
}

// probability is that of two unrelated texts to share a bucket.
func (n *Noise) probability(b dedup.Bands) float64 {
	sum := 0.
	for _, j := range n.jaccards {
		sum += b.Probability(j)
	}
	return sum / float64(max(len(n.jaccards), 1))
}

// randomPairs draws pairs of different texts that are not empty.
func (s *subject) randomPairs() [][2]int {
	var texts []int
	for i, n := range s.chars {
		if n > 0 {
			texts = append(texts, i)
		}
	}
	if len(texts) < 2 {
		return nil
	}
	r := rand.New(rand.NewPCG(s.opt.Seed, 1))
	var pairs [][2]int
	want := min(noisePairs, len(texts)*(len(texts)-1)/2)
	for chars := 0; len(pairs) < want && (chars < noiseChars || len(pairs) < 10); {
		a, b := r.IntN(len(texts)), r.IntN(len(texts)-1)
		if b >= a {
			b++
		}
		pairs = append(pairs, [2]int{texts[a], texts[b]})
		chars += s.chars[texts[a]] + s.chars[texts[b]]
	}
	return pairs
}
