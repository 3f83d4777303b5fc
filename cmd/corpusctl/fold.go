package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/arabic"
)

func newFold(env environment) *cobra.Command {
	return &cobra.Command{
		Use:   "fold",
		Short: "Fold standard input line by line: print what comparison sees",
		Long: `fold reads lines of text and prints each as comparison sees it: without marks, tatweel and invisible characters, with
one form of each letter and digit, and with one space for all punctuation. Nothing that is written to a corpus is ever
folded.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return foldLines(env.in, env.out) },
	}
}

func foldLines(in io.Reader, out io.Writer) error {
	r, w := bufio.NewReaderSize(in, 1<<16), bufio.NewWriter(out)
	var folded []byte
	for {
		line, err := r.ReadBytes('\n')
		if len(line) > 0 {
			folded = arabic.AppendFold(folded[:0], bytes.TrimSuffix(line, []byte("\n")))
			w.Write(append(folded, '\n')) // an error stays and comes back from Flush
		}
		if err != nil {
			return errors.Join(ignoreEOF(err), w.Flush())
		}
	}
}

func ignoreEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
