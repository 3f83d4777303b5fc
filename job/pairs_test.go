package job_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/job"
)

// TestPairsAreRight computes the measures of every listed pair again from the texts, and checks what a pair must be: its
// documents in order, a drop side that fits its relation and measures, and one line for each pair.
func TestPairsAreRight(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, _ := dedup(t, job.Options{Inputs: inputs, DryRun: true})
		place, texts := map[string]int{}, []string{}
		for _, in := range sortedFiles(inputs) {
			for _, r := range readLines[struct{ ID, Text string }](t, in) {
				place[r.ID] = len(texts)
				texts = append(texts, arabic.Fold(r.Text))
			}
		}
		pairs := readLines[pair](t, filepath.Join(dir, "pairs.jsonl"))
		if len(pairs) == 0 {
			t.Fatal("no pairs")
		}
		var set map[string]bool // of the last a: the pairs of a document stand together
		last, before := "", [2]int{-1, -1}
		for _, p := range pairs {
			at := [2]int{place[p.A], place[p.B]}
			if slices.Compare(at[:], before[:]) <= 0 || at[0] >= at[1] {
				t.Errorf("%s %s stands out of order", p.A, p.B)
			}
			before = at
			if p.A != last {
				set, last = shingles(texts[at[0]]), p.A
			}
			checkPair(t, p, set, shingles(texts[at[1]]))
		}
	})
}

func sortedFiles(inputs []string) []string {
	var out []string
	for _, in := range inputs {
		names, _ := filepath.Glob(filepath.Join(in, "*.jsonl"))
		if len(names) == 0 {
			names = []string{in}
		}
		out = append(out, names...)
	}
	return out
}

// drops are the drop sides that a relation allows.
var drops = map[string][]string{
	"copy": {"either"}, "shortened": {"a", "b"}, "contained": {"a", "b"}, "revised": {"none"}, "template": {"none"},
}

func checkPair(t *testing.T, p pair, a, b map[string]bool) {
	t.Helper()
	shared := 0
	for s := range b {
		if a[s] {
			shared++
		}
	}
	j, ca, cb := float64(shared)/float64(len(a)+len(b)-shared), float64(shared)/float64(len(a)), float64(shared)/float64(len(b))
	if j != p.Jaccard || ca != p.ContainmentA || cb != p.ContainmentB {
		t.Errorf("%s %s: measures %v %v %v, computed %v %v %v", p.A, p.B, p.Jaccard, p.ContainmentA, p.ContainmentB, j, ca, cb)
	}
	if !slices.Contains(drops[p.Relation], p.Drop) {
		t.Errorf("%s %s: a %s pair of which %q may go", p.A, p.B, p.Relation, p.Drop)
	}
	if p.Drop == "a" && ca < .7 || p.Drop == "b" && cb < .7 || j < .3 && max(ca, cb) < .5 {
		t.Errorf("%s %s: %s, %q may go, with measures %v %v %v", p.A, p.B, p.Relation, p.Drop, j, ca, cb)
	}
}
