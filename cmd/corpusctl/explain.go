package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/corpusctl/corpusctl/report"
)

func newExplain(env environment) *cobra.Command {
	var full bool
	cmd := &cobra.Command{
		Use:   "explain DIR ID",
		Short: "Show why a document was removed: the two texts, with what differs marked",
		Long: `explain shows what a run that wrote DIR did with the document ID (its id, or "file:line"): the kept document it was compared
with, the measures, and both texts as one, a line for each run of words. "-" marks words that only the removed text has,
"+" words that only the kept one has. For a document that was kept it lists what was removed for it.`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			e, err := report.Explain(args[0], args[1])
			if err != nil {
				return err
			}
			return e.WriteText(env.out, report.TextOptions{Full: full, Color: colored(env.out)})
		},
	}
	cmd.Flags().BoolVar(&full, "full", false, "show long runs whole")
	return cmd
}

// colored tells whether to write colours: on a terminal whose user has not set NO_COLOR (https://no-color.org).
func colored(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(f.Fd()))
}
