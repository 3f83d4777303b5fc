package job_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/dedup/truth"
	"github.com/corpusctl/corpusctl/eval"
	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/job"
)

type decision struct {
	ID, File      string
	Line          int
	Action        string
	DuplicateOf   string `json:"duplicate_of"`
	Relation      string
	Jaccard       float64
	Containment   float64
	RemovedLine   int    `json:"removed_line"`
	DuplicateFile string `json:"duplicate_file"`
	KeptLine      int    `json:"kept_line"`
}

type pair struct {
	A, B, Relation, Drop string
	Jaccard              float64
	ContainmentA         float64 `json:"containment_a"`
	ContainmentB         float64 `json:"containment_b"`
}

// readLines decodes a file of one JSON object a line.
func readLines[T any](tb testing.TB, path string) []T {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var out []T
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<28)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			tb.Fatalf("%s: %v", path, err)
		}
		out = append(out, v)
	}
	return out
}

// shingles is the set of 7-character shingles of a folded text, the plain way.
func shingles(text string) map[string]bool {
	runes, set := []rune(arabic.Fold(text)), map[string]bool{}
	for i := 0; i == 0 || i+7 <= len(runes); i++ {
		set[string(runes[i:min(i+7, len(runes))])] = true
	}
	return set
}

// records are the texts of the files of a folder by file and line.
type records map[string][]string

func readRecords(tb testing.TB, dir string) records {
	out := records{}
	names, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range names {
		for _, r := range readLines[struct{ Text string }](tb, name) {
			out[filepath.Base(name)] = append(out[filepath.Base(name)], r.Text)
		}
	}
	return out
}

// TestRemovalsAreRight computes every removal again from the output files: its partner is kept, and the measures are right to
// the last digit.
func TestRemovalsAreRight(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, rep := dedup(t, job.Options{Inputs: inputs})
		kept, removed := readRecords(t, filepath.Join(dir, "kept")), readRecords(t, filepath.Join(dir, "removed"))
		decisions := readLines[decision](t, filepath.Join(dir, "decisions.jsonl"))
		if len(decisions) != rep.Documents.Removed || len(decisions) == 0 {
			t.Fatalf("%d decisions, the report says %d removed", len(decisions), rep.Documents.Removed)
		}
		for _, d := range decisions {
			a, b := shingles(removed[d.File][d.RemovedLine-1]), shingles(kept[d.DuplicateFile][d.KeptLine-1])
			shared := 0
			for s := range a {
				if b[s] {
					shared++
				}
			}
			if j := float64(shared) / float64(len(a)+len(b)-shared); j != d.Jaccard {
				t.Errorf("%s: jaccard %v, computed %v", d.ID, d.Jaccard, j)
			}
			if c := float64(shared) / float64(len(a)); c != d.Containment || c < .7 {
				t.Errorf("%s: containment %v, computed %v", d.ID, d.Containment, c)
			}
		}
	})
}

// TestLinesAreTheInputs checks that the kept and the removed lines together are the input's, in its order, byte for byte.
func TestLinesAreTheInputs(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, _ := dedup(t, job.Options{Inputs: inputs})
		gone := map[string]map[int]bool{}
		for _, d := range readLines[decision](t, filepath.Join(dir, "decisions.jsonl")) {
			if gone[d.File] == nil {
				gone[d.File] = map[int]bool{}
			}
			gone[d.File][d.Line] = true
		}
		names, _ := filepath.Glob(filepath.Join(inputs[0], "*.jsonl"))
		if len(names) == 0 {
			names = inputs
		}
		for _, name := range names {
			file := filepath.Base(name)
			kept, removed := lines(t, filepath.Join(dir, "kept", file)), lines(t, filepath.Join(dir, "removed", file))
			for i, line := range lines(t, name) {
				from := &kept
				if gone[file][i+1] {
					from = &removed
				}
				if len(*from) == 0 || !bytes.Equal((*from)[0], line) {
					t.Fatalf("%s:%d does not come next", file, i+1)
				}
				*from = (*from)[1:]
			}
			if len(kept)+len(removed) > 0 {
				t.Errorf("%s: %d kept and %d removed lines are left over", file, len(kept), len(removed))
			}
		}
	})
}

