package report

import (
	"encoding/json"
	"io"
)

// Tool is what report.json holds as "tool".
const Tool = "corpusctl"

// Report is what one run did.
type Report struct {
	Tool    string `json:"tool"`
	Version string `json:"version"`
	Command string `json:"command"`
	Fold    string `json:"fold_version"` // of the folding: results of different ones must not be mixed
	Options any    `json:"options"`      // all that the result depends on

	Documents  Counts         `json:"documents"`
	Inputs     []Input        `json:"inputs"`
	Sources    []Source       `json:"sources"`         // by number of documents, most first
	Removed    map[string]int `json:"removed"`         // documents by relation; "exact" are copies equal after folding
	Pairs      map[string]int `json:"pairs"`           // verified pairs by relation
	Found      *Found         `json:"found,omitempty"` // what repairs and verdicts found
	Copies     []Flow         `json:"copies"`          // who copies whom: removals by source and source of the kept one, most first
	Delays     *Delays        `json:"delays,omitempty"`
	Measures   *Measures      `json:"measures,omitempty"`
	Lengths    []LengthCount  `json:"lengths,omitempty"`
	Furniture  []Furniture    `json:"furniture,omitempty"` // what recurs in the texts of each source
	Clusters   Clusters       `json:"clusters"`            // kept documents with what was removed for them
	Ids        Ids            `json:"ids"`                 // what the ids are good for
	Comparison any            `json:"comparison"`          // what was proposed, verified and capped on the way
	Quarantine map[string]int `json:"quarantine"`          // bad records by reason
	Run        Run            `json:"run"`
}

// Counts are numbers of documents: Read = Kept + Removed + Quarantined, in all and for each input.
type Counts struct {
	Read        int `json:"read"`
	Kept        int `json:"kept"`
	Removed     int `json:"removed"`
	Quarantined int `json:"quarantined"`
}

// Input is one shard.
type Input struct {
	File        string `json:"file"`              // as it was given
	Name        string `json:"name"`              // below kept/ and removed/
	Signals     string `json:"signals,omitempty"` // below signals/, if they were asked for
	Format      string `json:"format,omitempty"`  // one of corpus.Formats; "" if it could not be opened
	Codec       string `json:"codec"`             // plain, gzip, zstd or bzip2
	Bytes       int64  `json:"bytes"`             // that the fingerprint is of
	Fingerprint string `json:"xxh64"`             // XXH64 of the unpacked records, of Parquet of the file; hexadecimal
	Counts
}

// Source is one paper or site.
type Source struct {
	Name     string `json:"source"`
	Read     int    `json:"read"`
	Kept     int    `json:"kept"`
	Removed  int    `json:"removed"`
	Rejected int    `json:"rejected,omitempty"` // of the removed, those that a rule of the preset hit
	Repaired int    `json:"repaired,omitempty"` // of the kept, those whose text was repaired

	RemovedBy map[string]int `json:"removed_by,omitempty"` // its removals by relation, as in Report.Removed
	Verdicts  map[string]int `json:"verdicts,omitempty"`   // its documents that each rule of the preset hit
	Cut       map[string]int `json:"cut,omitempty"`        // its repaired documents by the kinds that were cut
}

// Found counts what was found in texts.
type Found struct {
	Repaired  int                             `json:"repaired"`  // documents kept with a repaired text
	Flagged   int                             `json:"flagged"`   // documents kept as they were, with something to say about them
	Rejected  int                             `json:"rejected"`  // documents that rules of the preset removed
	Spans     map[string]map[string]SpanCount `json:"spans"`     // by kind and rule
	Verdicts  map[string]int                  `json:"verdicts"`  // documents that each rule hit; one can be hit by several
	Truncated map[string]map[string]int       `json:"truncated"` // documents by place and cause
}

// SpanCount counts the spans of one rule.
type SpanCount struct {
	Spans int `json:"spans"`
	Cut   int `json:"cut"`   // of these, those that were cut
	Bytes int `json:"bytes"` // their length
}

// Flow counts the documents of one source that were removed for documents of another, or of the same.
type Flow struct {
	From  string `json:"kept_source"`
	To    string `json:"removed_source"`
	Count int    `json:"documents"`

	MedianDays *int `json:"median_days,omitempty"` // from the kept to the removed, where both have dates
}

// Clusters counts stars: a kept document and all that were removed for it.
type Clusters struct {
	Count   int         `json:"count"`
	Largest int         `json:"largest"` // documents of the largest, the kept one included
	Sizes   map[int]int `json:"sizes"`   // number of clusters by their size
	Top     []Cluster   `json:"top,omitempty"`
}

// Ids counts what makes an id a poor name for a document. Its file and line name it in any case.
type Ids struct {
	Missing  int `json:"missing"`  // documents without one; "file:line" stands for it
	Repeated int `json:"repeated"` // documents whose id another one has as well
}

// Run tells about the run itself and is the only part that differs from run to run.
type Run struct {
	Seconds    float64 `json:"seconds"`
	Stages     []Stage `json:"stages"` // in the order in which they ran
	PeakMemory int64   `json:"peak_memory_bytes"`
	Workers    int     `json:"workers"`
	Started    string  `json:"started"` // RFC 3339
}

// Stage is a part of a run.
type Stage struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	Parts   []Stage `json:"parts,omitempty"` // of the comparison
}

// WriteJSON writes the report, indented, keys in a fixed order.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// Add adds other counts.
func (c *Counts) Add(o Counts) {
	c.Read += o.Read
	c.Kept += o.Kept
	c.Removed += o.Removed
	c.Quarantined += o.Quarantined
}
