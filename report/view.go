package report

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// view is what the template of the page shows.
type view struct {
	Script                   template.HTML
	Command, Version         string
	Inputs                   []string
	MoreInputs               int
	Verdict                  string
	Funnel                   []step
	Removed, Cuts, Flagged   []ruleRow
	Sources                  *matrix
	CutBySource, HitBySource *matrix
	Jaccard, Containment     template.HTML
	MeasureNumbers           *matrix
	Thresholds               *Measures
	Bands, Rows              int
	HalfWay                  string
	Heat                     *heatMap
	Delays                   *Delays
	DelayPlot                template.HTML
	Clusters                 []ruleRow
	ClusterCount, Largest    string
	Tops                     []topView
	Lengths                  []LengthCount
	LengthPlot               template.HTML
	Furniture                []Furniture
	MoreFurniture            int
	Groups                   []groupView
	Shown                    int
	Relations, Rules         []string
	Names                    []string // of sources in the evidence
	Filtered                 string
}

// step is a bar of the funnel.
type step struct {
	Name  string
	Count int
	Share string
	Bar   template.HTML
	Kept  bool
}

// ruleRow is a row of a table of rules.
type ruleRow struct {
	Kind, Rule, Meaning string
	Count, Cut, Bytes   int
	Bar                 template.HTML
}

// topView is one of the most copied texts.
type topView struct {
	Cluster
	Source, Excerpt string
}

// What is listed at most, so that the page does not grow with the corpus.
const (
	mostSources   = 40
	mostHeat      = 16
	mostInputs    = 5
	mostFurniture = 30
	mostRules     = 60
	excerptLength = 320 // characters
)

func newView(r *Report, settings *written, s *shown, opt PageOptions) *view {
	v := &view{
		Script:  template.HTML("<script>" + pageScript + "</script>"), // named in the policy by its hash
		Command: r.Command, Version: r.Version, Verdict: r.verdict(), Funnel: r.funnel(),
		Removed: r.removedRows(), Sources: r.sourceMatrix(), Clusters: r.clusterRows(),
		ClusterCount: grouped(r.Clusters.Count), Largest: grouped(r.Clusters.Largest),
		Heat: r.heat(), Furniture: r.Furniture[:min(len(r.Furniture), mostFurniture)], Lengths: r.Lengths,
	}
	v.MoreFurniture = len(r.Furniture) - len(v.Furniture)
	for _, in := range r.Inputs[:min(len(r.Inputs), mostInputs)] {
		v.Inputs = append(v.Inputs, visible(in.File))
	}
	v.MoreInputs = len(r.Inputs) - len(v.Inputs)
	if r.Found != nil {
		v.Cuts, v.Flagged = r.cutRows(), r.flaggedRows()
		v.CutBySource = r.bySource(func(s *Source) map[string]int { return s.Cut })
		v.HitBySource = r.bySource(func(s *Source) map[string]int { return s.Verdicts })
	}
	v.measures(r, settings)
	if d := r.Delays; d != nil && d.Dated > 0 && len(d.Days) > 0 {
		v.Delays, v.DelayPlot = d, delayPlot(d)
	}
	if len(r.Lengths) > 0 {
		v.LengthPlot = lengthPlot(r.Lengths)
	}
	for i, d := range s.tops {
		v.Tops = append(v.Tops, topView{r.Clusters.Top[i], visible(d.source), excerpt(d.text)})
	}
	v.evidence(s, opt)
	return v
}

// verdict is the whole run in one line.
func (r *Report) verdict() string {
	d := r.Documents
	parts := []string{fmt.Sprintf("%s of %s documents stay (%s)", grouped(d.Kept), grouped(d.Read), percent(d.Kept, d.Read))}
	rejected := r.Removed["rejected"]
	if n := d.Removed - rejected; n > 0 {
		parts = append(parts, grouped(n)+" went as duplicates of one that stays")
	}
	if rejected > 0 {
		parts = append(parts, grouped(rejected)+" by a rule of quality")
	}
	if d.Quarantined > 0 {
		parts = append(parts, grouped(d.Quarantined)+" could not be read")
	}
	line := strings.Join(parts, "; ")
	if r.Found != nil {
		line += fmt.Sprintf(". %s of those that stay were repaired", grouped(r.Found.Repaired))
	}
	return line + "."
}

var stepNames = []struct{ key, name string }{
	{"rejected", "rejected by a rule"}, {"exact", "exact copies"}, {"copy", "copies, lightly edited"},
	{"shortened", "cut-down copies"}, {"contained", "contained in a larger text"},
}

// funnel is the way from read to kept, what goes on the way as steps.
func (r *Report) funnel() []step {
	d := r.Documents
	left, read := 0, float64(max(d.Read, 1))
	add := func(steps []step, name string, n int, class literal, kept bool) []step {
		if !kept {
			left -= n // a bar stands where the one above it was before
		}
		return append(steps, step{name, n, percent(n, d.Read), barAt(class, float64(left)/read, float64(n)/read), kept})
	}
	steps := add(nil, "read", d.Read, "s1", true)
	left = d.Read
	if d.Quarantined > 0 {
		steps = add(steps, "could not be read", d.Quarantined, "gone", false)
	}
	for _, s := range stepNames {
		if n := r.Removed[s.key]; n > 0 {
			steps = add(steps, s.name, n, "gone", false)
		}
	}
	left = 0
	return add(steps, "kept", d.Kept, "s1", true)
}