func lines(tb testing.TB, path string) [][]byte {
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return slices.Collect(bytes.Lines(content))
}

// TestLabels holds drop decisions against labels made by reading.
func TestLabels(t *testing.T) {
	t.Run("labels=bundled", func(t *testing.T) {
		dir, _ := dedup(t, job.Options{Inputs: []string{bundled}})
		checkLabels(t, dir, "../testdata/labels/pairs.jsonl", .96, .97)
	})
	t.Run("labels=saudinewsnet", func(t *testing.T) {
		gold := evaldata.Path(t, "gold/pairs-dev.jsonl")
		dir, _ := dedup(t, job.Options{Inputs: []string{evaldata.Plain(t, "corpora/saudinewsnet.jsonl.zst")}})
		checkLabels(t, dir, gold, .99, .98)
	})
}

func checkLabels(t *testing.T, dir, gold string, wantPrecision, wantRecall float64) {
	r, err := eval.Pairs(eval.Options{Gold: gold, Run: dir, Errors: 20})
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	r.WriteText(&table)
	t.Log(table.String())
	if n := r.Labels; n.Compared+n.Unsure != n.Read {
		t.Errorf("labels that were not compared: %+v", n)
	}
	drop := r.Sections[0].Classes[0].Counts
	if p, c := drop.Precision(), drop.Recall(); !(p >= wantPrecision && c >= wantRecall) {
		t.Errorf("precision %.3f recall %.3f, want %.2f and %.2f", p, c, wantPrecision, wantRecall)
	}
}

// TestRecall holds the listed pairs against an exhaustive comparison.
func TestRecall(t *testing.T) {
	if testing.Short() {
		t.Skip("compares all pairs of a corpus")
	}
	corpus := evaldata.Plain(t, "corpora/saudinewsnet.jsonl.zst")
	dir, _ := dedup(t, job.Options{Inputs: []string{corpus}, DryRun: true})
	listed := map[[2]string]bool{}
	for _, p := range readLines[pair](t, filepath.Join(dir, "pairs.jsonl")) {
		listed[[2]string{p.A, p.B}] = true
	}
	var ids []string
	var texts [][]byte
	for _, r := range readLines[struct{ ID, Text string }](t, corpus) {
		if folded := arabic.Fold(r.Text); len([]rune(folded)) >= 200 {
			ids, texts = append(ids, r.ID), append(texts, []byte(folded))
		}
	}
	all, err := truth.Pairs(texts, truth.Options{K: 9, MinJaccard: .6, MinContainment: .8})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, p := range all.Pairs {
		if listed[[2]string{ids[p.A], ids[p.B]}] {
			found++
		}
	}
	recall := float64(found) / float64(len(all.Pairs))
	t.Logf("%d of %d pairs listed: %.4f", found, len(all.Pairs), recall)
	if recall < .998 || len(all.Pairs) < 10_000 {
		t.Errorf("recall %.4f of %d pairs, want .998 of 10,000 or more", recall, len(all.Pairs))
	}
}

// TestBadLinesAddUp puts a bad record between all good ones: nothing vanishes.
func TestBadLinesAddUp(t *testing.T) {
	good := bytes.SplitAfter(concatenate(t, []string{bundled}), []byte("\n"))
	var mixed []byte
	n := 0
	for _, line := range good {
		if len(line) > 0 {
			n++
			mixed = append(append(mixed, line...), strings.Repeat("[", n)+"\n"...)
		}
	}
	in := filepath.Join(t.TempDir(), "mixed.jsonl")
	write(t, in, mixed)
	_, rep := dedup(t, job.Options{Inputs: []string{in}})
	d := rep.Documents
	if d.Read != 2*n || d.Quarantined != n || d.Kept+d.Removed != n {
		t.Errorf("%d records, half of them bad: %+v", 2*n, d)
	}
}
