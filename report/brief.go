package report

import "encoding/json"

// brief is what must be known of a decision to sample it. Its parts point into the line.
type brief struct {
	file      []byte
	removed   bool
	line      int // in kept/file or removed/file
	inputLine int
	partner   []byte
	partnerAt int // in kept/partner
	partnerIn int
	truncated []byte
	reasons   []briefReason
	spans     []briefSpan
}

type briefReason struct {
	rule, kind       []byte
	value, threshold float64
}

type briefSpan struct{ kind, rule []byte }

// read reads a line; false if it is not one of decisions.jsonl.
func (b *brief) read(line []byte) bool {
	var d Decision
	if json.Unmarshal(line, &d) != nil {
		return false
	}
	*b = brief{file: []byte(d.File), removed: d.Action == "removed", line: d.KeptLine, inputLine: d.Line, partner: []byte(d.DuplicateFile), partnerAt: d.KeptLine, partnerIn: d.DuplicateLine,
		truncated: []byte(d.Truncated), reasons: b.reasons[:0], spans: b.spans[:0]}
	if b.removed {
		b.line = d.RemovedLine
	}
	for _, r := range d.Reasons {
		b.reasons = append(b.reasons, briefReason{[]byte(r.Rule), []byte(r.Kind), r.Value, r.Threshold})
	}
	for _, s := range d.Spans {
		b.spans = append(b.spans, briefSpan{[]byte(s.Kind), []byte(s.Rule)})
	}
	return true
}
