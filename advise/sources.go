package advise

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/corpusctl/corpusctl/report"
)

// Source is a source whose texts look templated, or carry furniture.
type Source struct {
	Name      string  `json:"source"`
	Texts     int     `json:"texts"`             // in the sample
	Templates float64 `json:"templates"`         // share of its texts that are templates of another text of it
	Furniture int     `json:"furniture"`         // things that recur in its texts
	Carry     float64 `json:"carry"`             // share of its texts in which something is cut
	Often     float64 `json:"often"`             // share of its texts that have the thing that recurs most
	Example   string  `json:"example,omitempty"` // of that

	templated map[int32]bool
}

// The shares from which a source is worth a line.
const (
	manyTemplates = .05
	muchFurniture = .05
	leastTexts    = 20
)

// templated lists the sources of which many texts are templates of one another: the same formula with other facts.
func (s *subject) templated(t *trial) []Source {
	by := map[string]*Source{}
	for _, name := range s.sources {
		if by[name] == nil {
			by[name] = &Source{Name: name, templated: map[int32]bool{}}
		}
		by[name].Texts++
	}
	for _, p := range t.pairs {
		if p.relation == "template" && s.sources[p.a] == s.sources[p.b] {
			src := by[s.sources[p.a]]
			src.templated[p.a], src.templated[p.b] = true, true
		}
	}
	var out []Source
	for _, name := range slices.Sorted(maps.Keys(by)) {
		src := by[name]
		src.Templates = share(len(src.templated), src.Texts)
		out = append(out, *src)
	}
	return out
}

// furnished adds what the trial of clean learned, and leaves the sources that are worth a line, the most striking first.
func (s *subject) furnished(t *trial, sources []Source) []Source {
	furniture, counts := map[string]*report.Furniture{}, map[string]*report.Source{}
	for i := range t.report.Furniture {
		furniture[t.report.Furniture[i].Source] = &t.report.Furniture[i]
	}
	for i := range t.report.Sources {
		counts[t.report.Sources[i].Name] = &t.report.Sources[i]
	}
	var out []Source
	for _, src := range sources {
		if f := furniture[src.Name]; f != nil && len(f.Top) > 0 {
			src.Furniture, src.Example = f.Entries, f.Top[0].Example
			src.Often = share(f.Top[0].Articles, f.Articles)
		}
		if c := counts[src.Name]; c != nil {
			src.Carry = share(c.Repaired, c.Read)
		}
		if src.Texts >= leastTexts && (src.Templates >= manyTemplates || src.Often >= muchFurniture || src.Carry >= muchFurniture) {
			out = append(out, src)
		}
	}
	slices.SortStableFunc(out, func(a, b Source) int {
		return cmp.Or(cmp.Compare(max(b.Often, b.Carry, b.Templates), max(a.Often, a.Carry, a.Templates)), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// verdicts notes the rules of the preset that would remove much.
func (s *subject) verdicts(t *trial) []string {
	if t.report.Found == nil {
		return nil
	}
	var out []string
	for _, rule := range slices.Sorted(maps.Keys(t.report.Found.Verdicts)) {
		if r := share(t.report.Found.Verdicts[rule], t.stats.Documents); r >= .1 {
			out = append(out, fmt.Sprintf("clean would remove %.0f%% of the texts by its rule %s: look at them with corpusctl audit before you let it", 100*r, rule))
		}
	}
	return out
}
