package job

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/report"
)

// A field that holds an address or an author can give as many sources as there are documents, each with a name of any length. These
// bound what is kept of them and listed; package dedup bounds how many are told apart.
const (
	maxSourceName = 256    // bytes
	listedSources = 10_000 // in report.json; the others are added up as dedup.OtherSources
	listedFlows   = 10_000
)

// shortName is a source's name, cut where it is too long.
func shortName(name string) string {
	if len(name) <= maxSourceName {
		return name
	}
	end := maxSourceName - len("…")
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end] + "…"
}

// sourceCounts is what became of the documents of one source.
type sourceCounts struct {
	number        int
	read, removed int
	by            [relations + 1]int // removals by relation; by[dedup.None] are exact copies
}

const relations = int(dedup.Template)

// countSources counts documents by source, in the order of the sources' numbers.
func (r *run) countSources() []sourceCounts {
	d := r.documents
	counts := make([]sourceCounts, len(d.Sources()))
	for i := range counts {
		counts[i].number = i
	}
	for doc := range d.Len() {
		counts[d.Source(doc)].read++
	}
	rejected := r.index.rejected.Iterator()
	for rejected.HasNext() {
		counts[d.Source(int(rejected.Next()))].removed++
	}
	for i := range r.result.Removed {
		c := &counts[d.Source(int(r.result.Removed[i].Doc))]
		c.removed++
		c.by[relationOf(&r.result.Removed[i])]++
	}
	return counts
}

// relationOf is the relation of a removal, None for a copy that is equal after folding.
func relationOf(d *dedup.Decision) dedup.Relation {
	if d.Exact {
		return dedup.None
	}
	return d.Pair.Relation
}

// kindOf is relationOf as the report names it.
func kindOf(d *dedup.Decision) string { return kindName(relationOf(d)) }

func kindName(relation dedup.Relation) string {
	if relation == dedup.None {
		return "exact"
	}
	return relation.String()
}

// sources lists the sources with the most documents, and the sum of the others last.
func (r *run) sources() []report.Source {
	names, counts := r.documents.Sources(), r.countSources()
	slices.SortFunc(counts, func(a, b sourceCounts) int {
		other := cmp.Compare(otherAsOne(names[a.number]), otherAsOne(names[b.number]))
		return cmp.Or(other, cmp.Compare(b.read, a.read), cmp.Compare(names[a.number], names[b.number]))
	})
	out := make([]report.Source, 0, min(len(counts), listedSources+1))
	for i := range counts {
		if len(out) < listedSources && names[counts[i].number] != dedup.OtherSources {
			out = append(out, report.Source{Name: names[counts[i].number]})
		} else if len(out) == 0 || out[len(out)-1].Name != dedup.OtherSources {
			out = append(out, report.Source{Name: dedup.OtherSources})
		}
		r.addSource(&out[len(out)-1], &counts[i])
	}
	return out
}

// otherAsOne is 1 for the name that stands for many sources and 0 for all else.
func otherAsOne(name string) int {
	if name == dedup.OtherSources {
		return 1
	}
	return 0
}

// addSource adds the documents of a source.
func (r *run) addSource(s *report.Source, c *sourceCounts) {
	s.Read += c.read
	s.Removed += c.removed
	s.Kept += c.read - c.removed
	for relation, n := range c.by {
		if n > 0 {
			increase(&s.RemovedBy, kindName(dedup.Relation(relation)), n)
		}
	}
	f := r.found.sources[c.number]
	if f == nil {
		return
	}
	s.Rejected += f.rejected
	s.Repaired += f.repaired
	if f.rejected > 0 {
		increase(&s.RemovedBy, "rejected", f.rejected)
	}
	for _, v := range f.verdicts {
		increase(&s.Verdicts, v.name, v.n)
	}
	for _, c := range f.cut {
		increase(&s.Cut, c.name, c.n)
	}
}

// increase adds to a count; most sources need no map.
func increase(counts *map[string]int, key string, n int) {
	if *counts == nil {
		*counts = map[string]int{}
	}
	(*counts)[key] += n
}

// flow is the sources of a kept document and of one removed for it, with the days between if both have dates: from the highest bit
// on, so that sorted flows are those of the same sources together, in order of days, those without last.
type flow uint64

const (
	flowDaysBits   = 8
	flowSourceBits = 28
	flowUndated    = 1<<flowDaysBits - 1
)

func (f flow) sources() flow { return f >> flowDaysBits }
func (f flow) kept() int     { return int(f >> (flowDaysBits + flowSourceBits)) }
func (f flow) gone() int     { return int(f>>flowDaysBits) & (1<<flowSourceBits - 1) }
func (f flow) dated() bool   { return f&flowUndated != flowUndated }
func (f flow) days() int     { return int(f&flowUndated) - report.MaxDays - 1 }

// flowOf is that of a removal.
func (r *run) flowOf(d *dedup.Decision) flow {
	kept, gone := int(d.Kept), int(d.Doc)
	f := flow(r.documents.Source(kept))<<flowSourceBits | flow(r.documents.Source(gone))
	from, ok := r.documents.Days(kept)
	to, also := r.documents.Days(gone)
	if !ok || !also {
		return f<<flowDaysBits | flowUndated
	}
	// A date can be any year, and the difference of two must fit an int of 32 bits.
	const far = int64(report.MaxDays + 1)
	days := report.ClipDays(int(min(max(to-from, -far), far)))
	return f<<flowDaysBits | flow(days+report.MaxDays+1)
}

// flows lists the sources whose documents went for those of another one most often, and counts the days between all.
func (r *run) flows() ([]report.Flow, *report.Delays) {
	all := make([]flow, len(r.result.Removed))
	for i := range r.result.Removed {
		all[i] = r.flowOf(&r.result.Removed[i])
	}
	slices.Sort(all)
	var counts []flowCount
	for left := all; len(left) > 0; left = left[counts[len(counts)-1].n:] {
		counts = append(counts, countFlow(left))
	}
	names := r.documents.Sources()
	slices.SortFunc(counts, func(a, b flowCount) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(names[a.kept()], names[b.kept()]), cmp.Compare(names[a.gone()], names[b.gone()]))
	})
	flows := make([]report.Flow, min(len(counts), listedFlows))
	for i := range flows {
		c := &counts[i]
		flows[i] = report.Flow{From: names[c.kept()], To: names[c.gone()], Count: c.n}
		if c.dated() {
			days := c.days()
			flows[i].MedianDays = &days
		}
	}
	return flows, delays(all)
}

// flowCount is how many removals have the sources of a flow; its days are their median.
type flowCount struct {
	flow
	n int
}

// countFlow counts the flows at the beginning that have the same sources.
func countFlow(sorted []flow) flowCount {
	n, dated := 0, 0
	for n < len(sorted) && sorted[n].sources() == sorted[0].sources() {
		if sorted[n].dated() {
			dated++
		}
		n++
	}
	return flowCount{sorted[max(dated-1, 0)/2], n}
}

// delays counts the days between all that have dates.
func delays(flows []flow) *report.Delays {
	var count [2*report.MaxDays + 3]int
	out := &report.Delays{Days: []report.DayCount{}}
	for _, f := range flows {
		if f.dated() {
			out.Dated++
			count[f.days()+report.MaxDays+1]++
		}
	}
	for i, n := range count {
		if n > 0 {
			out.Days = append(out.Days, report.DayCount{Days: i - report.MaxDays - 1, Documents: n})
		}
	}
	return out
}
