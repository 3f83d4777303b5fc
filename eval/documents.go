package eval

import (
	"fmt"
	"slices"

	"github.com/corpusctl/corpusctl/report"
)

// truncations are what a label may say of the ends of a text.
var truncations = []string{"no", "end", "start", "stub"}

// Documents compares labels of whole documents with decisions.jsonl: which texts are truncated, and which were removed for their quality.
func Documents(opt Options) (*Result, error) {
	labels, n, err := readLabels(opt.Gold, opt, checkDocument)
	if err != nil {
		return nil, err
	}
	run, err := report.LookUp(opt.Run, idsOf(labels))
	if err != nil {
		return nil, err
	}
	r := &Result{What: "documents", errors: opt.Errors}
	var ends, places, verdicts, sources Table
	var prose, nonProse [2]int // removed, labelled
	for _, l := range labels {
		if !n.present(l, run, l.ID) {
			continue
		}
		for _, t := range []*Table{&ends, &places, &verdicts, &sources} {
			t.Unit()
		}
		f := run[l.ID]
		if l.Truncated != "" {
			judgeEnds(r, l, f, &ends, &places)
		}
		if l.Prose != nil {
			bad, gone := *l.Prose == 0, f.Removed() && f.Decision.DuplicateOf == ""
			c := Judged(bad, gone, l.weight())
			verdicts.Add("no prose", c)
			if c != (Counts{}) {
				sources.Add(f.Source, c)
			}
			count := &prose
			if bad {
				count = &nonProse
			}
			count[0] += btoi(gone)
			count[1]++
			if bad != gone {
				r.document(bad, l, f, fmt.Sprintf("prose %d", *l.Prose), verdict(f))
			}
		}
	}
	r.Labels = n
	r.section(&ends, opt.Seed, "truncated", "all", "without the end or the body (end, stub)", ends.Classes()...)
	r.section(&places, opt.Seed, "places", "all", "by place", places.Classes()...)
	r.section(&verdicts, opt.Seed, "verdicts", "all", "removed by a rule, and labelled as not worth keeping", verdicts.Classes()...)
	if all := sources.Classes(); len(all) > 1 {
		r.section(&sources, opt.Seed, "sources", "all", "the same by source", all...)
	}
	r.Facts = append(r.Facts, Fact{"worth keeping, and removed", Number(prose[0]), prose[1]}, Fact{"not worth keeping, and removed", Number(nonProse[0]), nonProse[1]})
	return r, nil
}

// judgeEnds compares what is said of the ends of a text.
func judgeEnds(r *Result, l *label, f *report.Looked, ends, places *Table) {
	called := "no"
	if f.Decision != nil && f.Decision.Truncated != "" {
		called = f.Decision.Truncated
	}
	lost := func(where string) bool { return where == "end" || where == "stub" }
	ends.Add("truncated", Judged(lost(l.Truncated), lost(called), l.weight()))
	places.relation(l.Truncated, called, l.weight())
	if lost(l.Truncated) != lost(called) {
		r.document(lost(l.Truncated), l, f, "truncated "+l.Truncated, "truncated "+called)
	}
}

func (r *Result) document(wanted bool, l *label, f *report.Looked, is, said string) {
	r.mistake(Mistake{mistakeKind(wanted), is, said, []string{l.ID}, []string{f.Where}, 0, 0, []string{f.Text}})
}

// verdict says what became of a document.
func verdict(f *report.Looked) string {
	if f.Decision == nil {
		return "kept"
	}
	if !f.Removed() {
		return f.Decision.Action
	}
	var rules string
	for _, r := range f.Decision.Reasons {
		if r.Rule != "truncated" {
			rules += " " + r.Rule
		}
	}
	return "removed:" + rules
}

func checkDocument(l *label) (string, error) {
	switch {
	case l.ID == "":
		return "", fmt.Errorf("not a label of a document: it wants id and truncated or prose")
	case l.Truncated == "" && l.Prose == nil:
		return "", errUnlabelled
	case l.Truncated != "" && !slices.Contains(truncations, l.Truncated):
		return "", fmt.Errorf("truncated is %q, not no, end, start or stub", l.Truncated)
	case l.Prose != nil && *l.Prose != 0 && *l.Prose != 1:
		return "", fmt.Errorf("prose is %d, not 0 or 1", *l.Prose)
	}
	return l.ID, nil
}
