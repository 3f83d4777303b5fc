package main

import (
	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/job"
)

func newDedup(env environment) *cobra.Command {
	f := newJobFlags(job.Dedup)
	cmd := &cobra.Command{
		Use:   "dedup INPUT... -o DIR",
		Short: "Find near-duplicates and remove what could go without losing text",
		Long: `dedup reads JSONL, JSON arrays, CSV, TSV, WARC, WET, plain text (each also as .gz, .zst, .bz2) and Parquet: files, folders, globs, "-" for
standard input. It finds copies, cut-down copies and excerpts, and writes to DIR:

  kept/            the records kept, untouched, under the names of the input files
  removed/         the records removed, untouched
  decisions.jsonl  why each removed record went: the kept one it was compared with, and the exact measures
  pairs.jsonl      every verified pair of related documents
  quarantine.jsonl records that could not be read: file, line, reason
  report.json      counts by file, source and relation, and all options
  report.html      the same to look at, with a sample of the decisions: one file, for any browser, no network

A document goes only if a document that is kept contains it; "corpusctl explain DIR ID" shows the two. Leftovers of pages (code, share
buttons, promotion) are masked while texts are compared, unless --compare raw is given; what is written out stays as it is.`,
		Example: `  corpusctl dedup news/ -o out
  zcat news.jsonl.gz | corpusctl dedup - -o out --text-field body
  corpusctl dedup news.jsonl -o out --keep "source:was;reuters,longest"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args, env) },
	}
	fs := cmd.Flags()
	f.defineCommon(fs)
	f.defineDedup(fs)
	fs.StringVar(&f.compare, "compare", "repaired", "compare texts with leftovers masked (repaired), or as they are (raw)")
	f.defineRun(fs)
	return cmd
}
