package job

import (
	"errors"
	"runtime"
	"time"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
)

// Options say what a job reads, does and writes.
type Options struct {
	Inputs []string      // files, folders, globs, "-" (see corpus.Expand)
	Output string        // the folder to write
	Format string        // how records are stored: one of corpus.Formats; "" or "auto" finds out, file by file
	Split  string        // what a document of plain text is: "file" (or ""), "lines", "blank" (stretches between blank lines)
	Fields corpus.Fields // names of the fields; Text defaults to "text", the others to "id", "source", "date", "url"
	Dedup  dedup.Options // how documents are compared

	// Quality says what is looked for in a text: what is found is repaired by Quality and Clean, and masked while texts are compared
	// by Dedup. Nil for nothing: texts are compared as they are.
	Quality *quality.Options
	// Learn lets a job read its input once more, first, to learn what recurs in the texts of each source.
	Learn bool
	// Signals asks Quality and Clean for the signals of every document, in that form.
	Signals SignalsFormat

	Workers     int   // goroutines; 0 = one for each processor; never changes a result
	MaxDocument int   // longest record in bytes; 0 = 64 MiB
	Memory      int64 // about how many bytes the job may use, 0 = no limit; what is more lies in temporary files inside the folder of the output
	DryRun      bool  // write decisions, pairs and report, but no records
	Strict      bool  // stop at the first record that cannot be read
	Force       bool  // replace the folder of an earlier run

	// StateAfter is how long a run must have lasted before what it has finished is kept for another that goes on with it, should this one be
	// stopped. 0 is one second; negative: anything is kept, at once.
	StateAfter time.Duration

	Version  string               // of the program, for the report
	Progress Progress             // told how far the job is; may be nil
	Notify   func(message string) // told what a person should know and no result shows; may be nil
}

// SignalsFormat is how signals are written: a line for each document, below signals/.
type SignalsFormat string

// The formats. Fields are {"id":…,"signals":{name: value}}; Dolma's are its attributes, {"id":…,"attributes":{name: [[start, end, value]]}}.
const (
	NoSignals    SignalsFormat = ""
	FieldSignals SignalsFormat = "fields"
	DolmaSignals SignalsFormat = "dolma"
)

// Progress is told how far a job is. Its methods are called by one goroutine at a time.
type Progress interface {
	// Stage begins a part of the job; total is its size in bytes, or -1 where it is not known.
	Stage(name string, total int64)
	// Advance tells how far the stage is: bytes done and documents seen, both from its beginning.
	Advance(bytes int64, documents int)
}

// ErrStrict is the cause when Strict stopped a job; the error that wraps it names the record.
var ErrStrict = errors.New("stopped at the first bad record (--strict)")

func (o Options) withDefaults() Options {
	for _, f := range []struct {
		field *string
		name  string
	}{{&o.Fields.Text, "text"}, {&o.Fields.ID, "id"}, {&o.Fields.Source, "source"}, {&o.Fields.Date, "date"}, {&o.Fields.URL, "url"}} {
		if *f.field == "" {
			*f.field = f.name
		}
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Format == "auto" {
		o.Format = ""
	}
	if o.Split == "file" {
		o.Split = ""
	}
	if o.MaxDocument <= 0 {
		o.MaxDocument = corpus.MaxDocument
	}
	if o.StateAfter == 0 {
		o.StateAfter = defaultStateAfter
	}
	if o.Progress == nil {
		o.Progress = silent{}
	}
	if o.Notify == nil {
		o.Notify = func(string) {}
	}
	o.Dedup.Workers = o.Workers
	return o
}

// reading says how the shards are read.
func (o *Options) reading() corpus.ReadOptions {
	return corpus.ReadOptions{Format: o.Format, Split: o.Split, Fields: o.Fields, MaxDocument: o.MaxDocument}
}

type silent struct{}

// Stage does nothing.
func (silent) Stage(string, int64) {}

// Advance does nothing.
func (silent) Advance(int64, int) {}
