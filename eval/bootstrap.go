package eval

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// The intervals are percentile bootstrap intervals (B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7, 1979;
// B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13): as many units as there are, are drawn with replacement
// Resamples times, the figure is taken of each draw, and the interval runs from the 2.5th to the 97.5th percentile of these, interpolated
// between neighbours as numpy.percentile does. Draws in which a figure is no number are left out of it.
//
// Where no unit is wrong every draw is without a mistake, and the interval is a point. That says that nothing went wrong among so many,
// not that nothing can: up to 3 in n may, at 95% (the rule of three).
const (
	Resamples = 2000
	level     = .95
)

// Interval is where a figure may lie, at a level of 95%.
type Interval struct {
	Low  Number `json:"low"`
	High Number `json:"high"`
}

// Figure is a measure with its interval.
type Figure struct {
	Value    Number   `json:"value"`
	Interval Interval `json:"interval"`
}

// Figures are the measures of one class.
type Figures struct {
	Class string `json:"class"`
	Units int    `json:"units"` // that added to it
	Counts
	Precision Figure `json:"precision"`
	Recall    Figure `json:"recall"`
	F1        Figure `json:"f1"`
}

// Table gathers Counts by class, unit by unit. The zero value is empty.
type Table struct {
	units   int
	classes map[string][]unitCounts
}

type unitCounts struct {
	unit int
	Counts
}

// Unit begins the next unit.
func (t *Table) Unit() { t.units++ }

// Add adds to a class what the present unit has of it.
func (t *Table) Add(class string, c Counts) {
	if t.classes == nil {
		t.classes = map[string][]unitCounts{}
	}
	list := t.classes[class]
	if n := len(list); n > 0 && list[n-1].unit == t.units-1 {
		list[n-1].Counts = list[n-1].Plus(c)
		return
	}
	t.classes[class] = append(list, unitCounts{t.units - 1, c})
}

// Classes lists the classes in order of their names.
func (t *Table) Classes() []string { return sortedKeys(t.classes) }

// Figures returns the measures of classes, with intervals from units drawn by seed. The same table and seed give the same figures; classes that
// were never added to have no units and no figures.
func (t *Table) Figures(seed uint64, classes ...string) []Figures {
	out := make([]Figures, len(classes))
	draws := make([][3][]float64, len(classes))
	source := rand.NewPCG(seed, 0)
	times := make([]float64, t.units)
	for range Resamples {
		draw(source, times)
		for i, class := range classes {
			var c Counts
			for _, u := range t.classes[class] {
				c = c.plusTimes(u.Counts, times[u.unit])
			}
			for k, v := range [...]float64{c.Precision(), c.Recall(), c.F1()} {
				if !math.IsNaN(v) {
					draws[i][k] = append(draws[i][k], v)
				}
			}
		}
	}
	for i, class := range classes {
		f := Figures{Class: class, Units: len(t.classes[class])}
		for _, u := range t.classes[class] {
			f.Counts = f.Plus(u.Counts)
		}
		f.Precision = figure(f.Counts.Precision(), draws[i][0])
		f.Recall = figure(f.Counts.Recall(), draws[i][1])
		f.F1 = figure(f.Counts.F1(), draws[i][2])
		out[i] = f
	}
	return out
}

// draw sets how often each unit is drawn.
func draw(source *rand.PCG, times []float64) {
	clear(times)
	for range times {
		i, _ := bits.Mul64(source.Uint64(), uint64(len(times))) // not rand.Rand: how that draws is not promised
		times[i]++
	}
}

func figure(value float64, draws []float64) Figure {
	if math.IsNaN(value) {
		return Figure{Number(value), Interval{Number(value), Number(value)}}
	}
	slices.Sort(draws)
	return Figure{Number(value), Interval{Number(quantile(draws, (1-level)/2)), Number(quantile(draws, (1+level)/2))}}
}

// quantile is the one that R calls type 7: linear between the two nearest of the sorted values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	below := int(at)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}
