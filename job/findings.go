package job

import (
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// findings counts what was found in texts. Those of pages are added up in order.
type findings struct {
	report.Found
	sources map[int]*sourceFindings // by the source's number; of those alone in whose documents something counted was found
}

// sourceFindings are those in the documents of one source.
type sourceFindings struct {
	repaired, rejected int
	verdicts, cut      tallies // documents by rule that hit them; by kind of what was cut
}

// tallies are counts of few things: of a source there are a handful, and of sources there can be many.
type tallies []tally

type tally struct {
	name string
	n    int
}

func (t *tallies) add(name string, n int) {
	for i := range *t {
		if (*t)[i].name == name {
			(*t)[i].n += n
			return
		}
	}
	*t = append(*t, tally{name, n})
}

func newFindings() findings {
	return findings{
		Found:   report.Found{Spans: map[string]map[string]report.SpanCount{}, Verdicts: map[string]int{}, Truncated: map[string]map[string]int{}},
		sources: map[int]*sourceFindings{},
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
	if cut != 0 {
		n.Repaired++
		of := n.of(source)
		of.repaired++
		for _, kind := range cut.Names() {
			of.cut.add(kind, 1)
		}
	} else if !removed {
		n.Flagged++
	}
	if len(f.Verdicts) > 0 {
		n.Rejected++
		of := n.of(source)
		of.rejected++
		for _, v := range f.Verdicts {
			n.Verdicts[v.Rule]++
			of.verdicts.add(v.Rule, 1)
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
	for source, f := range o.sources {
		n.of(source).add(f)
	}
}

// of returns the findings of a source.
func (n *findings) of(source int) *sourceFindings {
	f := n.sources[source]
	if f == nil {
		f = &sourceFindings{}
		n.sources[source] = f
	}
	return f
}

func (n *sourceFindings) add(o *sourceFindings) {
	n.repaired += o.repaired
	n.rejected += o.rejected
	for _, v := range o.verdicts {
		n.verdicts.add(v.name, v.n)
	}
	for _, c := range o.cut {
		n.cut.add(c.name, c.n)
	}
}
