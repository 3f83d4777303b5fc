package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/corpus"
)

// Decision is one line of decisions.jsonl.
type Decision struct {
	ID            string   `json:"id"`
	File          string   `json:"file"`
	Line          int      `json:"line"`
	Action        string   `json:"action"`
	Reasons       []Reason `json:"reasons"`
	DuplicateOf   string   `json:"duplicate_of"`
	Relation      string   `json:"relation"`
	Jaccard       float64  `json:"jaccard"`
	Containment   float64  `json:"containment"`
	Cluster       int      `json:"cluster"`
	RemovedLine   int      `json:"removed_line"`   // in removed/FILE
	DuplicateFile string   `json:"duplicate_file"` // where the kept document stands
	DuplicateLine int      `json:"duplicate_line"`
	KeptLine      int      `json:"kept_line"` // in kept/DUPLICATE_FILE; of a document that was kept itself, in kept/FILE; 0 if no record is left of it
	Spans         []Span   `json:"spans"`
	Truncated     string   `json:"truncated"` // "end", "start" or "stub"
}

// Span is a stretch of the original text that was cut or marked, in code points.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
	Rule  string `json:"rule"`
	Cut   bool   `json:"cut"`
	Text  string `json:"text"` // what was cut
	Put   string `json:"put"`  // what stands there now
}

// Undo returns the original of a repaired text.
func Undo(repaired string, spans []Span) string {
	var b strings.Builder
	rest, at := []rune(repaired), 0 // at is the place in the original
	for _, s := range spans {
		if !s.Cut {
			continue
		}
		n := min(max(s.Start-at, 0), len(rest))
		b.WriteString(string(rest[:n]) + s.Text)
		rest = rest[min(n+utf8.RuneCountInString(s.Put), len(rest)):]
		at = s.End
	}
	b.WriteString(string(rest))
	return b.String()
}

// Reason is a rule that led to a decision, with what it measured and the threshold in force.
type Reason struct {
	Rule      string  `json:"rule"`
	Kind      string  `json:"kind"`
	Value     float64 `json:"value"`
	Threshold float64 `json:"threshold"`
	Evidence  string  `json:"evidence"`
}

// Explanation is a decision with the texts it is about. For a document that was kept, Decision is nil and For holds what was
// removed for it.
type Explanation struct {
	ID       string
	Decision *Decision
	For      []Decision
	Removed  string // the text that went; of a document that was kept, its original text
	Kept     string // the text that stayed; "" if none is compared with
	Others   int    // decisions about other documents with the same id
}

// ErrNoDecision tells that a run decided nothing about a document: it was kept and had no duplicates, or it was never read.
var ErrNoDecision = errors.New("no decision about it")

// Explain looks up what a run did with a document, given by its id or as "file:line".
func Explain(dir, id string) (*Explanation, error) {
	rep, err := readReport(dir)
	if err != nil {
		return nil, err
	}
	e := &Explanation{ID: id}
	if err := e.findDecision(dir); err != nil {
		return nil, err
	}
	d := e.Decision
	if d == nil {
		if len(e.For) == 0 {
			return nil, fmt.Errorf("%s: %w: it was kept as it was and without duplicates, was quarantined, or is not in this run", corpus.Printable(id), ErrNoDecision)
		}
		return e, nil
	}
	if d.Action != "removed" {
		if e.Kept, err = rep.text(dir, "kept", d.File, d.KeptLine, d.Line); err == nil {
			e.Removed = e.Kept
			if !rep.Options.DryRun {
				e.Removed = Undo(e.Kept, d.Spans)
			}
		}
		return e, err
	}
	if e.Removed, err = rep.text(dir, "removed", d.File, d.RemovedLine, d.Line); err != nil || d.DuplicateOf == "" {
		return e, err
	}
	e.Kept, err = rep.text(dir, "kept", d.DuplicateFile, d.KeptLine, d.DuplicateLine)
	return e, err
}

// findDecision reads decisions.jsonl for the decision about the document and those that name it as the kept one.
func (e *Explanation) findDecision(dir string) error {
	err := EachDecision(dir, func(d *Decision) {
		switch {
		case d.ID == e.ID || fmt.Sprintf("%s:%d", d.File, d.Line) == e.ID:
			if e.Decision != nil {
				e.Others++ // of several with one id the first is shown
			} else {
				e.Decision = d
			}
		case d.DuplicateOf != "" && (d.DuplicateOf == e.ID || fmt.Sprintf("%s:%d", d.DuplicateFile, d.DuplicateLine) == e.ID):
			e.For = append(e.For, *d)
		}
	})
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return nil
}

// written is what Explain needs of a report.json.
type written struct {
	Inputs  []Input `json:"inputs"`
	Options struct {
		Format  string        `json:"format"`
		Split   string        `json:"split"`
		Fields  corpus.Fields `json:"fields"`
		DryRun  bool          `json:"dry_run"`
		Longest int           `json:"max_document"`
		Dedup   struct {
			Bands   int `json:"bands"`
			Rows    int `json:"rows"`
			Shingle int `json:"shingle"`
		} `json:"dedup"`
	} `json:"options"`

	inputs map[string]*Input // by name
}

func readReport(dir string) (*written, error) {
	content, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		return nil, fmt.Errorf("%s is not a folder that corpusctl wrote: %w", dir, err)
	}
	var w written
	if err := json.Unmarshal(content, &w); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, "report.json"), err)
	}
	return &w, nil
}

// text reads the text of one record: from the output, or after a dry run from the input. Of a record without a place in the output nothing is left.
func (w *written) text(dir, folder, name string, outputLine, inputLine int) (string, error) {
	if outputLine == 0 && !w.Options.DryRun {
		return "", nil
	}
	from, number := shelf{path: filepath.Join(dir, folder, filepath.FromSlash(name)), name: name, output: true}, outputLine
	if _, err := os.Stat(from.path); errors.Is(err, fs.ErrNotExist) {
		if in := w.byName(name); in != nil {
			from, number = shelf{path: in.File, name: name}, inputLine
		}
		if info, err := os.Stat(from.path); from.path == corpus.Stdin || err == nil && !info.Mode().IsRegular() {
			return "", fmt.Errorf("explain: the input %s cannot be read again, and a dry run keeps no records: run without --dry-run", from.path)
		}
	}
	return w.readText(from, number)
}

// readText reads the text of one document of a file.
func (w *written) readText(from shelf, wanted int) (text string, err error) {
	b, err := newBrowser(w)
	if err != nil {
		return "", err
	}
	failed := fmt.Errorf("%s has no line %d; was it changed after the run?", from.path, wanted)
	err = b.each(&from, func(number int, line *corpus.Line) bool {
		if number < wanted {
			return true
		}
		if number == wanted {
			var rec *corpus.Record
			if rec, failed = b.decode(line); failed == nil {
				text = string(corpus.AppendString(nil, line.Raw, rec.Text))
			} else {
				failed = fmt.Errorf("%s:%d: %w", from.path, number, failed)
			}
		}
		return false
	})
	if err != nil {
		return "", fmt.Errorf("explain: %w", err)
	}
	return text, failed
}
