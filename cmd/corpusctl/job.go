package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/report"
)

// jobFlags are the flags of the commands that run a job, as they are typed.
type jobFlags struct {
	job.Options
	do      func(context.Context, job.Options) (*report.Report, error)
	keep    string
	compare string
	quality qualityFlags
	config  string
	memory  byteSize
	quiet   bool
}

func newJobFlags(do func(context.Context, job.Options) (*report.Report, error)) *jobFlags {
	f := &jobFlags{do: do, compare: "repaired", keep: dedup.DefaultPolicy().String()}
	f.Dedup = dedup.DefaultOptions()
	f.MaxDocument, f.memory = corpus.MaxDocument, defaultMemory()
	return f
}

// defineCommon defines the flags that say what is read and where the result goes.
func (f *jobFlags) defineCommon(fs *pflag.FlagSet) {
	fs.SortFlags = false
	fs.StringVarP(&f.Output, "output", "o", "", "folder to write (required)")
	defineReading(fs, &f.Fields, &f.Format, &f.Split, &f.MaxDocument)
}

// defineReading defines the flags that say how records are read.
func defineReading(fs *pflag.FlagSet, fields *corpus.Fields, format, split *string, longest *int) {
	fs.StringVar(&fields.Text, "text-field", "text", "field that holds the text; dots reach into objects")
	fs.StringVar(&fields.ID, "id-field", "id", "field that names a document")
	fs.StringVar(&fields.Source, "source-field", "source", "field that names the paper or site")
	fs.StringVar(&fields.Date, "date-field", "date", "field that holds the date, for the keep policy")
	fs.StringVar(&fields.URL, "url-field", "url", "field that holds the address")
	fs.StringVar(format, "format", "auto", "how records are stored: "+strings.Join(corpus.Formats(), ", ")+"; auto looks at each file")
	fs.StringVar(split, "split", "file", "what a document of plain text is: the file, each of its lines, or what stands between blank lines (blank)")
	fs.Var((*byteSize)(longest), "max-document", "longest record that is read")
}

// defineDedup defines the flags of the comparison.
func (f *jobFlags) defineDedup(fs *pflag.FlagSet) {
	fs.StringVar(&f.keep, "keep", f.keep, "which copy stays: longest, earliest, latest, source:a;b;c, first")
	fs.IntVar(&f.Dedup.Shingle, "shingle", f.Dedup.Shingle, "length of the shingles that are compared, in characters")
	fs.IntVar(&f.Dedup.Bands, "bands", f.Dedup.Bands, "bands of the sketch")
	fs.IntVar(&f.Dedup.Rows, "rows", f.Dedup.Rows, "rows of a band")
	fs.IntVar(&f.Dedup.SampleShingle, "sample-shingle", f.Dedup.SampleShingle, "length of the sampled shingles that find cut-down copies")
	fs.IntVar(&f.Dedup.SampleRate, "sample-rate", f.Dedup.SampleRate, "one of how many of them is kept")
	fs.IntVar(&f.Dedup.MinShingles, "min-shingles", f.Dedup.MinShingles, "texts with fewer shingles are duplicates only when equal")
	fs.IntVar(&f.Dedup.MaxBucket, "max-bucket", f.Dedup.MaxBucket, "documents in a bucket from which it no longer proposes all pairs")
	fs.IntVar(&f.Dedup.MaxPosting, "max-posting", f.Dedup.MaxPosting, "the same for a sampled shingle")
}

// defineRun defines the flags that say how a job runs.
func (f *jobFlags) defineRun(fs *pflag.FlagSet) {
	fs.IntVar(&f.Workers, "workers", 0, "goroutines (default: one for each processor); never changes the result")
	fs.Var(&f.memory, "memory", "most memory to use; what does not fit lies in temporary files inside the output folder; never changes the result")
	fs.BoolVar(&f.DryRun, "dry-run", false, "write decisions, pairs and report, but no records")
	fs.BoolVar(&f.Strict, "strict", false, "stop at the first record that cannot be read")
	fs.BoolVar(&f.Force, "force", false, "replace DIR if an earlier run wrote it")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "no progress and no summary")
	fs.DurationVar(&f.StateAfter, "state-after", 0, "how long a run must have lasted before what is finished is kept for a run that goes on")
	fs.Lookup("state-after").Hidden = true // for tests
	fs.StringVar(&f.config, "config", "", "YAML file with flags and their values; flags given here win")
}

// options checks what was typed and completes the options.
func (f *jobFlags) options(flags *pflag.FlagSet) (err error) {
	if err := applyConfig(flags, f.config); err != nil {
		return err
	}
	if f.Output == "" {
		return fmt.Errorf("no output folder: say where to write with -o DIR")
	}
	if f.Dedup.Keep, err = dedup.ParsePolicy(f.keep); err != nil {
		return err
	}
	switch {
	case f.quality.defined:
		err = f.quality.apply(&f.Options)
	case f.compare == "repaired":
		err = f.quality.mask(&f.Options)
	case f.compare != "raw":
		err = fmt.Errorf("compare %q: give repaired or raw", f.compare)
	}
	return err
}

const leastMemory = 128 << 20

// defaultMemory is 2 GiB, or what a machine of 32 bits can name.
func defaultMemory() byteSize { return byteSize(min(int64(2<<30), math.MaxInt)) }

func (f *jobFlags) run(cmd *cobra.Command, inputs []string, env environment) error {
	if err := f.options(cmd.Flags()); err != nil {
		return err
	}
	if f.memory < leastMemory {
		return fmt.Errorf("--memory %s is too little: give 128MiB or more", f.memory.String())
	}
	f.Inputs, f.Version, f.Memory = inputs, programVersion(), int64(f.memory)
	limitMemory(f.Memory)
	bar := newProgress(env.err, f.quiet)
	f.Progress = bar
	if !f.quiet {
		f.Notify = func(message string) { fmt.Fprintln(env.err, corpus.Printable(message)) }
	}
	rep, err := f.do(cmd.Context(), f.Options)
	bar.finish()
	if err != nil {
		return err
	}
	if !f.quiet {
		if err := rep.Summary(env.err, corpus.Printable); err != nil {
			return err
		}
		fmt.Fprintf(env.err, "written to %s\n", corpus.Printable(f.Output))
	}
	if rep.Documents.Quarantined > 0 {
		return errQuarantined
	}
	return nil
}
