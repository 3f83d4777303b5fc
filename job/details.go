package job

import (
	"cmp"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality/recur"
	"github.com/corpusctl/corpusctl/report"
)

// What report.json tells beyond counts, for the page: it costs a walk over the removals and one over the pairs.

// gone are the documents that are removed, once that is decided. Nobody changes the set.
func (r *run) gone() *roaring.Bitmap {
	if r.removed == nil {
		r.removed = r.index.rejected.Clone()
		for i := range r.result.Removed {
			r.removed.Add(r.result.Removed[i].Doc)
		}
	}
	return r.removed
}

// place tells where a document stands.
func (r *indexReader) place(doc int, gone *roaring.Bitmap) report.Place {
	p := report.Place{ID: r.name(doc), File: r.shardOf(doc).Name, Line: r.line(doc), Output: "kept", OutputLine: r.outputLine(gone, doc)}
	if gone.ContainsInt(doc) {
		p.Output = "removed"
	}
	return p
}

// newMeasures counts the pairs by what was measured, while they are written.
func newMeasures() report.MeasureCounter {
	return report.MeasureCounter{Measures: report.Measures{
		DropContainment: dedup.DropContainment, ListContainment: dedup.ListContainment, ListJaccard: dedup.ListJaccard,
	}}
}

// measure counts a pair.
func (r *run) measure(p *dedup.Pair, at *indexReader, gone *roaring.Bitmap) {
	pair := report.StayingPair{Relation: p.Relation.String(),
		Jaccard: p.Measure.Jaccard(), ContainmentA: p.Measure.ContainmentA(), ContainmentB: p.Measure.ContainmentB()}
	var place func(*report.StayingPair)
	if a, b := int(p.A), int(p.B); p.Drop == dedup.DropNone {
		place = func(s *report.StayingPair) { s.A, s.B = at.place(a, gone), at.place(b, gone) }
	}
	r.measures.Add(pair, uint64(p.A), place)
}

const (
	topClusters  = 20 // clusters that are named
	topFurniture = 5  // things that recur, of each source
)

// cluster is a kept document and how many were removed for it.
type cluster struct{ kept, removed uint32 }

// clusters counts the clusters by their sizes and names the largest; of equal ones the first.
func (r *run) clusters(gone *roaring.Bitmap) (c report.Clusters, err error) {
	all := make([]cluster, len(r.result.Removed)) // by number; there are no more
	for i := range r.result.Removed {
		d := &r.result.Removed[i]
		all[d.Cluster] = cluster{d.Kept, all[d.Cluster].removed + 1}
	}
	c.Sizes = map[int]int{}
	for _, x := range all {
		if x.removed > 0 {
			c.Count++
			c.Sizes[int(x.removed)+1]++
			c.Largest = max(c.Largest, int(x.removed)+1)
		}
	}
	least := uint32(leastOf(c.Sizes, topClusters)) - 1
	all = slices.DeleteFunc(all, func(x cluster) bool { return x.removed < max(least, 1) })
	slices.SortFunc(all, func(x, y cluster) int {
		return cmp.Or(cmp.Compare(y.removed, x.removed), cmp.Compare(x.kept, y.kept))
	})
	c.Top, err = r.describe(all[:min(len(all), topClusters)], gone)
	return c, err
}

// leastOf returns the least size of the n largest, by how many there are of each; 1 where there are none.
func leastOf(sizes map[int]int, n int) (least int) {
	least = 1
	for _, size := range slices.Backward(slices.Sorted(maps.Keys(sizes))) {
		if least = size; sizes[size] >= n {
			break
		}
		n -= sizes[size]
	}
	return least
}

// describe tells where the kept documents of clusters stand, and in how many sources the clusters.
func (r *run) describe(clusters []cluster, gone *roaring.Bitmap) ([]report.Cluster, error) {
	sources := map[uint32]map[int]bool{}
	for _, x := range clusters {
		sources[x.kept] = map[int]bool{r.documents.Source(int(x.kept)): true}
	}
	for i := range r.result.Removed {
		if s := sources[r.result.Removed[i].Kept]; s != nil {
			s[r.documents.Source(int(r.result.Removed[i].Doc))] = true
		}
	}
	out, at := make([]report.Cluster, len(clusters)), r.index.reader()
	for i, x := range clusters {
		out[i] = report.Cluster{Place: at.place(int(x.kept), gone), Documents: int(x.removed) + 1, Sources: len(sources[x.kept])}
	}
	return out, at.err
}

// furniture lists what recurs most in each source, if that was learned or given.
func (r *run) furniture() []report.Furniture {
	if r.opt.Quality == nil {
		return nil
	}
	profile, ok := r.opt.Quality.Learned.(*recur.Profile)
	if !ok {
		return nil
	}
	var sources []*recur.Source
	for i := range profile.Sources {
		if len(profile.Sources[i].Entries) > 0 {
			sources = append(sources, &profile.Sources[i])
		}
	}
	if len(sources) > listedSources {
		slices.SortStableFunc(sources, func(a, b *recur.Source) int { return cmp.Compare(b.Articles, a.Articles) })
		sources = sources[:listedSources]
		slices.SortStableFunc(sources, func(a, b *recur.Source) int { return cmp.Compare(a.Name, b.Name) })
	}
	var out []report.Furniture
	for _, s := range sources {
		out = append(out, furnitureOf(s))
	}
	return out
}

func furnitureOf(s *recur.Source) report.Furniture {
	f := report.Furniture{Source: s.Name, Articles: s.Articles, Entries: len(s.Entries)}
	entries := slices.Clone(s.Entries)
	slices.SortStableFunc(entries, func(a, b recur.Entry) int { return cmp.Compare(b.Articles, a.Articles) })
	for _, e := range entries[:min(len(entries), topFurniture)] {
		f.Top = append(f.Top, report.FurnitureItem{Kind: e.Kind.String(), Rule: e.Rule, Place: e.Place, Articles: e.Articles, Example: cmp.Or(e.Example, e.Words)})
	}
	return f
}
