package job

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/report"
)

// TestFlows compares the counts and the medians of flows with those made plainly.
func TestFlows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "documents")
		docs := &keptDocuments{names: []string{"a", "ب", ""}}
		for range n {
			docs.source = append(docs.source, uint32(rapid.IntRange(0, 2).Draw(t, "source")))
			docs.days = append(docs.days, rapid.SampledFrom([]int64{noDays, 0, 1, 2, 40, -1 << 40, 1 << 40}).Draw(t, "day"))
		}
		r := &run{documents: docs, result: &dedup.Result{}}
		for i := range n {
			r.result.Removed = append(r.result.Removed, dedup.Decision{Doc: uint32(i), Kept: uint32(rapid.IntRange(0, n-1).Draw(t, "kept"))})
		}
		flows, delays := r.flows()
		total, dated := 0, 0
		for i, f := range flows {
			total += f.Count
			var days []int
			count := 0
			for _, d := range r.result.Removed {
				if docs.names[docs.Source(int(d.Kept))] != f.From || docs.names[docs.Source(int(d.Doc))] != f.To {
					continue
				}
				count++
				from, ok := docs.Days(int(d.Kept))
				if to, also := docs.Days(int(d.Doc)); ok && also {
					days = append(days, report.ClipDays(int(max(-99, min(99, to-from)))))
				}
			}
			dated += len(days)
			slices.Sort(days)
			if f.Count != count || (f.MedianDays == nil) != (len(days) == 0) || len(days) > 0 && *f.MedianDays != days[(len(days)-1)/2] {
				t.Fatalf("%+v, want %d of days %v", f, count, days)
			}
			if i > 0 && flows[i-1].Count < f.Count {
				t.Fatalf("%+v is not in order", flows)
			}
		}
		if total != n || delays.Dated != dated {
			t.Fatalf("%d removals, %d with dates, want %d and %d", total, delays.Dated, n, dated)
		}
	})
}

// TestSourcesListed checks that sources beyond those listed are added up, with those that were never told apart.
func TestSourcesListed(t *testing.T) {
	docs := &keptDocuments{names: []string{dedup.OtherSources}}
	for i := range listedSources + 5 {
		docs.names = append(docs.names, strings.Repeat("س", 1+i))
		docs.source = append(docs.source, uint32(i+1), uint32(i+1))
	}
	docs.source = append(docs.source[1:], 0, 0, 0, 0) // the first name has a document less than all others
	docs.days = make([]int64, len(docs.source))
	r := &run{documents: docs, result: &dedup.Result{}, index: newIndex(nil, nil), found: newFindings()}
	sources := r.sources()
	last := sources[len(sources)-1]
	if len(sources) != listedSources+1 || last.Name != dedup.OtherSources || last.Read != 4*2+1+4 || last.Kept != last.Read {
		t.Errorf("%d sources, the last %+v", len(sources), last)
	}
	if first := sources[0]; first.Read != 2 || first.Name != "سس" {
		t.Errorf("the first is %+v", first)
	}
}

func TestShortName(t *testing.T) {
	for _, name := range []string{"", "was", strings.Repeat("x", maxSourceName), strings.Repeat("وكالة", 60), strings.Repeat("\x80", 999)} {
		short := shortName(name)
		if len(name) <= maxSourceName && short != name || len(short) > maxSourceName {
			t.Errorf("%q becomes %q", name, short)
		}
		if utf8.ValidString(name) && !utf8.ValidString(short) {
			t.Errorf("%q becomes %q: no UTF-8", name, short)
		}
	}
}
