package eval

import "github.com/corpusctl/corpusctl/report"

// present tells whether a label's documents are in the run, each once, and counts those that are not.
func (n *Labels) present(l *label, run map[string]*report.Looked, ids ...string) bool {
	for _, id := range ids {
		switch f := run[id]; {
		case f == nil:
			n.problem(&n.Absent, "line %d: the run has no document %q", l.line, id)
			return false
		case f.Documents > 1:
			n.problem(&n.Ambiguous, "line %d: %d documents of the run have the id %q", l.line, f.Documents, id)
			return false
		}
	}
	n.Compared++
	return true
}
