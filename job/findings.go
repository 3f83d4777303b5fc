package job

import (
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// findings counts what was found in texts. Those of pages are added up in order.
type findings struct {
	report.Found
	sources []sourceFindings
}

// sourceFindings are those in the documents of one source.
type sourceFindings struct {
	repaired, rejected int
	verdicts, cut      map[string]int // documents by rule that hit them; by kind of what was cut
}

func newFindings(sources int) findings {
	return findings{
		Found:   report.Found{Spans: map[string]map[string]report.SpanCount{}, Verdicts: map[string]int{}, Truncated: map[string]map[string]int{}},
		sources: make([]sourceFindings, sources),
	}
}

// count counts one document.
func (n *findings) count(source int, f *quality.Findings, cuts func(quality.Span) bool, removed bool) {
	var cut quality.Kinds
	for _, s := range f.Spans {
		rules := n.Spans[s.Kind.String()]
		if rules == nil {
			rules = map[string]report.SpanCount{}
			n.Spans[s.Kind.String()] = rules
		}
		r := rules[s.Rule]
		r.Spans++
		r.Bytes += s.End - s.Start
		if !removed && cuts(s) {
			cut |= quality.KindsOf(s.Kind)
			r.Cut++
		}
		rules[s.Rule] = r
	}
	for len(n.sources) <= source {
		n.sources = append(n.sources, sourceFindings{})
	}
	of := &n.sources[source]
	if cut != 0 {
		n.Repaired++
		of.repaired++
		for _, kind := range cut.Names() {
			increase(&of.cut, kind, 1)
		}
	} else if !removed {
		n.Flagged++
	}
	if len(f.Verdicts) > 0 {
		n.Rejected++
		of.rejected++
		for _, v := range f.Verdicts {
			n.Verdicts[v.Rule]++
			increase(&of.verdicts, v.Rule, 1)
		}
	}
	if where := f.Cut.Where.String(); where != "" {
		if n.Truncated[where] == nil {
			n.Truncated[where] = map[string]int{}
		}
		n.Truncated[where][f.Cut.Cause]++
	}
}

// add adds those of a page.
func (n *findings) add(o *findings) {
	n.Repaired += o.Repaired
	n.Flagged += o.Flagged
	n.Rejected += o.Rejected
	for kind, rules := range o.Spans {
		if n.Spans[kind] == nil {
			n.Spans[kind] = map[string]report.SpanCount{}
		}
		for rule, c := range rules {
			sum := n.Spans[kind][rule]
			n.Spans[kind][rule] = report.SpanCount{Spans: sum.Spans + c.Spans, Cut: sum.Cut + c.Cut, Bytes: sum.Bytes + c.Bytes}
		}
	}
	for rule, c := range o.Verdicts {
		n.Verdicts[rule] += c
	}
	for where, causes := range o.Truncated {
		if n.Truncated[where] == nil {
			n.Truncated[where] = map[string]int{}
		}
		for cause, c := range causes {
			n.Truncated[where][cause] += c
		}
	}
	for i := range o.sources {
		n.sources[i].add(&o.sources[i])
	}
}

func (n *sourceFindings) add(o *sourceFindings) {
	n.repaired += o.repaired
	n.rejected += o.rejected
	for rule, c := range o.verdicts {
		increase(&n.verdicts, rule, c)
	}
	for kind, c := range o.cut {
		increase(&n.cut, kind, c)
	}
}

// increase adds to a count; most sources need no map.
func increase(counts *map[string]int, key string, n int) {
	if *counts == nil {
		*counts = map[string]int{}
	}
	(*counts)[key] += n
}
