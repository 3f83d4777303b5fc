package generate

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/dedup"
)

// TestScoreOfRun: package dedup finds what was planted and nothing else; a run that does worse has lost something.
func TestScoreOfRun(t *testing.T) {
	g := generator(t, Options{Seed: 8, Documents: 4000, Bytes: ShortBytes})
	var records, labels, decisions bytes.Buffer
	if err := g.Write(&records, &labels); err != nil {
		t.Fatal(err)
	}
	var texts []string
	var d Document
	for i := range 4000 {
		g.Make(i, &d)
		texts = append(texts, string(d.Text))
	}
	result, err := dedup.Find(texts, dedup.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range result.Removed {
		fmt.Fprintf(&decisions, `{"id":"n%09d","action":"removed","duplicate_of":"n%09d"}`+"\n", r.Doc, r.Kept)
	}
	s, err := NewScorer(&labels)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Decisions(&decisions); err != nil {
		t.Fatal(err)
	}
	if score := s.Score(); score.Recall() < .995 || score.Precision() < .999 || score.Removed < 800 {
		var table strings.Builder
		score.Write(&table)
		t.Error(table.String())
	}
}

// line makes a label of a family, of which n000000001 is the original.
func labelLine(b int, kind string, holds Holding) string {
	return fmt.Sprintf(`{"a":"n000000001","b":"n%09d","kind":%q,"holds":"%x"}`+"\n", b, kind, uint64(holds))
}

// TestScore gives every judgement a removal can have.
func TestScore(t *testing.T) {
	head, middle := Holding(1<<40-1), Holding(1<<30-1)<<20
	labels := labelLine(2, "exact", whole) + labelLine(3, "truncated", head) + labelLine(4, "excerpt", 1<<20-1) +
		labelLine(5, "dropped", middle) + labelLine(6, "enlarged", whole) + labelLine(7, "quote", 1<<10-1) + labelLine(8, "facts", 0)
	for _, c := range []struct {
		x, y int
		want bool
	}{
		{2, 1, true}, {1, 2, true}, // copies, either way
		{3, 1, true}, {1, 3, false}, // a text that was cut has less than the original
		{4, 3, true}, {3, 4, false}, {4, 5, false}, // one part stands in the other, or not
		{1, 6, true}, {3, 6, true}, {6, 1, false}, // the larger text has all, and something of its own
		{7, 1, false}, {1, 7, false}, {8, 1, false}, {1, 8, false}, // a quotation and other facts are no copies
		{9, 1, false}, {1, 9, false}, {10, 9, false}, // of another family, or of none
	} {
		s, err := NewScorer(strings.NewReader(labels))
		if err != nil {
			t.Fatal(err)
		}
		decision := fmt.Sprintf(`{"id":"n%09d","action":"removed","duplicate_of":"n%09d"}`, c.x, c.y)
		if err := s.Decisions(strings.NewReader(decision)); err != nil {
			t.Fatal(err)
		}
		if got := s.Score(); (got.Wrong == 0) != c.want || got.Removed != 1 {
			t.Errorf("%d for %d: %+v, want it right: %v", c.x, c.y, got, c.want)
		}
	}
}

// TestScoreCounts: which pairs count as found.
func TestScoreCounts(t *testing.T) {
	labels := labelLine(2, "exact", whole) + labelLine(3, "truncated", 1<<40-1) + labelLine(4, "enlarged", whole) + labelLine(5, "facts", 0)
	s, err := NewScorer(strings.NewReader(labels))
	if err != nil {
		t.Fatal(err)
	}
	decisions := `{"id":"n000000001","action":"removed","duplicate_of":"n000000004"}
{"id":"n000000002","action":"flagged"}
{"id":"n000000005","action":"removed","reasons":[]}
`
	if err := s.Decisions(strings.NewReader(decisions)); err != nil {
		t.Fatal(err)
	}
	got := s.Score()
	got.Kinds = nil
	if d := cmp.Diff(Score{Pairs: 3, Found: 2, Removed: 1}, got); d != "" {
		t.Error(d)
	}
}

// TestScoreRefuses: what is no label and no decision of a generated corpus is an error, not a crash and not a zero.
func TestScoreRefuses(t *testing.T) {
	for _, line := range []string{"{", `{"a":"n1","b":"n2","kind":"notice","holds":"0"}`, `{"a":"n2","b":"n1","kind":"exact","holds":"0"}`,
		`{"a":"x1","b":"n2","kind":"exact","holds":"0"}`, `{"a":"n1","b":"n99999999999","kind":"exact","holds":"0"}`} {
		if _, err := NewScorer(strings.NewReader(line)); err == nil {
			t.Errorf("label %s was taken", line)
		}
	}
	s := &Scorer{}
	for _, line := range []string{"{", `{"id":"2015-1","action":"removed","duplicate_of":"n1"}`, `{"id":"n1","action":"removed","duplicate_of":"2"}`} {
		if err := s.Decisions(strings.NewReader(line)); err == nil {
			t.Errorf("decision %s was taken", line)
		}
	}
}
