package main

import (
	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/job"
)

// files describes what quality and clean write.
const files = `
  kept/            the records kept, under the names of the input files; only the text of a repaired one differs
  removed/         the records removed, untouched
  decisions.jsonl  what was done to each document and why, with all that was cut, so that it can be put back
  pairs.jsonl      every verified pair of related documents
  profile.yaml     what was learned about the furniture of each source: read it, edit it, give it to the next run
  quarantine.jsonl records that could not be read: file, line, reason
  report.json      counts by file, source and rule, and all options
  report.html      the same to look at, with a sample of the decisions: one file, for any browser, no network
`

func newClean(env environment) *cobra.Command {
	f := newJobFlags(job.Clean)
	cmd := &cobra.Command{
		Use:   "clean INPUT... -o DIR",
		Short: "Repair texts, remove what is no prose, remove near-duplicates: the main job",
		Long: `clean reads JSONL, JSON arrays, CSV, TSV, WARC, WET, plain text (each also as .gz, .zst, .bz2) and Parquet: files, folders, globs, "-" for
standard input. It cuts what the page left in the texts (code, share buttons, promotion, headlines of other stories), marks truncated
texts, removes what is no prose, and then removes near-duplicates. It writes to DIR:
` + files + `
"corpusctl explain DIR ID" shows what was done to a document and why.`,
		Example: `  corpusctl clean news/ -o out
  corpusctl clean news.jsonl -o out --preset gopher --set gopher_short_doc=30
  corpusctl clean news.jsonl -o out --profile last/profile.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args, env) },
	}
	fs := cmd.Flags()
	f.defineCommon(fs)
	f.defineQuality(fs)
	f.defineDedup(fs)
	f.defineRun(fs)
	return cmd
}

func newQuality(env environment) *cobra.Command {
	f := newJobFlags(job.Quality)
	cmd := &cobra.Command{
		Use:   "quality INPUT... -o DIR",
		Short: "Repair texts and remove what is no prose; no comparison of texts",
		Long: `quality does what clean does, but for the comparison of texts. It writes to DIR:
` + files,
		Example: `  corpusctl quality news/ -o out
  corpusctl quality news.jsonl -o out --dry-run --signals`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args, env) },
	}
	fs := cmd.Flags()
	f.defineCommon(fs)
	f.defineQuality(fs)
	f.defineRun(fs)
	return cmd
}
