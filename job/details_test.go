package job_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/report"
)

// TestDetailsAddUp checks the parts of report.json against its sums and against the files.
func TestDetailsAddUp(t *testing.T) {
	corpora(t, func(t *testing.T, inputs []string) {
		dir, rep := dedup(t, job.Options{Inputs: inputs})
		before, after := 0, 0
		for _, c := range rep.Lengths {
			before, after = before+c.Before, after+c.After
		}
		if d := rep.Documents; before != d.Read-d.Quarantined || after != d.Kept {
			t.Errorf("lengths of %d and %d documents, want %d and %d", before, after, d.Read-d.Quarantined, d.Kept)
		}
		for _, s := range rep.Sources {
			if n := sum(s.RemovedBy); n != s.Removed {
				t.Errorf("%s: %d removals by relation, want %d", s.Name, n, s.Removed)
			}
		}
		for relation, n := range rep.Pairs {
			if j, c := sumOf(rep.Measures.Jaccard[relation]), sumOf(rep.Measures.Containment[relation]); j != n || c != n {
				t.Errorf("%s: %d and %d pairs are measured, want %d", relation, j, c, n)
			}
		}
		dated := 0
		for _, d := range rep.Delays.Days {
			dated += d.Documents
		}
		if dated != rep.Delays.Dated || dated == 0 {
			t.Errorf("%d delays, want %d", dated, rep.Delays.Dated)
		}
		if top := rep.Clusters.Top; len(top) == 0 || top[0].Documents != rep.Clusters.Largest {
			t.Errorf("the largest cluster is %v, want one of %d", top, rep.Clusters.Largest)
		}
		checkPlaces(t, dir, rep)
	})
}

// checkPlaces reads the documents that the report names from the output.
func checkPlaces(t *testing.T, dir string, rep *report.Report) {
	t.Helper()
	ids := map[string][]string{}
	at := func(p report.Place) string {
		file := filepath.Join(dir, p.Output, p.File)
		if _, ok := ids[file]; !ok {
			if _, err := os.Stat(file); err != nil {
				return err.Error()
			}
			for _, r := range readLines[struct{ ID json.RawMessage }](t, file) {
				var id string
				json.Unmarshal(r.ID, &id)
				ids[file] = append(ids[file], id)
			}
		}
		if p.OutputLine < 1 || p.OutputLine > len(ids[file]) {
			return "no such line"
		}
		return ids[file][p.OutputLine-1]
	}
	var places []report.Place
	for _, c := range rep.Clusters.Top {
		places = append(places, c.Place)
	}
	for _, p := range rep.Measures.Stay {
		places = append(places, p.A, p.B)
	}
	for _, p := range places {
		if id := at(p); id != p.ID {
			t.Errorf("%+v: there stands %q", p, id)
		}
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func sumOf(counts []int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
