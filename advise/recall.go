package advise

import (
	"github.com/corpusctl/corpusctl/dedup/truth"
)

// Recall is what the trial found of the pairs that an exhaustive comparison finds, with the shingles recommended.
type Recall struct {
	Texts       int     `json:"texts"` // that were compared, each with each
	MinShingles int     `json:"min_shingles"`
	Pairs       int     `json:"pairs"`       // of different texts with J >= .6 or C >= .8
	Found       int     `json:"found"`       // of these, listed by the trial
	Share       float64 `json:"share"`       // found of all; 1 where there are none
	Jaccard     []Found `json:"jaccard"`     // by J
	Containment []Found `json:"containment"` // by C, of pairs below J .6
}

// Found counts the pairs of a measure from At on, and those of them that were listed.
type Found struct {
	At    float64 `json:"at"`
	Pairs int     `json:"pairs"`
	Found int     `json:"found"`
}

// The pairs that count.
const (
	wantJaccard, wantContainment = .6, .8
	// recallChars is how many characters are compared exhaustively: it takes about 40 bytes for each.
	recallChars = 12 << 20
)

// recall compares as many texts as there is room for, evenly from the whole sample.
func (s *subject) recall(t *trial, p *plan) (Recall, error) {
	texts := make([][]byte, len(s.folded))
	r := Recall{MinShingles: p.options.MinShingles}
	chars := 0
	for _, n := range s.chars {
		chars += n
	}
	for _, i := range s.some(int(float64(len(texts)) * min(1, recallChars/float64(max(chars, 1))))) {
		texts[i] = s.folded[i]
		r.Texts++
	}
	found, err := truth.Pairs(texts, truth.Options{
		K: p.options.Shingle, MinJaccard: wantJaccard, MinContainment: wantContainment, MinShingles: p.options.MinShingles,
	})
	if err != nil {
		return r, err
	}
	has := make(map[[2]int32]bool, len(t.pairs))
	for _, l := range t.pairs {
		has[[2]int32{min(l.a, l.b), max(l.a, l.b)}] = true
	}
	r.Jaccard = []Found{{At: .9}, {At: .8}, {At: .7}, {At: .6}}
	r.Containment = []Found{{At: .95}, {At: .9}, {At: .85}, {At: .8}}
	for _, pair := range found.Pairs {
		listed := has[[2]int32{pair.A, pair.B}]
		r.Pairs++
		r.Found += one(listed)
		if pair.J >= wantJaccard {
			count(r.Jaccard, pair.J, listed)
		} else {
			count(r.Containment, max(pair.CA, pair.CB), listed)
		}
	}
	r.Share = 1
	if r.Pairs > 0 {
		r.Share = float64(r.Found) / float64(r.Pairs)
	}
	return r, nil
}

// count enters a pair at the highest mark that it reaches.
func count(marks []Found, measure float64, listed bool) {
	for i := range marks {
		if measure >= marks[i].At {
			marks[i].Pairs++
			marks[i].Found += one(listed)
			return
		}
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
