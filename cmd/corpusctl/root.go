package main

import (
	"github.com/spf13/cobra"
)

func newRoot(env environment, prof *profile) *cobra.Command {
	root := &cobra.Command{
		Use:   "corpusctl",
		Short: "Clean text corpora for language-model training, Arabic news first",
		Long: `corpusctl cleans text corpora. It cuts out what web pages leave in texts (code, share buttons, promotion), removes what is no prose,
and finds near-duplicate wire copies: one agency text that many papers republish, edited, cut down or quoted. Every cut can be undone,
and of every removal it is said why, and for a duplicate which kept document it was compared with.

A run that was killed or interrupted is gone on with by the same command.

Exit status: 0 done; 1 done, but records that could not be read were quarantined; 2 not done.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(env.in)
	root.SetOut(env.out)
	root.SetErr(env.err)
	prof.define(root)
	root.AddCommand(newClean(env), newQuality(env), newDedup(env), newExplain(env), newReport(env), newAdvise(env), newAudit(env), newEval(env), newSample(env), newFold(env), newVersion(env))
	return root
}
