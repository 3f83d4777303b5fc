package job

import (
	"context"
	"io"

	"github.com/corpusctl/corpusctl/dedup"
)

// pairLines are some pairs and their lines.
type pairLines struct {
	pairs []dedup.Pair
	lines []byte
	err   error
}

// pairsAtATime is how many pairs a worker makes lines of.
const pairsAtATime = 1024

// writePairs writes pairs.jsonl: one line for each verified pair with a relation, by the place of a, then of b. It counts them by relation.
func (r *run) writePairs(ctx context.Context, to io.Writer) error {
	r.related, r.measures = map[string]int{}, newMeasures()
	at, gone := r.index.reader(), r.gone()
	err := ordered(ctx, r.opt.Workers, r.somePairs, r.pairWriter, func(some pairLines) error {
		for i := range some.pairs {
			r.related[some.pairs[i].Relation.String()]++
			r.measure(&some.pairs[i], at, gone)
		}
		if some.err != nil {
			return some.err
		}
		_, err := to.Write(some.lines)
		return err
	})
	if err != nil {
		return err
	}
	r.measured = r.measures.Finish()
	return at.err
}

// somePairs yields all pairs, a few at a time.
func (r *run) somePairs(yield func([]dedup.Pair) bool) error {
	var some []dedup.Pair
	for p := range r.result.Pairs() {
		if some = append(some, p); len(some) == pairsAtATime {
			if !yield(some) {
				return nil
			}
			some = nil
		}
	}
	if len(some) > 0 {
		yield(some)
	}
	return nil
}

// pairWriter returns what makes the lines of pairs, for one goroutine.
func (r *run) pairWriter() func([]dedup.Pair) pairLines {
	at, size := r.index.reader(), 0
	return func(pairs []dedup.Pair) pairLines {
		w := jsonLine{make([]byte, 0, size)} // as the last ones
		for i := range pairs {
			p := &pairs[i]
			w.str(`{"a":`, at.name(int(p.A)))
			w.str(`,"b":`, at.name(int(p.B)))
			w.str(`,"relation":`, p.Relation.String())
			w.str(`,"drop":`, p.Drop.String())
			w.float(`,"jaccard":`, p.Measure.Jaccard())
			w.float(`,"containment_a":`, p.Measure.ContainmentA())
			w.float(`,"containment_b":`, p.Measure.ContainmentB())
			w.raw("}\n")
		}
		size = cap(w.buf)
		return pairLines{pairs, w.buf, at.err}
	}
}
