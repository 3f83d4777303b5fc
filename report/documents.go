package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/corpus"
)

// A RunDocument is a document of a run that is read again. It may be used while it is yielded.
type RunDocument struct {
	ID     string // as the record has it, "" if it has none
	Source string
	Place                // of it, Line is known after a dry run and OutputLine after any other
	Text   func() string // as it was written out; after a dry run as it was read
}

// Documents yields all documents of the run that wrote dir, file by file: those that were kept, then those that were removed, after a dry run those of
// the input. It ends when yield returns false.
func Documents(dir string, yield func(*RunDocument) bool) error {
	settings, err := readReport(dir)
	if err != nil {
		return err
	}
	l, err := newLibrary(dir, settings)
	if err != nil {
		return err
	}
	folders := []string{"kept", "removed"}
	if settings.Options.DryRun {
		folders = []string{""}
	}
	for i := range settings.Inputs {
		if in := &settings.Inputs[i]; in.Kept+in.Removed == 0 {
			continue // it may be nothing that can be read
		}
		for _, folder := range folders {
			if more, err := l.documents(folder, settings.Inputs[i].Name, yield); err != nil || !more {
				return err
			}
		}
	}
	return nil
}

func (l *library) documents(folder, name string, yield func(*RunDocument) bool) (more bool, err error) {
	s := l.shelf(folder, name)
	if info, err := os.Stat(s.path); errors.Is(err, os.ErrNotExist) && folder != "" {
		return true, nil // nothing of the input went there
	} else if err != nil || !info.Mode().IsRegular() {
		return false, fmt.Errorf("the documents of %s cannot be read again: run without --dry-run, or keep the input where it was", corpus.Printable(name))
	}
	more = true
	err = l.browser.each(&s, func(number int, line *corpus.Line) bool {
		rec, err := l.browser.decode(line)
		if err != nil {
			return true // of the input, a record that went to the quarantine
		}
		d := RunDocument{ID: scalar(line.Raw, rec.ID), Source: scalar(line.Raw, rec.Source)}
		d.Place = Place{ID: d.ID, File: name, Output: folder, OutputLine: number}
		if folder == "" {
			d.Line, d.OutputLine = number, 0
			if d.ID == "" {
				d.Place.ID = fmt.Sprintf("%s:%d", name, number)
			}
		}
		d.Text = func() string { return string(corpus.AppendString(nil, line.Raw, rec.Text)) }
		more = yield(&d)
		return more
	})
	if err != nil {
		err = fmt.Errorf("report: %w", err)
	}
	return more, err
}

// EachDecision calls do with every line of decisions.jsonl of the run that wrote dir.
func EachDecision(dir string, do func(*Decision)) error {
	f, err := os.Open(filepath.Join(dir, "decisions.jsonl"))
	if err != nil {
		return err
	}
	defer f.Close()
	in := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for n := 1; ; n++ {
		var d Decision
		err := in.Decode(&d)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", f.Name(), n, err)
		}
		do(&d)
	}
}

// Pair is what a line of pairs.jsonl says of two documents.
type Pair struct {
	A        string `json:"a"`
	B        string `json:"b"`
	Relation string `json:"relation"`
	Drop     string `json:"drop"`
}

// EachPair calls do with every line of pairs.jsonl of the run that wrote dir.
func EachPair(dir string, do func(*Pair)) error {
	f, err := os.Open(filepath.Join(dir, "pairs.jsonl"))
	if err != nil {
		return fmt.Errorf("%s has no pairs.jsonl: take the folder of a run of dedup or clean: %w", dir, err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<26)
	for n := 1; in.Scan(); n++ {
		var p Pair
		if err := json.Unmarshal(in.Bytes(), &p); err != nil {
			return fmt.Errorf("%s:%d: %w", f.Name(), n, err)
		}
		do(&p)
	}
	return in.Err()
}
