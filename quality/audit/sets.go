package audit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// sourceSet are the documents of a source.
type sourceSet struct {
	name string
	docs *roaring.Bitmap
}

// bySource lists the sources, the largest first.
func bySource(docs []Document) []sourceSet {
	sets := map[string]*roaring.Bitmap{}
	for i, d := range docs {
		if sets[d.Source] == nil {
			sets[d.Source] = roaring.New()
		}
		sets[d.Source].Add(uint32(i))
	}
	var out []sourceSet
	for name, set := range sets {
		out = append(out, sourceSet{name, set})
	}
	slices.SortFunc(out, func(a, b sourceSet) int {
		return cmp.Or(cmp.Compare(b.docs.GetCardinality(), a.docs.GetCardinality()), strings.Compare(a.name, b.name))
	})
	return out
}

// rates counts a set by source, the most hit first.
func (a *audit) rates(hits *roaring.Bitmap) []Rate {
	var out []Rate
	for _, s := range a.sources {
		r := Rate{Source: s.name, Documents: size(s.docs), Hits: int(s.docs.AndCardinality(hits))}
		r.Share = share(r.Hits, r.Documents)
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Rate) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

func size(set *roaring.Bitmap) int { return int(set.GetCardinality()) }

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// finish counts what the rules hit.
func (p *Preset) finish(a *audit, tests int) {
	twice, trimmed := roaring.New(), roaring.New()
	for i := range p.Rules {
		r := &p.Rules[i]
		twice.Or(roaring.And(p.hits, r.hits))
		p.hits.Or(r.hits)
		trimmed.Or(r.trimmed)
	}
	p.Dropped, p.Trimmed = size(p.hits), size(trimmed)
	p.Share, p.Sources = share(p.Dropped, len(a.docs)), a.rates(p.hits)
	for i := range p.Rules {
		r := &p.Rules[i]
		r.Hits, r.Alone = size(r.hits), size(roaring.AndNot(r.hits, twice))
		r.Trimmed, r.OneLine = size(r.trimmed), int(r.hits.AndCardinality(a.oneLine))
		r.Share, r.Sources = share(r.Hits, len(a.docs)), a.rates(r.hits)
		r.Dropped, r.Kept = a.nearest(r, true), a.nearest(r, false)
		p.Warnings = append(p.Warnings, a.warnings(r, tests)...)
	}
	slices.SortStableFunc(p.Warnings, func(a, b Warning) int {
		return cmp.Compare(b.Share*float64(b.Documents), a.Share*float64(a.Documents))
	})
	p.Overlaps = p.overlaps()
}

// mostOverlaps is how many overlaps of rules are listed.
const mostOverlaps = 20

// overlaps lists the rules that hit the same documents, by how many these are.
func (p *Preset) overlaps() []Overlap {
	var out []Overlap
	for i := range p.Rules {
		for j := range i {
			a, b := &p.Rules[j], &p.Rules[i]
			if o := overlap(a.Name, b.Name, a.hits, b.hits); o.Both > 0 {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Overlap) int { return cmp.Compare(b.Both, a.Both) })
	return out[:min(len(out), mostOverlaps)]
}

func overlap(nameA, nameB string, a, b *roaring.Bitmap) Overlap {
	o := Overlap{A: nameA, B: nameB, Both: int(a.AndCardinality(b))}
	o.OnlyA, o.OnlyB = size(a)-o.Both, size(b)-o.Both
	o.Share = share(o.Both, min(size(a), size(b)))
	return o
}

// between compares presets.
func between(presets []Preset) []Overlap {
	var out []Overlap
	for i := range presets {
		for j := range i {
			out = append(out, overlap(presets[j].Name, presets[i].Name, presets[j].hits, presets[i].hits))
		}
	}
	return out
}

// nearest returns the documents whose values are nearest to the threshold, of those that are hit or of those that are not.
func (a *audit) nearest(r *Rule, hit bool) []Example {
	var docs []int
	distance := func(i int) float64 { return math.Abs(r.values[i] - r.Threshold) }
	for i, v := range r.values {
		if !math.IsNaN(v) && r.hits.ContainsInt(i) == hit {
			docs = append(docs, i)
		}
	}
	slices.SortStableFunc(docs, func(x, y int) int { return cmp.Compare(distance(x), distance(y)) })
	var out []Example
	for _, i := range docs[:min(len(docs), a.opt.Examples)] {
		d := &a.docs[i]
		out = append(out, Example{ID: d.ID, Place: d.Place, Source: d.Source, Value: r.values[i], Text: beginning(d.Text)})
	}
	return out
}

// beginning is what stands at the beginning of a text, white space as one space.
func beginning(text string) string {
	const most = 100
	words := strings.Join(strings.Fields(text[:min(len(text), 8*most)]), " ")
	runes := []rune(strings.ToValidUTF8(words, ""))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}
