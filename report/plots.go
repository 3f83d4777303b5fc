package report

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
)

// relationOrder is the order in which relations are stacked and listed: what goes first.
var relationOrder = []struct {
	name  string
	class literal
}{
	{"copy", "s1"}, {"shortened", "s2"}, {"contained", "s3"}, {"revised", "s4"}, {"template", "s5"},
}

// measurePlot draws how many pairs have which measure, stacked by relation, with thresholds.
func measurePlot(label string, bins map[string][]int, thresholds map[string]float64, curve func(float64) float64) template.HTML {
	p := plot{top: plotNames}
	most := 0
	for i := range MeasureBins {
		sum := 0
		for _, r := range relationOrder {
			sum += binOf(bins[r.name], i)
		}
		most = max(most, sum)
	}
	p.begin(label)
	top := p.grid(most)
	for i := range MeasureBins {
		from := 0
		for _, r := range relationOrder {
			n := binOf(bins[r.name], i)
			title := fmt.Sprintf("%s to %s, %s: %s pairs", share(float64(i)/MeasureBins), share(float64(i+1)/MeasureBins), r.name, grouped(n))
			p.bar(r.class, float64(i)/MeasureBins+.001, 1./MeasureBins-.002, float64(from)/top, float64(from+n)/top, title)
			from += n
		}
	}
	if curve != nil {
		p.curve(curve)
	}
	p.thresholds(thresholds)
	p.gridLabels(top, most)
	p.axis([]float64{0, .2, .4, .6, .8, 1}, []string{"0", "0.2", "0.4", "0.6", "0.8", "1"})
	p.end()
	return p.html()
}

func (m *markup) html() template.HTML { return template.HTML(m.b.String()) }

func binOf(bins []int, i int) int {
	if i < len(bins) {
		return bins[i]
	}
	return 0
}

// curve draws a function from shares to shares.
func (p *plot) curve(f func(float64) float64) {
	const steps = 60
	for i := range steps {
		x1, x2 := float64(i)/steps, float64(i+1)/steps
		p.line("curve", x1, f(x1), x2, f(x2))
	}
	p.label("threshold-name", "end", 1, p.y(1)-5, "100%")
}

// thresholds draws them all, the names on different heights so that they do not cover each other.
func (p *plot) thresholds(at map[string]float64) {
	down := p.top - 24
	for _, name := range sortedKeys(at) {
		p.threshold(at[name], name+" "+share(at[name]), down)
		down += 12
	}
}

// sCurve is the chance that two texts with a Jaccard share a band.
func sCurve(bands, rows int) func(float64) float64 {
	return func(j float64) float64 { return 1 - math.Pow(1-math.Pow(j, float64(rows)), float64(bands)) }
}

// delayPlot draws how many days after the kept document the removed ones came.
func delayPlot(d *Delays) template.HTML {
	first, last, most := d.Days[0].Days, d.Days[len(d.Days)-1].Days, 0
	first, last = min(first, -7), max(last, 7)
	for _, c := range d.Days {
		most = max(most, c.Documents)
	}
	p := plot{top: plotTop}
	p.begin("Bar chart: days from the kept document to the removed one; the numbers stand below")
	top := p.grid(most)
	n := float64(last - first + 1)
	for _, c := range d.Days {
		p.bar("s1", (float64(c.Days-first)+.08)/n, .84/n, 0, float64(c.Documents)/top, days(c.Days)+": "+grouped(c.Documents))
	}
	p.gridLabels(top, most)
	var at []float64
	var names []string
	for day := -28; day <= 28; day += 7 {
		if day >= first && day <= last {
			at, names = append(at, (float64(day-first)+.5)/n), append(names, signed(day))
		}
	}
	p.axis(at, names)
	p.end()
	return p.html()
}

func signed(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// days says a delay in words.
func days(n int) string {
	switch {
	case n == 0:
		return "same day"
	case n > MaxDays:
		return fmt.Sprintf("more than %d days later", MaxDays)
	case n < -MaxDays:
		return fmt.Sprintf("more than %d days earlier", MaxDays)
	case n == 1:
		return "1 day later"
	case n == -1:
		return "1 day earlier"
	case n < 0:
		return fmt.Sprintf("%d days earlier", -n)
	}
	return fmt.Sprintf("%d days later", n)
}

// lengthPlot draws how long texts are, before and after.
func lengthPlot(counts []LengthCount) template.HTML {
	most := 0
	for _, c := range counts {
		most = max(most, c.Before, c.After)
	}
	p := plot{top: plotTop}
	p.begin("Bar chart: characters of the texts read and of those kept; the numbers stand below")
	top := p.grid(most)
	low, high := math.Log2(float64(counts[0].From)), math.Log2(float64(counts[len(counts)-1].To))
	place := func(n int) float64 { return (math.Log2(float64(n)) - low) / (high - low) }
	for _, c := range counts {
		x, w := place(c.From), place(c.To)-place(c.From)
		p.bar("before", x+.001, max(w-.002, .001), 0, float64(c.Before)/top, lengthTitle(c, "read", c.Before))
		p.bar("s1", x+.001, max(w-.002, .001), 0, float64(c.After)/top, lengthTitle(c, "kept", c.After))
	}
	p.gridLabels(top, most)
	var at []float64
	var names []string
	for n := 1; n <= counts[len(counts)-1].To; n *= 10 {
		if n >= counts[0].From {
			at, names = append(at, place(n)), append(names, grouped(n))
		}
	}
	p.axis(at, names)
	p.end()
	return p.html()
}

func lengthTitle(c LengthCount, what string, n int) string {
	return fmt.Sprintf("%s to %s characters: %s %s", grouped(c.From), grouped(c.To-1), grouped(n), what)
}

// miniBar draws a share as a bar in a table.
func miniBar(class literal, share float64) template.HTML { return barAt(class, 0, share) }

// barAt draws a share as a bar that begins at a place.
func barAt(class literal, from, share float64) template.HTML {
	var m markup
	m.raw(`<svg class="bar" width="100%" height="10" aria-hidden="true"><rect class="track" width="100%" height="10"/><rect class="`, class, `" height="10"`)
	m.percent("x", min(max(from, 0), 1))
	m.percent("width", min(max(share, 0), 1))
	m.raw(`/></svg>`)
	return m.html()
}
