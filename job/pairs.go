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
	err := ordered(ctx, r.opt.Workers, r.eachPairs, r.pairWriter, func(some pairLines) error {
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

// somePairs are pairs to make lines of, and the names of their second documents, which stand anywhere.
type somePairs struct {
	pairs []dedup.Pair
	nameList
}

// eachPairs yields all pairs, a few at a time. Names are looked up for many of them at once: the more documents there are, the more it takes until
// several stand near each other.
func (r *run) eachPairs(yield func(somePairs) bool) error {
	reader, atOnce := newNameReader(r.index), max(pairsAtATime, r.index.places.len()/namedOf)
	var some []dedup.Pair
	for p := range r.result.Pairs() {
		reader.ask(p.B)
		if some = append(some, p); len(some) == atOnce {
			if goOn, err := reader.named(some, yield); err != nil || !goOn {
				return err
			}
			some = make([]dedup.Pair, 0, atOnce) // the others are under way
		}
	}
	_, err := reader.named(some, yield)
	return err
}

// namedOf is how many documents there are for each pair whose name is looked up with others.
const namedOf = 32

// named yields pairs with their names.
func (r *nameReader) named(pairs []dedup.Pair, yield func(somePairs) bool) (goOn bool, err error) {
	all, err := r.answer()
	if err != nil {
		return false, err
	}
	for len(pairs) > 0 {
		n := min(len(pairs), pairsAtATime)
		if !yield(somePairs{pairs[:n], nameList{all.text, all.at[:n]}}) {
			return false, nil
		}
		pairs, all.at = pairs[n:], all.at[n:]
	}
	return true, nil
}

// pairWriter returns what makes the lines of pairs, for one goroutine.
func (r *run) pairWriter() func(somePairs) pairLines {
	at, size := r.index.reader(), 0
	return func(some somePairs) pairLines {
		w := jsonLine{make([]byte, 0, size)} // as the last ones
		for i := range some.pairs {
			p := &some.pairs[i]
			b, found := some.of(i)
			if !found {
				b = at.name(int(p.B))
			}
			w.str(`{"a":`, at.name(int(p.A)))
			w.str(`,"b":`, b)
			w.str(`,"relation":`, p.Relation.String())
			w.str(`,"drop":`, p.Drop.String())
			w.float(`,"jaccard":`, p.Measure.Jaccard())
			w.float(`,"containment_a":`, p.Measure.ContainmentA())
			w.float(`,"containment_b":`, p.Measure.ContainmentB())
			w.raw("}\n")
		}
		size = cap(w.buf)
		return pairLines{some.pairs, w.buf, at.err}
	}
}
