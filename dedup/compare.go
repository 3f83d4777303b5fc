package dedup

import (
	"context"
	"sync"
	"sync/atomic"
)

// verify compares every candidate exactly and returns those with a relation, in the order of the candidates.
//
// The work is cut where the first document of a pair changes, so that each worker loads a first document once for all of its
// pairs; results go to places fixed beforehand, so that the number of workers does not show.
func (d *Deduper) verify(ctx context.Context, proposed []candidate, stats *Stats) ([]Pair, error) {
	sizes := d.setSizes(proposed)
	tasks := groups(proposed)
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
	var pairs []Pair
	for _, f := range found {
		pairs = append(pairs, f...)
	}
	stats.Pairs = len(pairs)
	return pairs, nil
}

// verifyGroup compares one document with each of its partners.
func (d *Deduper) verifyGroup(v *verifier, group []candidate, sizes []uint32) []Pair {
	var pairs []Pair
	v.load(d.texts[group[0].a])
	for _, c := range group {
		v.match(d.texts[c.b])
		m := Measure{Shared: v.shared, A: v.table.size, B: int(sizes[c.b])}
		if relation, drop := v.relate(m); relation != None {
			pairs = append(pairs, Pair{A: c.a, B: c.b, Measure: m, Relation: relation, Drop: drop})
		}
	}
	return pairs
}

// setSizes counts the different shingles of every document that is the second of a pair; the others are counted as they are
// loaded.
func (d *Deduper) setSizes(proposed []candidate) []uint32 {
	sizes := make([]uint32, len(d.docs))
	var docs []uint32
	for _, c := range proposed {
		if sizes[c.b] == 0 {
			sizes[c.b] = 1
			docs = append(docs, c.b)
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

// groups cuts sorted candidates where the first document changes.
func groups(proposed []candidate) [][]candidate {
	var out [][]candidate
	for i := 0; i < len(proposed); {
		j := i + 1
		for j < len(proposed) && proposed[j].a == proposed[i].a {
			j++
		}
		out = append(out, proposed[i:j])
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
