package report_test

import (
	"io"
	"testing"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/report"
)

// BenchmarkPage builds the page from the files of a run.
func BenchmarkPage(b *testing.B) {
	for _, corpus := range []string{"bundled", "saudinewsnet"} {
		b.Run("corpus="+corpus, func(b *testing.B) {
			inputs := []string{bundled}
			if corpus != "bundled" {
				if testing.Short() {
					b.Skip("cleans 31,030 articles first")
				}
				inputs = []string{evaldata.Plain(b, "corpora/saudinewsnet.jsonl.zst")}
			}
			dir := clean(b, job.Options{Inputs: inputs})
			rep, err := report.Load(dir)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := rep.WritePage(io.Discard, dir, report.PageOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
