package corpus

import (
	"encoding/json"
	"fmt"
	"io"
)

// A Quarantine writes defects as lines of JSON: {"file","line","offset","reason","sample"}. It is not for several goroutines
// at once: the order of the lines is the order of the calls, and that order is part of the result.
type Quarantine struct {
	enc   *json.Encoder
	count int
}

// NewQuarantine writes to w, such as the writer of "quarantine.jsonl" of an [Output].
func NewQuarantine(w io.Writer) *Quarantine {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &Quarantine{enc: enc}
}

// Add writes one defect.
func (q *Quarantine) Add(d Defect) error {
	if err := q.enc.Encode(d); err != nil {
		return fmt.Errorf("quarantine: %w", err)
	}
	q.count++
	return nil
}

// Count is the number of defects written.
func (q *Quarantine) Count() int { return q.count }
