package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/eval"
)

// evaluation is a subcommand of eval.
type evaluation struct {
	name, short string
	do          func(eval.Options) (*eval.Result, error)
}

var evaluations = []evaluation{
	{"pairs", "Labels of pairs against pairs.jsonl: which of two documents may go, and their relation", eval.Pairs},
	{"spans", "Labelled leftovers against what was found in texts, by characters", eval.Spans},
	{"documents", "Labels of documents against decisions: truncated, worth keeping", eval.Documents},
	{"clusters", "Labels of clusters against what was removed for what: B-cubed, adjusted Rand index", eval.Clusters},
}

func newEval(env environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Hold a run against labels: precision, recall, F1, intervals, and the mistakes",
		Long: `eval compares what a run wrote to DIR with labels: a file of one JSON object a line, as docs/FORMAT.md describes, and as "corpusctl sample"
makes it to be filled in. Labels that cannot be compared are counted and told.`,
		Example: `  corpusctl eval pairs --gold labels.jsonl --run out
  corpusctl eval spans --gold labels.jsonl --run out --errors 20`,
	}
	for _, e := range evaluations {
		cmd.AddCommand(newEvaluation(env, e))
	}
	return cmd
}

func newEvaluation(env environment, e evaluation) *cobra.Command {
	opt, asJSON := eval.Options{Seed: 1}, false
	cmd := &cobra.Command{
		Use:   e.name + " --gold FILE --run DIR",
		Short: e.short,
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if opt.Gold == "" || opt.Run == "" {
				return errors.New("give the labels with --gold FILE and the folder of a run with --run DIR")
			}
			if opt.Errors < 0 {
				return fmt.Errorf("--errors %d: give 0 or more", opt.Errors)
			}
			r, err := e.do(opt)
			if err != nil {
				return err
			}
			if asJSON {
				out := json.NewEncoder(env.out)
				out.SetIndent("", "  ")
				err = out.Encode(r)
			} else {
				err = r.WriteText(env.out)
			}
			if err == nil && r.Labels.Broken > 0 {
				return errQuarantined
			}
			return err
		},
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVar(&opt.Gold, "gold", "", "file of labels (required)")
	fs.StringVar(&opt.Run, "run", "", "folder that a run wrote (required)")
	if e.name == "spans" {
		fs.StringSliceVar(&opt.Kinds, "kinds", eval.DefaultKinds(), "kinds of leftovers that are wanted and counted; others are neither wanted nor wrong")
	}
	fs.BoolVar(&opt.Unsure, "unsure", false, "count borderline labels too (sure 0)")
	fs.IntVar(&opt.Errors, "errors", 0, "list that many mistakes")
	fs.Uint64Var(&opt.Seed, "seed", opt.Seed, "seed of the draws that intervals come from")
	fs.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