func (r *Report) removedRows() []ruleRow {
	var out []ruleRow
	for _, relation := range byCount(r.Removed) {
		if relation != "rejected" {
			out = append(out, ruleRow{Kind: "duplicate", Rule: relation, Meaning: meanings[relation], Count: r.Removed[relation]})
		}
	}
	if r.Found != nil {
		for _, rule := range byCount(r.Found.Verdicts) {
			out = append(out, ruleRow{Kind: "rule", Rule: rule, Count: r.Found.Verdicts[rule]})
		}
	}
	return withBars(out, "gone")
}

func (r *Report) cutRows() []ruleRow {
	var out []ruleRow
	for kind, rules := range r.Found.Spans {
		for rule, n := range rules {
			out = append(out, ruleRow{Kind: kind, Rule: rule, Count: n.Spans, Cut: n.Cut, Bytes: n.Bytes})
		}
	}
	slices.SortFunc(out, func(a, b ruleRow) int {
		return cmp.Or(cmp.Compare(b.Cut, a.Cut), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Rule, b.Rule))
	})
	return withBars(out, "s1")
}

func (r *Report) flaggedRows() []ruleRow {
	var out []ruleRow
	for _, where := range sortedKeys(r.Found.Truncated) {
		for _, cause := range byCount(r.Found.Truncated[where]) {
			out = append(out, ruleRow{Kind: where, Rule: cause, Count: r.Found.Truncated[where][cause]})
		}
	}
	slices.SortStableFunc(out, func(a, b ruleRow) int { return cmp.Compare(b.Count, a.Count) })
	return withBars(out, "s4")
}

// withBars draws a bar for each row, the largest as long as the column is wide.
func withBars(rows []ruleRow, class literal) []ruleRow {
	rows = rows[:min(len(rows), mostRules)]
	most := 1
	for _, row := range rows {
		most = max(most, row.Count)
	}
	for i := range rows {
		rows[i].Rule, rows[i].Kind = visible(rows[i].Rule), visible(rows[i].Kind)
		rows[i].Bar = miniBar(class, float64(rows[i].Count)/float64(most))
	}
	return rows
}

var clusterBins = []int{2, 3, 4, 5, 6, 8, 11, 21, 51, 101, 1001}

// clusterRows counts clusters by their size, larger sizes together.
func (r *Report) clusterRows() []ruleRow {
	if r.Clusters.Count == 0 {
		return nil
	}
	out := make([]ruleRow, len(clusterBins))
	for i, from := range clusterBins {
		switch {
		case i == len(clusterBins)-1:
			out[i].Rule = grouped(from) + " or more"
		case clusterBins[i+1] == from+1:
			out[i].Rule = grouped(from)
		default:
			out[i].Rule = grouped(from) + " to " + grouped(clusterBins[i+1]-1)
		}
	}
	last := 0
	for size, n := range r.Clusters.Sizes {
		i := len(clusterBins) - 1
		for i > 0 && clusterBins[i] > size {
			i--
		}
		out[i].Count += n
		out[i].Cut += n * (size - 1)
		last = max(last, i)
	}
	return withBars(out[:last+1], "s1")
}

func (v *view) measures(r *Report, settings *written) {
	m := r.Measures
	if m == nil || len(m.Jaccard) == 0 {
		return
	}
	o := settings.Options.Dedup
	v.Thresholds, v.Bands, v.Rows = m, o.Bands, o.Rows
	var curve func(float64) float64
	if o.Bands > 0 && o.Rows > 0 {
		curve = sCurve(o.Bands, o.Rows)
		v.HalfWay = halfWay(curve)
	}
	v.Jaccard = measurePlot("Bar chart: Jaccard of the verified pairs, with the chance that the bands find a pair; the numbers stand below",
		m.Jaccard, map[string]float64{"listed from": m.ListJaccard}, curve)
	v.Containment = measurePlot("Bar chart: larger containment of the verified pairs, with the thresholds; the numbers stand below",
		m.Containment, map[string]float64{"listed from": m.ListContainment, "may go from": m.DropContainment}, nil)
	v.MeasureNumbers = measureNumbers(m)
}

// halfWay is the Jaccard at which a curve passes one half.
func halfWay(curve func(float64) float64) string {
	j := 0.
	for j < 1 && curve(j) < .5 {
		j += .01
	}
	return share(j)
}

// excerpt is the beginning of a text.
func excerpt(text string) string {
	var runes []rune
	for word := range strings.FieldsSeq(text) {
		if len(runes) > 0 {
			runes = append(runes, ' ')
		}
		if runes = append(runes, []rune(word)...); len(runes) > excerptLength {
			break
		}
	}
	if len(runes) <= excerptLength {
		return visible(string(runes))
	}
	return visible(string(runes[:excerptLength])) + " …"
}
