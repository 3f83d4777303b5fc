package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// kindSweep is many settings of a few tools on the first documents of the corpus, to choose the one that is called tuned. It runs only when asked for.
const (
	kindSweep      = "sweep"
	sweepDocuments = 5000
	tunedSetting   = "tuned"
	sweepShown     = 3 // best settings of each tool, in the table
)

// The parts of a swept setting. All combinations are run.
var (
	sweepShingles = []string{"words1", "characters5", "characters7"}
	sweepBands    = []string{"14x8", "20x5", "42x4"}
	sweepAlike    = []string{"0.4", "0.5", "0.6"}
)

// tunedTo is the best setting that the sweep found, by tool: fewest duplicates left and documents lost together.
var tunedTo = map[string]string{
	"datasketch": "characters7-42x4-0.4",
	"rensa":      "characters5-42x4-0.5",
	"gaoya":      "characters5-42x4-0.4",
}

// argument is what the adapter gets for a setting.
func (t *tool) argument(s setting) string {
	if to, ok := tunedTo[t.name]; ok && s.name == tunedSetting {
		return to
	}
	return s.name
}

// sweepTools are the tools that are swept, each with all settings.
func sweepTools() (out []tool) {
	for _, t := range duplicateTools {
		if _, ok := tunedTo[t.name]; ok {
			t.kind, t.settings = kindSweep, sweepSettings()
			out = append(out, t)
		}
	}
	return out
}

func sweepSettings() (out []setting) {
	for _, shingles := range sweepShingles {
		for _, bands := range sweepBands {
			for _, alike := range sweepAlike {
				out = append(out, setting{strings.Join([]string{shingles, bands, alike}, "-"), "swept"})
			}
		}
	}
	return out
}

// sweepTable has the best settings of each tool.
func sweepTable(all []result) page.Table {
	t := page.Table{Name: "sweep", Note: where(all) + fmt.Sprintf(" The best %d of %d settings of each tool.", sweepShown, len(sweepSettings())),
		Head: []string{"tool", "shingles, bands, sketches alike by", "wall", "removed", "of these lost", "duplicates left", "near pairs named", "truncated pairs named", "named pairs alike"}}
	left := map[string]int{}
	for _, r := range bestFirst(all) {
		d := r.Duplicates
		if left[r.Tool]++; left[r.Tool] <= sweepShown {
			t.Add(r.Tool, r.Setting, seconds(r.Wall), fmt.Sprint(d.Removed), fmt.Sprint(d.Lost), fmt.Sprintf("%d of %d", d.Left, d.ToFind), d.Near.share(), d.Truncated.share(), d.Right.share())
		}
	}
	return t
}

// bestFirst sorts the scored results of each tool by what they leave and lose; tools stay in their order.
func bestFirst(all []result) []result {
	scored := slices.DeleteFunc(slices.Clone(all), func(r result) bool { return r.Duplicates == nil })
	var tools []string
	for i := range scored {
		if !slices.Contains(tools, scored[i].Tool) {
			tools = append(tools, scored[i].Tool)
		}
	}
	slices.SortStableFunc(scored, func(a, b result) int {
		return cmp.Or(cmp.Compare(slices.Index(tools, a.Tool), slices.Index(tools, b.Tool)), cmp.Compare(a.Duplicates.missed(), b.Duplicates.missed()))
	})
	return scored
}

// missed is what a tool did wrong: duplicates left, and documents lost.
func (d *duplicates) missed() int { return d.Left + d.Lost }
