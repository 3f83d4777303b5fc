package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/corpusctl/corpusctl/advise"
	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/corpus/sample"
)

// sampleFlags are those of the commands that look at a sample.
type sampleFlags struct {
	reading   corpus.ReadOptions
	documents int
	seed      uint64
	workers   int
	json      bool
}

func (f *sampleFlags) define(fs *pflag.FlagSet) {
	fs.SortFlags = false
	f.reading.MaxDocument = corpus.MaxDocument
	defineReading(fs, &f.reading.Fields, &f.reading.Format, &f.reading.Split, &f.reading.MaxDocument)
	fs.IntVar(&f.documents, "sample", sample.DefaultDocuments, "documents that are looked at, at most")
	fs.Uint64Var(&f.seed, "seed", 1, "which sample of all: the same seed gives the same")
	fs.IntVar(&f.workers, "workers", 0, "goroutines (default: one for each processor)")
	fs.BoolVar(&f.json, "json", false, "write JSON to standard output")
}

func (f *sampleFlags) check() error {
	if f.documents < 1 {
		return fmt.Errorf("--sample %d: give a number from 1 up", f.documents)
	}
	return nil
}

// show writes a result as JSON, or as text.
func (f *sampleFlags) show(w io.Writer, result any, text func(io.Writer) error) error {
	if !f.json {
		return text(w)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(result)
}

func newAdvise(env environment) *cobra.Command {
	var f sampleFlags
	var write string
	memory := defaultMemory()
	cmd := &cobra.Command{
		Use:   "advise INPUT...",
		Short: "Look at a sample and say how to clean the corpus, what that finds, and what it takes",
		Long: `advise reads the input once, draws different texts from it, and says with numbers and reasons: which fields there are, scripts and
lengths, exact copies, how alike unrelated texts are, which shingle length, bands and thresholds to use, what share of the duplicates that finds (by
formula, and against an exhaustive comparison of the sample), how many candidates, how much time, memory and disk a whole run takes, and which
sources carry furniture of their pages or write by template. It runs dedup and clean on the sample, in the system's folder for temporary files.

With --write FILE it writes a file for --config of dedup and clean, with its reasons as comments.`,
		Example: `  corpusctl advise news/ --write news.yaml
  corpusctl clean news/ -o out --config news.yaml
  zcat news.jsonl.gz | corpusctl advise - --sample 5000 --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, inputs []string) error {
			if err := f.check(); err != nil {
				return err
			}
			if memory < leastMemory {
				return fmt.Errorf("--memory %s is too little: give 128MiB or more", memory.String())
			}
			limitMemory(int64(memory))
			advice, err := advise.Examine(cmd.Context(), advise.Options{
				Inputs: inputs, Reading: f.reading, Documents: f.documents, Seed: f.seed, Workers: f.workers, Memory: int64(memory),
			})
			if err != nil {
				return err
			}
			if write != "" {
				if err := writeConfig(write, advice); err != nil {
					return err
				}
			}
			return f.show(env.out, advice, func(w io.Writer) error { return advice.Print(w, corpus.Printable) })
		},
	}
	fs := cmd.Flags()
	f.define(fs)
	fs.StringVar(&write, "write", "", "file to write the settings to, for --config")
	fs.Var(&memory, "memory", "memory that the whole run may use")
	return cmd
}

func writeConfig(name string, advice *advise.Advice) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := advice.WriteConfig(f, corpus.Printable); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
