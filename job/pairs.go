package job

import (
	"io"
)

// writePairs writes pairs.jsonl: one line for each verified pair with a relation, by the place of a, then of b. It counts them by relation.
func (r *run) writePairs(to io.Writer) error {
	var w jsonLine
	at := r.index.reader()
	r.related, r.measures = map[string]int{}, newMeasures()
	gone := r.gone()
	for p := range r.result.Pairs() {
		r.related[p.Relation.String()]++
		r.measure(&p, at, gone)
		w.str(`{"a":`, at.name(int(p.A)))
		w.str(`,"b":`, at.name(int(p.B)))
		w.str(`,"relation":`, p.Relation.String())
		w.str(`,"drop":`, p.Drop.String())
		w.float(`,"jaccard":`, p.Measure.Jaccard())
		w.float(`,"containment_a":`, p.Measure.ContainmentA())
		w.float(`,"containment_b":`, p.Measure.ContainmentB())
		w.raw("}\n")
		if len(w.buf) >= 1<<16 {
			if _, err := to.Write(w.buf); err != nil {
				return err
			}
			w.buf = w.buf[:0]
		}
	}
	if _, err := to.Write(w.buf); err != nil {
		return err
	}
	return at.err
}
