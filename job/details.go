package job

import (
	"cmp"
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

// flow is the number of a kept document's source and of that of one removed for it.
type flow struct{ kept, gone int }

// eachDelay calls yield with the days from the kept to the removed document of each removal, where both have dates.
func (r *run) eachDelay(yield func(f flow, days int)) {
	d := r.documents
	for i := range r.result.Removed {
		kept, gone := int(r.result.Removed[i].Kept), int(r.result.Removed[i].Doc)
		from, ok := d.Days(kept)
		to, also := d.Days(gone)
		if ok && also {
			// A date can be any year, and the difference of two must fit an int of 32 bits.
			far := int64(report.MaxDays + 1)
			yield(flow{d.Source(kept), d.Source(gone)}, report.ClipDays(int(min(max(to-from, -far), far))))
		}
	}
}

func (r *run) delays() *report.Delays {
	var count [2*report.MaxDays + 3]int
	out := &report.Delays{Days: []report.DayCount{}}
	r.eachDelay(func(_ flow, days int) {
		out.Dated++
		count[days+report.MaxDays+1]++
	})
	for i, n := range count {
		if n > 0 {
			out.Days = append(out.Days, report.DayCount{Days: i - report.MaxDays - 1, Documents: n})
		}
	}
	return out
}

// medianDays is the median delay of each flow, from counts of each day.
func (r *run) medianDays() map[flow]*int {
	type key struct {
		flow
		days int
	}
	count, total := map[key]int{}, map[flow]int{}
	r.eachDelay(func(f flow, days int) {
		count[key{f, days}]++
		total[f]++
	})
	out := make(map[flow]*int, len(total))
	for f, n := range total {
		days, below := -report.MaxDays-1, 0
		for ; ; days++ {
			if below += count[key{f, days}]; 2*below >= n {
				break
			}
		}
		out[f] = &days
	}
	return out
}

const (
	topClusters  = 20 // clusters that are named
	topFurniture = 5  // things that recur, of each source
)

// largestClusters names the kept documents that most were removed for; of equal ones the first.
func (r *run) largestClusters(gone *roaring.Bitmap) ([]report.Cluster, error) {
	size := map[uint32]int{}
	for i := range r.result.Removed {
		size[r.result.Removed[i].Kept]++
	}
	kept := make([]uint32, 0, len(size))
	for doc := range size {
		kept = append(kept, doc)
	}
	slices.SortFunc(kept, func(a, b uint32) int { return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(a, b)) })
	kept = kept[:min(len(kept), topClusters)]
	sources := map[uint32]map[int]bool{}
	for _, doc := range kept {
		sources[doc] = map[int]bool{r.documents.Source(int(doc)): true}
	}
	for i := range r.result.Removed {
		if s := sources[r.result.Removed[i].Kept]; s != nil {
			s[r.documents.Source(int(r.result.Removed[i].Doc))] = true
		}
	}
	out, at := make([]report.Cluster, len(kept)), r.index.reader()
	for i, doc := range kept {
		out[i] = report.Cluster{Place: at.place(int(doc), gone), Documents: size[doc] + 1, Sources: len(sources[doc])}
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
	var out []report.Furniture
	for i := range profile.Sources {
		s := &profile.Sources[i]
		f := report.Furniture{Source: s.Name, Articles: s.Articles, Entries: len(s.Entries)}
		entries := slices.Clone(s.Entries)
		slices.SortStableFunc(entries, func(a, b recur.Entry) int { return cmp.Compare(b.Articles, a.Articles) })
		for _, e := range entries[:min(len(entries), topFurniture)] {
			f.Top = append(f.Top, report.FurnitureItem{Kind: e.Kind.String(), Rule: e.Rule, Place: e.Place, Articles: e.Articles, Example: cmp.Or(e.Example, e.Words)})
		}
		if len(f.Top) > 0 {
			out = append(out, f)
		}
	}
	return out
}
