package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/report"
)

func newReport(env environment) *cobra.Command {
	var opt report.PageOptions
	cmd := &cobra.Command{
		Use:   "report DIR",
		Short: "Build report.html again from the files of a run, and print the summary",
		Long: `report reads what an earlier run wrote to DIR, writes DIR/report.html anew and prints the summary of the run. With --source or --rule
the page shows evidence of that source, rule, kind or relation alone, and with --sample more of it.`,
		Example: `  corpusctl report out
  corpusctl report out --rule shortened --sample 100
  corpusctl report out --source madar`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return rebuild(env, args[0], opt) },
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.IntVar(&opt.Sample, "sample", report.DefaultSample, "decisions shown of each relation; of a rule half as many, of a repair a third")
	fs.StringVar(&opt.Source, "source", "", "show decisions about documents of this source alone")
	fs.StringVar(&opt.Rule, "rule", "", "show decisions by this rule, kind or relation alone")
	return cmd
}

func rebuild(env environment, dir string, opt report.PageOptions) error {
	if opt.Sample < 1 || opt.Sample > report.MaxSample {
		return fmt.Errorf("--sample %d: give a number from 1 to %d", opt.Sample, report.MaxSample)
	}
	rep, err := report.Load(dir)
	if err != nil {
		return err
	}
	name := filepath.Join(dir, "report.html")
	if err := replace(name, func(f *os.File) error { return rep.WritePage(f, dir, opt) }); err != nil {
		return err
	}
	if err := rep.Summary(env.out, corpus.Printable); err != nil {
		return err
	}
	fmt.Fprintf(env.err, "written to %s\n", corpus.Printable(name))
	return nil
}

// replace writes a file beside the one it takes the place of, so that there is always a whole one.
func replace(name string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".report-*.html")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the renaming there is nothing to remove
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
