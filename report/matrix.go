package report

import (
	"cmp"
	"html/template"
	"slices"
)

// matrix is a table of numbers.
type matrix struct {
	Columns []string
	Rows    []matrixRow
	More    int // rows that are not listed
}

type matrixRow struct {
	Name  string
	Cells []string
	Bar   template.HTML
}

var sourceColumns = []struct{ key, name string }{
	{"exact", "exact"}, {"copy", "copy"}, {"shortened", "shortened"}, {"contained", "contained"}, {"rejected", "rejected"},
}

// sourceMatrix tells what became of the documents of each source.
func (r *Report) sourceMatrix() *matrix {
	m := &matrix{Columns: []string{"read", "kept", "removed", "share removed"}, More: max(len(r.Sources)-mostSources, 0)}
	var columns []string
	for _, c := range sourceColumns {
		if r.Removed[c.key] > 0 {
			columns, m.Columns = append(columns, c.key), append(m.Columns, c.name)
		}
	}
	if r.Found != nil {
		m.Columns = append(m.Columns, "repaired")
	}
	for i := range r.Sources[:min(len(r.Sources), mostSources)] {
		s := &r.Sources[i]
		row := matrixRow{Name: sourceName(s.Name), Bar: miniBar("gone", float64(s.Removed)/float64(max(s.Read, 1)))}
		row.Cells = []string{grouped(s.Read), grouped(s.Kept), grouped(s.Removed), percent(s.Removed, s.Read)}
		for _, key := range columns {
			row.Cells = append(row.Cells, grouped(s.RemovedBy[key]))
		}
		if r.Found != nil {
			row.Cells = append(row.Cells, grouped(s.Repaired))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// bySource lists counts of each source, the most frequent first; nil if there are none.
func (r *Report) bySource(of func(*Source) map[string]int) *matrix {
	total := map[string]int{}
	for i := range r.Sources {
		for key, n := range of(&r.Sources[i]) {
			total[key] += n
		}
	}
	if len(total) == 0 {
		return nil
	}
	keys := byCount(total)
	keys = keys[:min(len(keys), mostHeat)]
	m := &matrix{}
	for _, key := range keys {
		m.Columns = append(m.Columns, visible(key))
	}
	for i := range r.Sources {
		counts := of(&r.Sources[i])
		if len(counts) == 0 {
			continue
		}
		if len(m.Rows) == mostSources {
			m.More++
			continue
		}
		row := matrixRow{Name: sourceName(r.Sources[i].Name)}
		for _, key := range keys {
			row.Cells = append(row.Cells, grouped(counts[key]))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// measureNumbers are the numbers behind the drawings of measures, two bins in a row.
func measureNumbers(m *Measures) *matrix {
	out := &matrix{}
	for _, r := range relationOrder {
		out.Columns = append(out.Columns, r.name+" by J", r.name+" by C")
	}
	const bins = 2
	for i := 0; i < MeasureBins; i += bins {
		row := matrixRow{Name: share(float64(i) / MeasureBins)}
		for _, r := range relationOrder {
			j, c := 0, 0
			for k := i; k < i+bins; k++ {
				j += binOf(m.Jaccard[r.name], k)
				c += binOf(m.Containment[r.name], k)
			}
			row.Cells = append(row.Cells, grouped(j), grouped(c))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// heatMap tells who copies whom.
type heatMap struct {
	Columns []string // sources of the kept documents
	Rows    []heatRow
	More    int // sources that are not shown
}

type heatRow struct {
	Name  string // source of the removed documents
	Cells []heatCell
}

type heatCell struct {
	Count        string // "" for none
	Shade, Title string
}

// heat lays out the flows between the sources with the most of them; nil if there are none.
func (r *Report) heat() *heatMap {
	total, most := map[string]int{}, 0
	for _, f := range r.Copies {
		total[f.From] += f.Count
		total[f.To] += f.Count
		most = max(most, f.Count)
	}
	if len(total) < 2 {
		return nil
	}
	names := byCount(total)
	h := &heatMap{More: max(len(names)-mostHeat, 0)}
	names = names[:min(len(names), mostHeat)]
	flows := map[[2]string]*Flow{}
	for i := range r.Copies {
		flows[[2]string{r.Copies[i].To, r.Copies[i].From}] = &r.Copies[i]
	}
	for _, to := range names {
		h.Columns = append(h.Columns, sourceName(to))
		row := heatRow{Name: sourceName(to)}
		for _, from := range names {
			row.Cells = append(row.Cells, heatOf(flows[[2]string{to, from}], most))
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

var shades = [...]string{"h0", "h1", "h2", "h3", "h4", "h5"}

// heatOf shades a count: each shade stands for twice as much as the one before.
func heatOf(f *Flow, most int) heatCell {
	if f == nil {
		return heatCell{Shade: shades[0]}
	}
	shade := len(shades) - 1
	for n := f.Count * 2; n <= most && shade > 1; n *= 2 {
		shade--
	}
	title := grouped(f.Count) + " documents of " + sourceName(f.To) + " went for one of " + sourceName(f.From)
	if f.MedianDays != nil {
		title += "; half of them " + days(*f.MedianDays) + " or before"
	}
	return heatCell{grouped(f.Count), shades[shade], title}
}

// sourceName is the name of a source as the page shows it.
func sourceName(name string) string {
	const longest = 60
	if name == "" {
		return "(no source)"
	}
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest-1]) + "…"
	}
	return visible(name)
}

// sourcesOf lists the sources of the items, those with the most of them first.
func sourcesOf(items []itemView) []string {
	count := map[string]int{}
	for i := range items {
		count[items[i].Source]++
		if items[i].Partner != nil && items[i].Partner.Source != items[i].Source {
			count[items[i].Partner.Source]++
		}
	}
	names := sortedKeys(count)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return names
}
