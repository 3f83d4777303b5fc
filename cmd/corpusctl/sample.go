package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/report"
)

func newSample(env environment) *cobra.Command {
	opt, output := report.SheetOptions{}, ""
	cmd := &cobra.Command{
		Use:   "sample DIR --by relation|rule|source --output FILE",
		Short: "Draw a sample of what a run did, to be labelled by reading",
		Long: `sample draws from what a run wrote to DIR: pairs by relation, repaired, flagged and rejected documents by rule, or all documents by source,
the same number of each where there are so many. It writes FILE, a JSON object a line whose labels are empty, and beside it a page (FILE.html)
to label in a browser, which saves a file that "corpusctl eval" reads. The same seed draws the same sample.`,
		Example: `  corpusctl sample out --by relation --n 200 --output sheet.jsonl
  corpusctl eval pairs --gold labels.jsonl --run out`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return writeSheet(env, args[0], output, opt) },
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.IntVar(&opt.N, "n", 200, "how many")
	fs.StringVar(&opt.By, "by", "relation", "what is drawn evenly: relation, rule or source")
	fs.Uint64Var(&opt.Seed, "seed", 1, "seed of the draw")
	fs.StringVarP(&output, "output", "o", "", "file to write (required)")
	return cmd
}

func writeSheet(env environment, dir, output string, opt report.SheetOptions) error {
	if output == "" {
		return errors.New("no output file: say where to write with --output FILE")
	}
	if opt.N < 1 || opt.N > report.MaxSheet {
		return fmt.Errorf("--n %d: give a number from 1 to %d", opt.N, report.MaxSheet)
	}
	page := strings.TrimSuffix(output, filepath.Ext(output)) + ".html"
	if page == output {
		return fmt.Errorf("--output %s: give a name that ends in .jsonl; the page gets .html", output)
	}
	s, err := report.NewSheet(dir, opt)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{{output, s.WriteJSONL}, {page, s.WritePage}} {
		if err := replace(f.name, func(to *os.File) error { return f.write(to) }); err != nil {
			return err
		}
		fmt.Fprintf(env.err, "written to %s\n", corpus.Printable(f.name))
	}
	return nil
}
