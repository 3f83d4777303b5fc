package main

import (
	"github.com/spf13/cobra"
)

func newRoot(env environment, prof *profile) *cobra.Command {
	root := &cobra.Command{
		Use:   "corpusctl",
		Short: "Clean text corpora for language-model training, Arabic news first",
		Long: `corpusctl finds near-duplicate wire copies in text corpora: one agency text that many papers republish, edited, cut
down or quoted. It removes what could go without losing text, and says of every removal which kept document it was
compared with, and how much of it stands there.

Exit status: 0 done; 1 done, but records that could not be read were quarantined; 2 not done.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(env.in)
	root.SetOut(env.out)
	root.SetErr(env.err)
	prof.define(root)
	root.AddCommand(newDedup(env), newExplain(env), newFold(env), newVersion(env))
	return root
}
