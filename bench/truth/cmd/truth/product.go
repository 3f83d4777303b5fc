package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/corpusctl/corpusctl/dedup/truth"
)

// product is what a run of the product listed, in places of the corpus.
type product struct {
	pairs   map[pair]bool  // as listed: a pair of pairs.jsonl, or a removed document and what it is a duplicate of
	groups  map[pair]bool  // the same with every text replaced by the first of its group of equal texts
	linked  map[int32]bool // texts listed with an equal one
	first   []int32        // by text: the first of its group
	unknown int            // lines that name an id the corpus does not have
}

type pair struct{ a, b int32 }

func pairOf(a, b int32) pair { return pair{min(a, b), max(a, b)} }

// readProduct reads the pairs and decisions in dir.
func readProduct(dir string, c *corpus, found truth.Result) (*product, error) {
	p := newProduct(c, found)
	place := make(map[string]int32, len(c.ids))
	for i, id := range c.ids {
		place[id] = int32(i)
	}
	for _, f := range []struct{ name, a, b string }{{"pairs.jsonl", "a", "b"}, {"decisions.jsonl", "id", "duplicate_of"}} {
		if err := p.readLinks(filepath.Join(dir, f.name), f.a, f.b, place); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// newProduct is a product that has listed nothing yet.
func newProduct(c *corpus, found truth.Result) *product {
	p := &product{pairs: map[pair]bool{}, groups: map[pair]bool{}, linked: map[int32]bool{}, first: make([]int32, len(c.ids))}
	for i := range p.first {
		p.first[i] = int32(i)
	}
	for _, g := range found.Groups {
		for _, m := range g.Members {
			p.first[m] = g.Members[0]
		}
	}
	return p
}

// readLinks takes the ids in the fields a and b of every line for a listed pair; a line without one of them lists none.
func (p *product) readLinks(file, a, b string, place map[string]int32) error {
	var bad error
	err := eachLine(file, func(n int, line []byte) {
		var rec map[string]json.RawMessage
		if err := json.Unmarshal(line, &rec); err != nil {
			bad = cmp.Or(bad, fmt.Errorf("%s:%d: %w", file, n, err))
			return
		}
		ida, idb := idOf(rec[a]), idOf(rec[b])
		if ida == "" || idb == "" {
			return
		}
		i, okA := place[ida]
		j, okB := place[idb]
		if !okA || !okB {
			p.unknown++
			return
		}
		p.link(i, j)
	})
	return cmp.Or(err, bad)
}

func (p *product) link(a, b int32) {
	p.pairs[pairOf(a, b)] = true
	p.groups[pairOf(p.first[a], p.first[b])] = true
	if a != b && p.first[a] == p.first[b] {
		p.linked[a], p.linked[b] = true, true
	}
}
