package eval

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/corpusctl/corpusctl/report"
)

// found is what a run did with a labelled document.
type found struct {
	documents int // that have its id
	source    string
	place     string
	text      string // as it was read
	decision  *report.Decision
}

func (f *found) removed() bool { return f.decision != nil && f.decision.Action == "removed" }

// lookUp finds documents of the run by their ids. Those that it did not have are missing.
func lookUp(dir string, ids map[string]bool) (map[string]*found, error) {
	rep, err := report.Load(dir)
	if err != nil {
		return nil, err
	}
	out, decisions := map[string]*found{}, map[string]*report.Decision{}
	err = report.EachDecision(dir, func(d *report.Decision) {
		if ids[d.ID] && decisions[d.ID] == nil {
			decisions[d.ID] = d
		}
	})
	if err != nil {
		return nil, err
	}
	err = report.Documents(dir, func(d *report.RunDocument) bool {
		id := d.Place.ID
		if !ids[id] {
			return true
		}
		f := out[id]
		if f == nil {
			f = &found{source: d.Source, place: fmt.Sprintf("%s:%d", d.File, max(d.Line, d.OutputLine)), text: d.Text(), decision: decisions[id]}
			if d.Output == "kept" && f.decision != nil {
				f.text = report.Undo(f.text, f.decision.Spans)
			}
			if d.Output != "" {
				f.place = d.Output + "/" + f.place
			}
			out[id] = f
		}
		f.documents++
		return true
	})
	if rep.Ids.Missing > 0 {
		addUnnamed(out, ids, decisions, rep)
	}
	return out, err
}

// addUnnamed finds documents without an id, which "NAME:line" stands for: those that were decided on by their decision; of others only the file is
// known.
func addUnnamed(out map[string]*found, ids map[string]bool, decisions map[string]*report.Decision, rep *report.Report) {
	names := map[string]bool{}
	for i := range rep.Inputs {
		names[rep.Inputs[i].Name] = true
	}
	for id := range ids {
		colon := strings.LastIndexByte(id, ':')
		if out[id] != nil || colon < 0 || !names[id[:colon]] {
			continue
		}
		if _, err := strconv.Atoi(id[colon+1:]); err == nil {
			out[id] = &found{documents: 1, place: id, decision: decisions[id]}
		}
	}
}

// present tells whether a label's documents are in the run, each once, and counts those that are not.
func (n *Labels) present(l *label, run map[string]*found, ids ...string) bool {
	for _, id := range ids {
		switch f := run[id]; {
		case f == nil:
			n.problem(&n.Absent, "line %d: the run has no document %q", l.line, id)
			return false
		case f.documents > 1:
			n.problem(&n.Ambiguous, "line %d: %d documents of the run have the id %q", l.line, f.documents, id)
			return false
		}
	}
	n.Compared++
	return true
}
