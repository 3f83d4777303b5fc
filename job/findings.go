package job

import (
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// findings counts what was found in texts. Those of pages are added up in order.
type findings struct {
	report.Found
	repaired []int // documents by source
	rejected []int
}

func newFindings(sources int) findings {
	return findings{
		Found:    report.Found{Spans: map[string]map[string]report.SpanCount{}, Verdicts: map[string]int{}, Truncated: map[string]map[string]int{}},
		repaired: make([]int, sources), rejected: make([]int, sources),
	}
}

// count counts one document.
func (n *findings) count(source int, f *quality.Findings, cuts func(quality.Span) bool, removed bool) {
	cut := false
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
			cut = true
			r.Cut++
		}
		rules[s.Rule] = r
	}
	for len(n.repaired) <= source {
		n.repaired, n.rejected = append(n.repaired, 0), append(n.rejected, 0)
	}
	if cut {
		n.Repaired++
		n.repaired[source]++
	} else if !removed {
		n.Flagged++
	}
	if len(f.Verdicts) > 0 {
		n.Rejected++
		n.rejected[source]++
		for _, v := range f.Verdicts {
			n.Verdicts[v.Rule]++
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
	for i, c := range o.repaired {
		n.repaired[i] += c
		n.rejected[i] += o.rejected[i]
	}
}
