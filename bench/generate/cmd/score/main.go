// Command score measures what a run removed from a generated corpus against the labels that were written with it.
//
//	generate -docs 1000000 -labels labels.jsonl > corpus.jsonl
//	corpusctl dedup corpus.jsonl -o out
//	score labels.jsonl out
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/bench/generate"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: score LABELS DIR")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(2)
	}
}

// run scores the decisions of a run's folder.
func run(w io.Writer, labels, dir string) error {
	score, err := generate.ScoreRun(labels, filepath.Join(dir, "decisions.jsonl"))
	if err != nil {
		return err
	}
	return score.Write(w)
}
