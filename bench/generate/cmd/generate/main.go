// Command generate writes a corpus whose duplicates are known (package generate).
//
//	generate -docs 1000000 -labels labels.jsonl > corpus.jsonl
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/corpusctl/corpusctl/bench/generate"
)

func main() {
	var opt generate.Options
	var out, labels string
	flag.IntVar(&opt.Documents, "docs", 100_000, "number of documents")
	flag.Uint64Var(&opt.Seed, "seed", 1, "which corpus of all")
	flag.IntVar(&opt.Bytes, "bytes", generate.ShortBytes, "mean length of a text in bytes; 2400 is that of news")
	flag.StringVar(&out, "o", "", "`FILE` to write (default: standard output)")
	flag.StringVar(&labels, "labels", "", "`FILE` for the labels of the pairs (default: none are written)")
	flag.Parse()
	if err := run(opt, out, labels); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(2)
	}
}

func run(opt generate.Options, out, labels string) (err error) {
	g, err := generate.New(opt)
	if err != nil {
		return err
	}
	var records, pairs io.Writer = os.Stdout, nil
	for _, f := range []struct {
		name string
		to   *io.Writer
	}{{out, &records}, {labels, &pairs}} {
		if f.name == "" {
			continue
		}
		file, cerr := os.Create(f.name)
		if cerr != nil {
			return cerr
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		*f.to = file
	}
	return g.Write(records, pairs)
}
