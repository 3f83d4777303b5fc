package advise

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/corpusctl/corpusctl/dedup"
)

// Setting is a flag that dedup and clean take, its value, and why.
type Setting struct {
	Flag    string `json:"flag"`
	Value   string `json:"value"`
	Changed bool   `json:"changed"`        // it is not the default
	Clean   bool   `json:"clean_only"`     // only clean takes it
	Why     string `json:"why"`            // one sentence or two
	Note    string `json:"note,omitempty"` // what to look at first
}

// plan is what is recommended.
type plan struct {
	options  dedup.Options
	preset   string // of clean
	settings []Setting
}

// The bars of the choice.
const (
	// maxUnrelated is how many unrelated candidates the bands may give a document: comparing one takes as long as sketching two documents.
	maxUnrelated = .5
	// shortText is the median length, in characters, below which texts are short: a word exchanged costs one of them a tenth of its shingles and more.
	shortText = 250
	// sampledMedian and sampledLow are the sampled shingles that a text of median length, and one that is longer than a tenth of the texts, should have.
	sampledMedian, sampledLow = 24, 12
	// leastRate bounds the keys of short texts, mostRate the length of an excerpt of a long one that can be missed.
	leastRate, mostRate = 2, 128
	// leastShingles is the smallest number of shingles at which texts are compared other than whole: about five words.
	leastShingles = 24
	bins          = 128 // of a sketch
)

// choose makes the plan, setting after setting.
func (s *subject) choose(a *Advice) *plan {
	p := &plan{options: dedup.DefaultOptions(), preset: "news-ar"}
	s.fieldSettings(a, p)
	n := s.chooseShingle(a, p)
	s.chooseBands(a, p, n)
	chooseSampling(a.Texts.Characters, p)
	chooseLeast(a.Texts.Characters, p)
	choosePreset(a, p)
	return p
}

func (p *plan) set(flag string, value, standard any, why string, args ...any) {
	v := fmt.Sprint(value)
	p.settings = append(p.settings, Setting{Flag: flag, Value: v, Changed: v != fmt.Sprint(standard), Why: fmt.Sprintf(why, args...)})
}

// fieldSettings names the fields that have other names than those in force.
func (s *subject) fieldSettings(a *Advice, p *plan) {
	have := map[string]string{}
	for _, f := range a.Fields {
		if f.Role != "" && have[f.Role] == "" {
			have[f.Role] = f.Name
		}
	}
	names := s.opt.Reading.Fields
	for _, f := range []struct{ role, given string }{{"text", names.Text}, {"id", names.ID}, {"source", names.Source}, {"date", names.Date}, {"url", names.URL}} {
		name := f.given
		if found := have[f.role]; found != "" && f.role != "text" {
			name = found
		}
		if name != f.role && name != "" {
			p.set(f.role+"-field", name, f.role, "what the records call it")
		}
	}
}

// chooseShingle takes the default where unrelated texts seldom meet at it, a longer one where they meet often, a shorter one for short texts.
func (s *subject) chooseShingle(a *Advice, p *plan) *Noise {
	standard := p.options.Shingle
	first := 0
	short := a.Texts.Characters.Median < shortText
	for lengths[first] < standard && !short {
		first++
	}
	n := &a.Noise[first]
	for i := first; i < len(lengths); i++ {
		if n = &a.Noise[i]; n.Meet <= maxUnrelated {
			break
		}
	}
	p.options.Shingle = n.Shingle
	p.options.SampleShingle = max(p.options.SampleShingle, n.Shingle)
	switch {
	case n.Pairs == 0:
		p.set("shingle", n.Shingle, standard, "the default: there are no two texts to compare")
	case n.Shingle < standard:
		p.set("shingle", n.Shingle, standard, "the texts are short, a word exchanged costs its own shingles and %d more; unrelated texts share J %.3f on average, and %.2g of them meet each document", n.Shingle-1, n.Mean, n.Meet)
	case n.Shingle > standard:
		was := &a.Noise[1]
		p.set("shingle", n.Shingle, standard, "at %d characters unrelated texts share J %.3f on average and %.3g of them would meet each document; at %d it is %.3f and %.2g", was.Shingle, was.Mean, was.Meet, n.Shingle, n.Mean, n.Meet)
	default:
		p.set("shingle", n.Shingle, standard, "unrelated texts share J %.3f on average, 1 in 100 more than %.3f; %.2g of them meet each document", n.Mean, n.P99, n.Meet)
	}
	return n
}

// chooseBands takes the default, wider bands for short texts, which have few sampled shingles, if that costs little, and narrower ones where
// unrelated texts meet even so.
func (s *subject) chooseBands(a *Advice, p *plan, n *Noise) {
	rows := p.options.Rows
	meet := func(rows int) float64 { return s.Distinct() * n.probability(dedup.Bands{N: bins / rows, Rows: rows}) }
	why := "a pair of J .6 meets with %.3f, of .5 with %.2f, of .4 with %.2f"
	if a.Texts.Characters.Median < shortText && meet(rows-1) <= maxUnrelated {
		rows--
		why = "short texts have few sampled shingles, so bands must find more; " + why
	}
	for meet(rows) > maxUnrelated && rows < 8 {
		rows++
	}
	if rows > p.options.Rows {
		why = "unrelated texts would meet too often with fewer rows; " + why
	}
	b := dedup.Bands{N: bins / rows, Rows: rows}
	standard := p.options
	p.options.Bands, p.options.Rows = b.N, b.Rows
	p.set("bands", b.N, standard.Bands, why, b.Probability(.6), b.Probability(.5), b.Probability(.4))
	p.set("rows", b.Rows, standard.Rows, "half of the pairs of J %.2f are found by bands alone", b.Threshold())
}

