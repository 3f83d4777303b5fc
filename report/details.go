package report

import (
	"math"
	"math/bits"
	"slices"
)

// Place is where a document stands, in the input and in the output.
type Place struct {
	ID         string `json:"id"`
	File       string `json:"file"`
	Line       int    `json:"line"`
	Output     string `json:"output"`      // "kept" or "removed"
	OutputLine int    `json:"output_line"` // in Output/File
}

// Cluster is a kept document with what was removed for it.
type Cluster struct {
	Place
	Documents int `json:"documents"` // the kept one included
	Sources   int `json:"sources"`   // that have one of them
}

// Delays tells how long after the kept document the removed ones appeared.
type Delays struct {
	Dated int        `json:"dated"` // removals of which both documents have a date
	Days  []DayCount `json:"days"`  // sorted; those beyond MaxDays on either side are counted together, one day further
}

// DayCount counts the removed documents that are so many days younger than the kept one.
type DayCount struct {
	Days      int `json:"days"`
	Documents int `json:"documents"`
}

// MaxDays is the longest delay that is told from longer ones.
const MaxDays = 30

// ClipDays puts all that is longer than MaxDays together.
func ClipDays(days int) int { return min(max(days, -MaxDays-1), MaxDays+1) }

// MeasureBins is the number of bins that a measure from 0 to 1 is counted in.
const MeasureBins = 50

// Measures counts the verified pairs by what was measured, and shows some of those that nothing was done about.
type Measures struct {
	DropContainment float64          `json:"drop_containment"` // from which a document can go
	ListContainment float64          `json:"list_containment"` // a pair below both of these is not listed
	ListJaccard     float64          `json:"list_jaccard"`
	Jaccard         map[string][]int `json:"jaccard"`     // by relation: pairs in each of MeasureBins equal bins
	Containment     map[string][]int `json:"containment"` // the same of the larger of the two containments
	Stay            []StayingPair    `json:"stay,omitempty"`
}

// StayingPair is a verified pair of which neither document may go for the other: one of a sample of each relation, half of it at random,
// half of it those nearest to the threshold.
type StayingPair struct {
	A            Place   `json:"a"`
	B            Place   `json:"b"`
	Relation     string  `json:"relation"`
	Jaccard      float64 `json:"jaccard"`
	ContainmentA float64 `json:"containment_a"`
	ContainmentB float64 `json:"containment_b"`
}

// stayingSample is the number of staying pairs that are shown of each relation.
const stayingSample = 24

// MeasureCounter fills in Measures pair by pair. The thresholds are to be set before; it is used by one goroutine.
type MeasureCounter struct {
	Measures
	relations map[string]*relationCounter
}

// relationCounter counts the pairs of one relation.
type relationCounter struct {
	jaccard, containment []int
	staying              *sampler[StayingPair]
}

// Add counts a pair. Where place is not nil the pair is one of which neither goes; place is called for those that are sampled,
// and fills in A and B. Of the pairs with the same key, such as those of one document, one
// at most is shown.
func (m *MeasureCounter) Add(p StayingPair, key uint64, place func(*StayingPair)) {
	c := m.of(p.Relation)
	larger := max(p.ContainmentA, p.ContainmentB)
	countMeasure(c.jaccard, p.Jaccard)
	countMeasure(c.containment, larger)
	if place == nil {
		return
	}
	c.staying.offer(math.Abs(larger-m.DropContainment), mix(key), func() StayingPair {
		sampled := p // few are, and only these are worth the room
		place(&sampled)
		return sampled
	})
}

func (m *MeasureCounter) of(relation string) *relationCounter {
	c := m.relations[relation]
	if c == nil {
		if m.relations == nil {
			m.relations, m.Jaccard, m.Containment = map[string]*relationCounter{}, map[string][]int{}, map[string][]int{}
		}
		c = &relationCounter{make([]int, MeasureBins), make([]int, MeasureBins), newSampler[StayingPair](stayingSample)}
		m.relations[relation], m.Jaccard[relation], m.Containment[relation] = c, c.jaccard, c.containment
	}
	return c
}

// Finish returns the counts with the sample: by relation, the nearest to the threshold first.
func (m *MeasureCounter) Finish() *Measures {
	for _, relation := range sortedKeys(m.relations) {
		m.Stay = append(m.Stay, m.relations[relation].staying.chosen()...)
	}
	return &m.Measures
}

func countMeasure(bins []int, value float64) {
	bins[min(max(int(value*MeasureBins), 0), MeasureBins-1)]++
}

// LengthCount counts documents with texts of From to To-1 characters (Unicode code points).
type LengthCount struct {
	From   int `json:"from"`
	To     int `json:"to"`
	Before int `json:"before"` // of those read, as they were
	After  int `json:"after"`  // of those kept, as they were written
}

// LengthBins is the number of bins of lengths: four for each doubling, up to a quarter of a billion characters.
const LengthBins = 4 * 28

// lengthStarts are the smallest lengths of the bins, each longer than the one before by the same factor; of short lengths some bins
// hold none.
var lengthStarts = func() (out [LengthBins + 1]int) {
	for i := range out {
		out[i] = int(math.Ceil(math.Round(math.Exp2(float64(i)/4)*1e6) / 1e6))
	}
	return out
}()

// LengthBin returns the bin of a length. An empty text goes with those of one character.
func LengthBin(n int) uint8 {
	if n < 1 {
		return 0
	}
	bin := 4 * (bits.Len(uint(n)) - 1)
	if bin >= LengthBins {
		return LengthBins - 1
	}
	for bin+1 < LengthBins && n >= lengthStarts[bin+1] {
		bin++
	}
	return uint8(bin)
}

// LengthCounts lists the bins between the shortest and the longest text.
func LengthCounts(before, after *[LengthBins]int) []LengthCount {
	var out []LengthCount
	for bin := range LengthBins {
		from, to := lengthStarts[bin], lengthStarts[bin+1]
		if from < to {
			out = append(out, LengthCount{from, to, before[bin], after[bin]})
		}
	}
	used := func(c LengthCount) bool { return c.Before+c.After > 0 }
	first := slices.IndexFunc(out, used)
	if first < 0 {
		return nil
	}
	last := len(out)
	for !used(out[last-1]) {
		last--
	}
	return out[first:last]
}

// Furniture is what recurs in the texts of one source.
type Furniture struct {
	Source   string          `json:"source"`
	Articles int             `json:"articles"` // different texts that were counted
	Entries  int             `json:"entries"`  // things that recur
	Top      []FurnitureItem `json:"top,omitempty"`
}

// FurnitureItem is one of the things that recur most in a source.
type FurnitureItem struct {
	Kind     string `json:"kind"`
	Rule     string `json:"rule"`
	Place    string `json:"place"`
	Articles int    `json:"articles"` // that have it
	Example  string `json:"example"`
}
