package report

import (
	"fmt"
	"strconv"
	"strings"
)

// Looked is what a run did with a document that was looked up by its id.
type Looked struct {
	Documents int // that have its id; the rest is of the first
	Source    string
	Where     string    // file and line
	Text      string    // as it was read
	Decision  *Decision // nil if nothing was decided about it
}

// Removed tells whether it was removed.
func (f *Looked) Removed() bool { return f.Decision != nil && f.Decision.Action == "removed" }

// LookUp finds documents of the run that wrote dir by their ids. Those that it did not have are missing.
func LookUp(dir string, ids map[string]bool) (map[string]*Looked, error) {
	rep, err := Load(dir)
	if err != nil {
		return nil, err
	}
	out, decisions := map[string]*Looked{}, map[string]*Decision{}
	err = EachDecision(dir, func(d *Decision) {
		if ids[d.ID] && decisions[d.ID] == nil {
			decisions[d.ID] = d
		}
	})
	if err != nil {
		return nil, err
	}
	err = Documents(dir, func(d *RunDocument) bool {
		id := d.Place.ID
		if !ids[id] {
			return true
		}
		f := out[id]
		if f == nil {
			f = &Looked{Source: d.Source, Where: fmt.Sprintf("%s:%d", d.File, max(d.Line, d.OutputLine)), Text: d.Text(), Decision: decisions[id]}
			if d.Output == "kept" && f.Decision != nil {
				f.Text = Undo(f.Text, f.Decision.Spans)
			}
			if d.Output != "" {
				f.Where = d.Output + "/" + f.Where
			}
			out[id] = f
		}
		f.Documents++
		return true
	})
	if rep.Ids.Missing > 0 {
		addUnnamed(out, ids, decisions, rep)
	}
	return out, err
}

// addUnnamed finds documents without an id, which "NAME:line" stands for: those that were decided on by their decision; of others only the file is
// known.
func addUnnamed(out map[string]*Looked, ids map[string]bool, decisions map[string]*Decision, rep *Report) {
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
			out[id] = &Looked{Documents: 1, Where: id, Decision: decisions[id]}
		}
	}
}
