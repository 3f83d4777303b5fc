package job_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// fuzzNames are names of shards: they choose format and compression where the content does not.
var fuzzNames = [...]string{"a.jsonl", "a.json", "a.csv", "a.tsv", "a.txt", "a.warc", "a.parquet", "a.data", "a.jsonl.gz", "a.csv.zst", "a.txt.bz2"}

// FuzzRun puts random bytes through a whole run, as every format: it ends without a panic, the counts add up, and what is kept can be read again
// to the last record. Goroutines make its coverage vary: fuzz with -fuzzminimizetime 1x, or most of the time goes into making inputs shorter.
func FuzzRun(f *testing.F) {
	const small = 8 << 10
	for i, name := range []string{"articles.csv", "articles.json", "articles.parquet", "lines.txt", "pages.warc.wet.gz"} {
		content, err := os.ReadFile(filepath.Join("../testdata/formats", name))
		if err != nil {
			f.Fatal(err)
		}
		if name != "articles.parquet" {
			content = content[:min(len(content), small)] // also cut off
		}
		f.Add(content, i, i)
	}
	for i := range fuzzNames {
		f.Add([]byte("{\"text\":\"شاركها\",\"id\":1,\"id\":\"2\"}\n{\"text\":\"&#32;\"}\n\nشاركها\n&nbsp;\nنص\n"), i, i)
		f.Add([]byte("text\nشاركها\n&#10;\n\"a\n\n\"\"\"\n"), i, i/2)
	}
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte, name, option int) {
		if len(content) > 64<<10 {
			return
		}
		in := filepath.Join(t.TempDir(), fuzzNames[uint(name)%uint(len(fuzzNames))])
		write(t, in, content)
		formats := append(corpus.Formats(), "auto", "auto", "auto")
		opt := job.Options{
			Inputs: []string{in}, Format: formats[uint(option)%uint(len(formats))], Split: [...]string{"file", "lines", "blank"}[uint(option/16)%3],
			MaxDocument: 32 << 10, Workers: 2, Learn: option%2 == 0, Quality: &quality.Options{Phrases: phrases},
		}
		out, rep, err := fuzzRun(t, opt)
		if err != nil {
			if !strings.Contains(err.Error(), "parquet cannot be written") {
				t.Error(err)
			}
			return
		}
		d := rep.Documents
		if d.Read != d.Kept+d.Removed+d.Quarantined {
			t.Errorf("%+v does not add up", d)
		}
		if rep.Inputs[0].Codec == "plain" && strings.Count(filepath.Base(in), ".") > 1 {
			return // what is left may no longer begin like JSON, and then the name says that it is packed
		}
		opt.Inputs = []string{filepath.Join(out, "kept")}
		if entries, _ := os.ReadDir(opt.Inputs[0]); len(entries) == 0 {
			return // of a text of which nothing is kept there is no file
		}
		opt.Format, opt.MaxDocument = rep.Inputs[0].Format, 0
		_, again, err := fuzzRun(t, opt)
		if err != nil {
			t.Fatal(err)
		}
		if want := d.Kept - explained(t, out); again.Documents.Quarantined > 0 || again.Documents.Read != want {
			t.Errorf("kept %d, %d of them with a text, read again %+v", d.Kept, want, again.Documents)
		}
	})
}

// fuzzRun cleans, and sees that nothing is left behind by a run that failed.
func fuzzRun(t *testing.T, opt job.Options) (string, *report.Report, error) {
	opt.Output = filepath.Join(t.TempDir(), "out")
	rep, err := job.Clean(context.Background(), opt)
	if err != nil {
		nothingLeft(t, filepath.Dir(opt.Output))
	}
	return opt.Output, rep, err
}

// explained has some decisions explained, and counts the documents of which a repair left no record.
func explained(t *testing.T, out string) (vanished int) {
	t.Helper()
	for i, d := range readLines[report.Decision](t, filepath.Join(out, "decisions.jsonl")) {
		if d.Action == "repaired" && d.KeptLine == 0 {
			vanished++
		}
		if i >= 10 {
			continue
		}
		if _, err := report.Explain(out, fmt.Sprintf("%s:%d", d.File, d.Line)); err != nil {
			t.Error(err)
		}
	}
	return vanished
}
