package dedup

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// verify compares every candidate exactly and returns those with a relation, by A, then B.
//
// Of each pair the document that goes before by content is loaded: what is said of two texts does not depend on which was read first.
// The work is cut where the document to load changes, so that each is loaded once for all of its pairs; results go to places fixed
// beforehand, so that the number of workers does not show.
func (d *Deduper) verify(ctx context.Context, proposed []candidate, stats *Stats) ([]Pair, error) {
	work := d.oriented(proposed)
	sizes := d.setSizes(work)
	tasks := groups(work)
	found := make([][]Pair, len(tasks))
	d.parallel(len(tasks), func() func(int) {
		var v verifier
		v.k = d.opt.Shingle
		return func(i int) {
			if ctx.Err() == nil {
				found[i] = d.verifyGroup(&v, tasks[i], sizes)
			}
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	pairs := slices.Concat(found...)
	slices.SortFunc(pairs, comparePairs)
	stats.Pairs = len(pairs)
	return pairs, nil
}

// comparison is a pair on its way to be verified.
type comparison struct{ load, match uint32 }

// oriented says which document of each pair is loaded, and brings the pairs of one loaded document together.
func (d *Deduper) oriented(proposed []candidate) []comparison {
	work := make([]comparison, len(proposed))
	for i, c := range proposed {
		work[i] = comparison{load: c.a, match: c.b}
		if loadsBefore(d.texts[c.b], d.texts[c.a]) {
			work[i] = comparison{load: c.b, match: c.a}
		}
	}
	slices.SortFunc(work, func(x, y comparison) int {
		return cmp.Or(cmp.Compare(x.load, y.load), cmp.Compare(x.match, y.match))
	})
	return work
}

// loadsBefore tells whether the text a is the one to load: the longer, of two as long the one that sorts first.
func loadsBefore(a, b []byte) bool {
	return len(a) > len(b) || len(a) == len(b) && bytes.Compare(a, b) < 0
}

// verifyGroup compares one document with each of its partners.
func (d *Deduper) verifyGroup(v *verifier, group []comparison, sizes []uint32) []Pair {
	var pairs []Pair
	v.load(d.texts[group[0].load])
	for _, c := range group {
		v.match(d.texts[c.match])
		m := Measure{Shared: v.shared, A: v.table.size, B: int(sizes[c.match])}
		if relation, drop := v.relate(m); relation != None {
			pairs = append(pairs, Pair{Measure: m, Relation: relation, Drop: drop, EndsEarly: v.endsEarly}.between(c.load, c.match))
		}
	}
	return pairs
}

// setSizes counts the different shingles of every document that is matched; the others are counted as they are loaded.
func (d *Deduper) setSizes(work []comparison) []uint32 {
	sizes := make([]uint32, len(d.docs))
	var docs []uint32
	for _, c := range work {
		if sizes[c.match] == 0 {
			sizes[c.match] = 1
			docs = append(docs, c.match)
		}
	}
	const some = 64
	d.parallel((len(docs)+some-1)/some, func() func(int) {
		var t table
		return func(i int) {
			for _, doc := range docs[i*some : min(i*some+some, len(docs))] {
				t.load(d.texts[doc], d.opt.Shingle)
				sizes[doc] = uint32(t.size)
			}
		}
	})
	return sizes
}

// groups cuts sorted comparisons where the document to load changes.
func groups(work []comparison) [][]comparison {
	var out [][]comparison
	for i := 0; i < len(work); {
		j := i + 1
		for j < len(work) && work[j].load == work[i].load {
			j++
		}
		out = append(out, work[i:j])
		i = j
	}
	return out
}

// parallel runs n tasks on the workers; each worker makes its own task function, with its work space.
func (d *Deduper) parallel(n int, worker func() func(task int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(d.opt.Workers, n) {
		wg.Go(func() {
			run := worker()
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				run(int(i))
			}
		})
	}
	wg.Wait()
}