// chooseSampling makes the sampling as dense as the texts are short.
func chooseSampling(chars Quantiles, p *plan) {
	standard := dedup.DefaultOptions()
	p.set("sample-shingle", p.options.SampleShingle, standard.SampleShingle, "long enough that what two texts share of it is a passage")
	rate := min(chars.Median/sampledMedian, chars.P10/sampledLow)
	rate = 1 << max(bits.Len(uint(max(rate, 1)))-1, 0)
	rate = min(max(rate, leastRate), mostRate)
	p.options.SampleRate = rate
	p.set("sample-rate", rate, standard.SampleRate, "a text of median length (%d characters) has %d sampled shingles, one of %d has %d", chars.Median, chars.Median/rate, chars.P10, chars.P10/rate)
}

// chooseLeast lowers the bar of what is compared at all where many texts would be below it.
func chooseLeast(chars Quantiles, p *plan) {
	standard := dedup.DefaultOptions().MinShingles
	low := chars.P10 - p.options.Shingle + 1
	least := min(standard, max(low, leastShingles))
	p.options.MinShingles = least
	why := "nine words: a lone caption says nothing"
	if least < standard {
		why = fmt.Sprintf("one text in ten has no more than %d characters; at the default of %d they would be compared whole only", chars.P10, standard)
	}
	p.set("min-shingles", least, standard, "%s", why)
}

// fewWords is the median number of words of texts for which rules about articles make no sense.
const fewWords = 40

// choosePreset leaves the rules of clean out where they are about other texts.
func choosePreset(a *Advice, p *plan) {
	t, why := a.Texts, "Arabic prose"
	switch {
	case t.Arabic < .5:
		p.preset, why = "none", fmt.Sprintf("%.0f%% of the letters are Arabic: news-ar would remove the texts for their script; see corpusctl audit for other presets", 100*t.Arabic)
	case t.Words < fewWords:
		p.preset, why = "none", fmt.Sprintf("half of the texts have no more than %.0f words: news-ar removes what has fewer than 25; see corpusctl audit", t.Words)
	}
	p.set("preset", p.preset, "news-ar", "%s", why)
	p.settings[len(p.settings)-1].Clean = true
}

// Point is what is expected of pairs of one measure.
type Point struct {
	At    float64 `json:"at"`
	Found float64 `json:"found"`
}

// expected is the S-curve of the bands.
func (p *plan) expected() []Point {
	b := dedup.Bands{N: p.options.Bands, Rows: p.options.Rows}
	var out []Point
	for _, j := range []float64{.9, .8, .7, .6, .5, .4, .3} {
		out = append(out, Point{j, b.Probability(j)})
	}
	return out
}

// excerpts is the probability that the sampled shingles propose a text of median length and one that holds a share of its long shingles.
func (p *plan) excerpts(t Texts) []Point {
	n := max(t.Characters.Median-p.options.SampleShingle+1, 1)
	var out []Point
	for _, c := range []float64{1, .9, .8, .7, .6, .5} {
		out = append(out, Point{c, sampledTogether(n, p.options.SampleRate, c)})
	}
	return out
}

// sampledTogether is the probability that of n shingles, each sampled with 1/rate, of which a share c stands in another text, enough are
// sampled there for the pair to be proposed. The number sampled is binomial, and so is the number shared of these: enough are a
// quarter of them and two, or one of four or fewer (dedup, enoughShared).
func sampledTogether(n, rate int, c float64) float64 {
	total := 0.
	mean := float64(n) / float64(rate)
	spread := 6 * math.Sqrt(mean+1)
	for m := max(1, int(mean-spread)); m <= min(n, int(mean+spread)+1); m++ {
		enough := max(2, (m+3)/4)
		if m <= 4 {
			enough = 1
		}
		total += binomial(n, m, 1/float64(rate)) * atLeast(m, enough, c)
	}
	return min(total, 1)
}

// binomial is the probability of m successes of n.
func binomial(n, m int, p float64) float64 {
	if p >= 1 {
		return btof(n == m)
	}
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(m + 1))
	c, _ := math.Lgamma(float64(n - m + 1))
	return math.Exp(a - b - c + float64(m)*math.Log(p) + float64(n-m)*math.Log1p(-p))
}

// atLeast is the probability of k successes of n or more.
func atLeast(n, k int, p float64) float64 {
	sum := 0.
	for m := k; m <= n; m++ {
		sum += binomial(n, m, p)
	}
	return min(sum, 1)
}

func btof(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
