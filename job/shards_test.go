package job_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/job"
)

// TestShardsDoNotShow cuts a corpus into several files in the same order: the decisions differ in the places alone.
func TestShardsDoNotShow(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir := t.TempDir()
		all := slices.Collect(bytes.Lines(concatenate(t, inputs)))
		write(t, filepath.Join(dir, "one.jsonl"), bytes.Join(all, nil))
		one, _ := dedup(t, job.Options{Inputs: []string{filepath.Join(dir, "one.jsonl")}})
		const parts = 5
		for i := range parts {
			part := bytes.Join(all[len(all)*i/parts:len(all)*(i+1)/parts], nil)
			write(t, filepath.Join(dir, "many", fmt.Sprintf("%d.jsonl", i)), part)
		}
		many, rep := dedup(t, job.Options{Inputs: []string{filepath.Join(dir, "many")}})
		if len(rep.Inputs) != parts {
			t.Fatalf("%d inputs, want %d", len(rep.Inputs), parts)
		}
		if d := cmp.Diff(placeless(t, one), placeless(t, many)); d != "" {
			t.Errorf("one file (-) and five (+):\n%s", d)
		}
		sameLines(t, filepath.Join(one, "pairs.jsonl"), filepath.Join(many, "pairs.jsonl"))
		for _, folder := range []string{"kept", "removed"} {
			want, got := lines(t, filepath.Join(one, folder, "one.jsonl")), [][]byte{}
			for i := range parts {
				got = append(got, lines(t, filepath.Join(many, folder, fmt.Sprintf("%d.jsonl", i)))...)
			}
			if !slices.EqualFunc(want, got, bytes.Equal) {
				t.Errorf("%s: the lines of the parts are not those of the whole", folder)
			}
		}
	})
}

// placeless reads the decisions without the places of the documents.
func placeless(t *testing.T, dir string) []map[string]any {
	decisions := readLines[map[string]any](t, filepath.Join(dir, "decisions.jsonl"))
	if len(decisions) == 0 {
		t.Fatal("no decisions")
	}
	for _, d := range decisions {
		for _, place := range []string{"file", "line", "removed_line", "duplicate_file", "duplicate_line", "kept_line"} {
			if d[place] == nil {
				t.Fatalf("no %s in %v", place, d)
			}
			delete(d, place)
		}
	}
	return decisions
}

func sameLines(t *testing.T, want, got string) {
	t.Helper()
	if !slices.EqualFunc(lines(t, want), lines(t, got), bytes.Equal) {
		t.Errorf("%s and %s differ", want, got)
	}
}
