package job_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// TestRepairsLeaveRecords repairs texts of which nothing is left, or a blank line, where lines and paragraphs are documents, or the values of the
// only column: the records after them are found again, and every text comes back.
func TestRepairsLeaveRecords(t *testing.T) {
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, split, content string
		vanished             int
		want                 []string // of the texts that decisions are about
	}{
		{"a.txt", "lines", "قبل&quot;\nشاركها\n\nبعد&quot;\n&#32;\nنص&quot;\n", 2, []string{"قبل&quot;", "شاركها", "بعد&quot;", "&#32;", "نص&quot;"}},
		{"a.txt", "blank", "قبل&quot;\n\nشاركها\n\nأ\n&nbsp;\nب&#10;&#10;ج\n\n&#10;\n\nبعد&quot;\n", 2,
			[]string{"قبل&quot;", "شاركها", "أ\n&nbsp;\nب&#10;&#10;ج", "&#10;", "بعد&quot;"}},
		{"a.csv", "", "text\nقبل&quot;\nشاركها\n\n&#32;\nبعد&quot;\n", 0, []string{"قبل&quot;", "شاركها", "&#32;", "بعد&quot;"}},
	} {
		t.Run(c.name+c.split, func(t *testing.T) {
			in := filepath.Join(t.TempDir(), c.name)
			write(t, in, []byte(c.content))
			opt := job.Options{Inputs: []string{in}, Split: c.split, Quality: &quality.Options{Phrases: phrases}}
			dir, rep := clean(t, opt)
			decisions := readLines[report.Decision](t, filepath.Join(dir, "decisions.jsonl"))
			if len(decisions) != len(c.want) {
				t.Fatalf("%d decisions, want %d", len(decisions), len(c.want))
			}
			for i, d := range decisions {
				e, err := report.Explain(dir, fmt.Sprintf("%s:%d", d.File, d.Line))
				if err != nil {
					t.Error(err)
				} else if e.Removed != c.want[i] {
					t.Errorf("%q was %q", e.Removed, c.want[i])
				}
			}
			if got := explained(t, dir); got != c.vanished {
				t.Errorf("%d records have vanished, want %d", got, c.vanished)
			}
			opt.Inputs = []string{filepath.Join(dir, "kept")}
			if _, again := clean(t, opt); again.Documents.Read != rep.Documents.Kept-c.vanished {
				t.Errorf("read again: %+v of %+v", again.Documents, rep.Documents)
			}
		})
	}
}
