package audit

import (
	"math"
	"slices"
)

// The bars of a warning: see the package's documentation.
const (
	Level          = .01
	Times          = 2
	Points         = .05
	LeastDocuments = 20
)

// Warning says that a rule hits a source far more than others.
type Warning struct {
	Rule      string  `json:"rule"`
	Source    string  `json:"source"`
	Documents int     `json:"documents"` // of the source
	Hits      int     `json:"hits"`
	Share     float64 `json:"share"`
	Others    float64 `json:"others"`   // share of the documents of all other sources
	Median    float64 `json:"median"`   // share of the median source, the others
	LogP      float64 `json:"log10_p"`  // of Fisher's exact test
	Trimmed   float64 `json:"trimmed"`  // of these hits, the share that trimming lines takes away
	OneLine   float64 `json:"one_line"` // of these hits, the share in texts of one line
}

// tests is the number of tests that are made.
func (a *audit) tests() int {
	n := 0
	for _, s := range a.sources {
		if size(s.docs) >= LeastDocuments {
			n++
		}
	}
	return n * len(a.rules())
}

// warnings lists the sources that a rule hits far more than others.
func (a *audit) warnings(r *Rule, tests int) []Warning {
	if len(a.sources) < 2 {
		return nil
	}
	var out []Warning
	for i, s := range a.sources {
		n, k := size(s.docs), int(s.docs.AndCardinality(r.hits))
		if n < LeastDocuments {
			continue
		}
		w := Warning{Rule: r.Name, Source: s.name, Documents: n, Hits: k, Share: share(k, n)}
		w.Others, w.Median = share(r.Hits-k, len(a.docs)-n), a.medianOfOthers(r, i)
		if w.Share < Times*w.Median || w.Share < w.Median+Points {
			continue
		}
		if w.LogP = fisher(k, n, r.Hits, len(a.docs)) / math.Ln10; w.LogP > math.Log10(Level/float64(tests)) {
			continue
		}
		hits := s.docs.Clone()
		hits.And(r.hits)
		w.Trimmed = 1 - share(int(hits.AndCardinality(r.trimmed)), k)
		w.OneLine = share(int(hits.AndCardinality(a.oneLine)), k)
		out = append(out, w)
	}
	return out
}

// medianOfOthers is the rate of the median source among the others, those that are large enough.
func (a *audit) medianOfOthers(r *Rule, except int) float64 {
	var rates []float64
	for i, s := range a.sources {
		if n := size(s.docs); i != except && n >= LeastDocuments {
			rates = append(rates, share(int(s.docs.AndCardinality(r.hits)), n))
		}
	}
	if len(rates) == 0 {
		return share(r.Hits-int(a.sources[except].docs.AndCardinality(r.hits)), len(a.docs)-size(a.sources[except].docs))
	}
	slices.Sort(rates)
	return rates[(len(rates)-1)/2]
}

// fisher is the logarithm of the probability that, of n documents drawn from total of which hits are hit, k or more are hit: the upper
// tail of the hypergeometric distribution.
func fisher(k, n, hits, total int) float64 {
	most := min(n, hits)
	if k <= max(0, n+hits-total) {
		return 0
	}
	first := choose(hits, k) + choose(total-hits, n-k) - choose(total, n)
	sum, term := 1., 1. // in multiples of the first term
	for i := k; i < most; i++ {
		term *= float64(hits-i) * float64(n-i) / (float64(i+1) * float64(total-hits-n+i+1))
		sum += term
		if term < sum*1e-17 {
			break
		}
	}
	if math.IsInf(sum, 1) { // far below the mean: the probability is one, but for what no float tells
		return 0
	}
	return min(first+math.Log(sum), 0)
}

// choose is the logarithm of n over k.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
