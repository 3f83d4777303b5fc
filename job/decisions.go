package job

import (
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
)

// decision is what is to be said of one document.
type decision struct {
	doc               int
	removed, repaired bool
	duplicate         *dedup.Decision   // of what, if it is one
	found             *quality.Findings // nil if nothing was
}

func (d *decision) action() string {
	switch {
	case d.removed:
		return "removed"
	case d.repaired:
		return "repaired"
	}
	return "flagged"
}

// writeDecision writes a line of decisions.jsonl.
func (p *pageWriter) writeDecision(d *decision) {
	w, x := &p.json, p.at
	w.str(`{"id":`, x.name(d.doc))
	w.str(`,"file":`, x.shardOf(d.doc).Name)
	w.int(`,"line":`, int64(x.line(d.doc)))
	w.str(`,"action":`, d.action())
	p.reasons(d)
	if d.duplicate != nil {
		p.partner(d.duplicate)
	}
	switch line := int64(x.outputLine(p.gone, d.doc)); {
	case d.removed:
		w.int(`,"removed_line":`, line)
	case line > 0:
		w.int(`,"kept_line":`, line)
	}
	if d.duplicate != nil {
		kept := int(d.duplicate.Kept)
		w.str(`,"duplicate_file":`, x.shardOf(kept).Name)
		w.int(`,"duplicate_line":`, int64(x.line(kept)))
		w.int(`,"kept_line":`, int64(x.outputLine(p.gone, kept)))
	}
	if d.found != nil {
		p.spans(d)
	}
	switch {
	case d.found != nil && d.found.Cut.Where != quality.NotTruncated:
		w.str(`,"truncated":`, d.found.Cut.Where.String())
	case p.endsEarly(d):
		w.str(`,"truncated":`, quality.TruncatedEnd.String())
	}
	w.raw("}\n")
}

// reasons writes the rules that led to a decision: what removes first, then what was found.
func (p *pageWriter) reasons(d *decision) {
	w, before := &p.json, `,"reasons":[{"rule":`
	if d.duplicate != nil {
		rule, threshold := "exact-copy", 1.0
		if !d.duplicate.Exact {
			rule, threshold = "duplicate", dedup.DropContainment
		}
		before = w.reason(before, rule, d.duplicate.Pair.Relation.String(), d.duplicate.Containment(), threshold)
	}
	if d.found != nil {
		for _, v := range d.found.Verdicts {
			before = w.reason(before, v.Rule, v.Signal, v.Value, v.Threshold)
		}
		if c := d.found.Cut; c.Where != quality.NotTruncated {
			w.str(before, "truncated")
			w.str(`,"kind":`, c.Cause)
			if c.Evidence != "" {
				w.str(`,"evidence":`, c.Evidence)
			}
			w.raw("}")
			before = nextReason
		}
	}
	if p.endsEarly(d) {
		w.str(before, "truncated")
		w.str(`,"kind":`, d.duplicate.Pair.Relation.String())
		w.str(`,"evidence":`, p.at.name(int(d.duplicate.Kept)))
		w.raw("}")
		before = nextReason
	}
	if before == nextReason {
		w.raw("]")
	}
}

// endsEarly tells whether the comparison says that a document is truncated: it is another one cut down, and stops where that goes on.
func (p *pageWriter) endsEarly(d *decision) bool {
	return p.steps.repair && d.duplicate != nil && d.duplicate.Pair.EndsEarly && d.duplicate.Pair.Relation == dedup.Shortened
}

const nextReason = `,{"rule":`

func (w *jsonLine) reason(before, rule, kind string, value, threshold float64) (next string) {
	w.str(before, rule)
	w.str(`,"kind":`, kind)
	w.float(`,"value":`, value)
	w.float(`,"threshold":`, threshold)
	w.raw("}")
	return nextReason
}

func (p *pageWriter) partner(d *dedup.Decision) {
	w := &p.json
	w.str(`,"duplicate_of":`, p.at.name(int(d.Kept)))
	w.str(`,"relation":`, d.Pair.Relation.String())
	w.float(`,"jaccard":`, d.Pair.Measure.Jaccard())
	w.float(`,"containment":`, d.Containment())
	w.int(`,"cluster":`, int64(d.Cluster))
}

// spans writes what was found in the text, in code points of the original.
func (p *pageWriter) spans(d *decision) {
	w, at, place := &p.json, 0, 0
	for i, s := range d.found.Spans {
		if i == 0 {
			w.raw(`,"spans":[`)
		} else {
			w.raw(",")
		}
		start := place + characters(p.text[at:s.Start])
		place = start + characters(p.text[s.Start:s.End])
		at = s.End
		w.int(`{"start":`, int64(start))
		w.int(`,"end":`, int64(place))
		w.str(`,"kind":`, s.Kind.String())
		w.str(`,"rule":`, s.Rule)
		if d.removed || !p.cuts(s) {
			w.raw(`,"cut":false}`)
			continue
		}
		w.str(`,"cut":true,"text":`, string(p.text[s.Start:s.End]))
		if s.Put != "" {
			w.str(`,"put":`, s.Put)
		}
		w.raw("}")
	}
	if len(d.found.Spans) > 0 {
		w.raw("]")
	}
}
