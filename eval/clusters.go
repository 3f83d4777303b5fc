package eval

import (
	"fmt"

	"github.com/corpusctl/corpusctl/report"
)

// Clusters compares labels of clusters with the stars of the run: a kept document with all that was removed for it; any other document is alone.
// The figures have no intervals: the documents of a cluster are not drawn one by one.
func Clusters(opt Options) (*Result, error) {
	labels, n, err := readLabels(opt.Gold, opt, checkCluster)
	if err != nil {
		return nil, err
	}
	ids := idsOf(labels)
	run, err := report.LookUp(opt.Run, ids)
	if err != nil {
		return nil, err
	}
	star := map[string]int{} // by document
	err = report.EachDecision(opt.Run, func(d *report.Decision) {
		if d.DuplicateOf != "" {
			star[d.ID], star[d.DuplicateOf] = d.Cluster, d.Cluster
		}
	})
	if err != nil {
		return nil, err
	}
	r := &Result{What: "clusters", errors: opt.Errors}
	var right, said Clustering
	for _, l := range labels {
		if !n.present(l, run, l.ID) {
			continue
		}
		name := "alone " + l.ID
		if s, ok := star[l.ID]; ok {
			name = fmt.Sprintf("star %d", s)
		}
		right, said = append(right, string(l.Cluster)), append(said, name)
	}
	r.Labels = n
	p, c, f := BCubed(right, said)
	r.Facts = []Fact{{"B-cubed precision", Number(p), 0}, {"B-cubed recall", Number(c), 0}, {"B-cubed F1", Number(f), 0},
		{"adjusted Rand index", Number(AdjustedRand(right, said)), 0}}
	return r, nil
}

func checkCluster(l *label) (string, error) {
	switch {
	case l.ID == "":
		return "", fmt.Errorf("not a label of a document: it wants id and cluster")
	case len(l.Cluster) == 0 || string(l.Cluster) == "null" || string(l.Cluster) == `""`:
		return "", errUnlabelled
	}
	return l.ID, nil
}
