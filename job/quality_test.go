package job_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
	"github.com/corpusctl/corpusctl/report"
)

// everything is what the commands quality and clean look for by default.
func everything(tb testing.TB) *quality.Options {
	tb.Helper()
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		tb.Fatal(err)
	}
	preset, err := quality.LoadPreset("news-ar")
	if err != nil {
		tb.Fatal(err)
	}
	return &quality.Options{Phrases: phrases, Preset: preset}
}

// clean runs the main job into a new folder.
func clean(tb testing.TB, opt job.Options) (string, *report.Report) {
	tb.Helper()
	opt.Output = filepath.Join(tb.TempDir(), "out")
	if opt.Quality == nil {
		opt.Quality, opt.Learn = everything(tb), true
	}
	rep, err := job.Clean(context.Background(), opt)
	if err != nil {
		tb.Fatal(err)
	}
	return opt.Output, rep
}

// TestRepairsCanBeUndone rebuilds the text of every input record from the kept or removed record and its spans, and checks that what is
// not repaired is untouched to the byte.
func TestRepairsCanBeUndone(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, rep := clean(t, job.Options{Inputs: inputs})
		byPlace := map[string]*report.Decision{}
		decisions := readLines[report.Decision](t, filepath.Join(dir, "decisions.jsonl"))
		checkRejected(t, decisions)
		for _, d := range decisions {
			byPlace[fmt.Sprint(d.File, d.Line)] = &d
		}
		kept, removed := rawLines(t, filepath.Join(dir, "kept")), rawLines(t, filepath.Join(dir, "removed"))
		repaired := 0
		for _, in := range rep.Inputs {
			keptAt, removedAt := 0, 0
			for i, line := range linesOf(t, in.File) {
				d := byPlace[fmt.Sprint(in.Name, i+1)]
				var out string
				if d != nil && d.Action == "removed" {
					out = removed[in.Name][removedAt]
					if removedAt++; d.RemovedLine != removedAt {
						t.Fatalf("%s:%d stands in line %d of removed, not %d", in.Name, i+1, removedAt, d.RemovedLine)
					}
				} else {
					out = kept[in.Name][keptAt]
					if keptAt++; d != nil && d.KeptLine != keptAt {
						t.Fatalf("%s:%d stands in line %d of kept, not %d", in.Name, i+1, keptAt, d.KeptLine)
					}
				}
				if d == nil || d.Action != "repaired" {
					if out != line {
						t.Fatalf("%s:%d is not as it was read", in.Name, i+1)
					}
					continue
				}
				repaired++
				if got, want := report.Undo(textOf(t, out), d.Spans), textOf(t, line); got != want {
					t.Fatalf("%s:%d cannot be undone: %q, want %q", in.Name, i+1, got, want)
				}
				if without(t, out) != without(t, line) {
					t.Fatalf("%s:%d differs in more than its text", in.Name, i+1)
				}
			}
		}
		if repaired != rep.Found.Repaired || repaired == 0 {
			t.Errorf("%d repaired, the report says %d", repaired, rep.Found.Repaired)
		}
		if n := rep.Documents; n.Read != n.Kept+n.Removed+n.Quarantined {
			t.Errorf("the counts do not add up: %+v", n)
		}
	})
}

// rawLines reads the lines of the files of a folder.
func rawLines(tb testing.TB, dir string) map[string][]string {
	tb.Helper()
	out := map[string][]string{}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range names {
		out[filepath.Base(name)] = linesOf(tb, name)
	}
	return out
}

func linesOf(tb testing.TB, path string) []string {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}

func textOf(tb testing.TB, line string) string {
	tb.Helper()
	var r struct{ Text string }
	if err := json.Unmarshal([]byte(line), &r); err != nil {
		tb.Fatal(err)
	}
	return r.Text
}

// without returns a record without its text, as bytes.
func without(tb testing.TB, line string) string {
	tb.Helper()
	var r map[string]json.RawMessage
	if err := json.Unmarshal([]byte(line), &r); err != nil {
		tb.Fatal(err)
	}
	delete(r, "text")
	out, err := json.Marshal(r)
	if err != nil {
		tb.Fatal(err)
	}
	return string(out)
}

// TestCleanIsTheSame runs with other numbers of workers, and again with the profile that the first run wrote: the same bytes.
func TestCleanIsTheSame(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, _ := clean(t, job.Options{Inputs: inputs, Workers: 1, Signals: job.FieldSignals})
		want := files(t, dir)
		for _, workers := range []int{7} {
			dir, _ := clean(t, job.Options{Inputs: inputs, Workers: workers, Signals: job.FieldSignals})
			sameFiles(t, fmt.Sprintf("%d workers", workers), want, files(t, dir))
		}
		profile, err := recur.ReadProfile(strings.NewReader(want["profile.yaml"]))
		if err != nil {
			t.Fatal(err)
		}
		opt := everything(t)
		opt.Learned = profile
		dir, _ = clean(t, job.Options{Inputs: inputs, Quality: opt, Signals: job.FieldSignals})
		sameFiles(t, "with the profile", want, files(t, dir))
	})
}

// checkRejected checks that a text which a rule removes is kept for nobody.
func checkRejected(t *testing.T, decisions []report.Decision) {
	gone := map[string]bool{}
	for _, d := range decisions {
		if d.Action == "removed" && d.DuplicateOf == "" {
			gone[d.ID] = true
			if len(d.Reasons) == 0 {
				t.Errorf("%s was removed without a reason", d.ID)
			}
		}
	}
	for _, d := range decisions {
		if gone[d.DuplicateOf] {
			t.Errorf("%s goes for %s, which was removed", d.ID, d.DuplicateOf)
		}
	}
}
