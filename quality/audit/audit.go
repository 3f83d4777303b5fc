package audit

import (
	"math"
	"runtime"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// Document is one that is judged.
type Document struct {
	ID, Place, Source, Text string
}

// Options say what is judged, and by what.
type Options struct {
	Presets  []*quality.Preset
	Rule     string // look at this rule alone; "" for all
	Raw      bool   // judge texts as they stand; else as clean judges them, repaired
	Examples int    // on each side of a threshold; 0: 2
	Workers  int    // never changes the result
}

// Result is what was found.
type Result struct {
	Documents int       `json:"documents"`
	Raw       bool      `json:"raw"`
	Presets   []Preset  `json:"presets"`
	Between   []Overlap `json:"between,omitempty"` // of presets
}

// Preset is what one preset does.
type Preset struct {
	Name     string    `json:"preset"`
	Dropped  int       `json:"dropped"`
	Share    float64   `json:"share"`
	Trimmed  int       `json:"trimmed"` // dropped if each line were trimmed
	Sources  []Rate    `json:"sources"`
	Rules    []Rule    `json:"rules"`
	Overlaps []Overlap `json:"overlaps,omitempty"` // of its rules, the largest
	Warnings []Warning `json:"warnings,omitempty"`

	hits *roaring.Bitmap
}

// Rule is what one rule does.
type Rule struct {
	Name      string    `json:"rule"`
	Signal    string    `json:"signal"`
	Op        string    `json:"op"`
	Threshold float64   `json:"threshold"`
	Hits      int       `json:"hits"`
	Share     float64   `json:"share"`
	Alone     int       `json:"alone"`    // documents that no other rule of the preset hits
	Trimmed   int       `json:"trimmed"`  // hits if each line were trimmed
	OneLine   int       `json:"one_line"` // hits in texts of one line
	Sources   []Rate    `json:"sources"`  // the most hit first
	Dropped   []Example `json:"just_dropped,omitempty"`
	Kept      []Example `json:"just_kept,omitempty"`

	rule    *quality.Rule
	values  []float64 // of each document; NaN where the rule does not apply
	hits    *roaring.Bitmap
	trimmed *roaring.Bitmap
}

// Rate is how many documents of a source are hit.
type Rate struct {
	Source    string  `json:"source"`
	Documents int     `json:"documents"`
	Hits      int     `json:"hits"`
	Share     float64 `json:"share"`
}

// Overlap counts what two rules, or two presets, hit.
type Overlap struct {
	A     string  `json:"a"`
	B     string  `json:"b"`
	Both  int     `json:"both"`
	OnlyA int     `json:"only_a"`
	OnlyB int     `json:"only_b"`
	Share float64 `json:"share"` // both of the smaller
}

// Example is a document near a threshold.
type Example struct {
	ID     string  `json:"id,omitempty"`
	Place  string  `json:"place"`
	Source string  `json:"source,omitempty"`
	Value  float64 `json:"value"`
	Text   string  `json:"text"` // its beginning
}

// audit is an examination under way.
type audit struct {
	opt     Options
	docs    []Document
	sources []sourceSet
	presets []Preset
	oneLine *roaring.Bitmap
	learned quality.Learned
}

// Examine judges documents by presets.
func Examine(docs []Document, opt Options) (*Result, error) {
	if opt.Examples <= 0 {
		opt.Examples = 2
	}
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	a := &audit{opt: opt, docs: docs, sources: bySource(docs), oneLine: roaring.New()}
	for _, p := range opt.Presets {
		a.presets = append(a.presets, a.preset(p))
	}
	if err := a.judge(); err != nil {
		return nil, err
	}
	r := &Result{Documents: len(docs), Raw: opt.Raw}
	tests := a.tests()
	for i := range a.presets {
		a.presets[i].finish(a, tests)
	}
	r.Presets, r.Between = a.presets, between(a.presets)
	return r, nil
}

func (a *audit) preset(p *quality.Preset) Preset {
	out := Preset{Name: p.Name, hits: roaring.New()}
	for i := range p.Rules {
		r := &p.Rules[i]
		if a.opt.Rule != "" && r.Name != a.opt.Rule {
			continue
		}
		out.Rules = append(out.Rules, Rule{
			Name: r.Name, Signal: r.Signal, Op: r.Op, Threshold: *r.Threshold,
			rule: r, values: make([]float64, len(a.docs)), hits: roaring.New(), trimmed: roaring.New(),
		})
	}
	return out
}

// mark is what judging one document says of one rule.
type mark struct {
	value        float64
	hit, trimmed bool
}

// judge fills values and sets. Workers take documents by turns and write to places of their own; sets are filled after.
func (a *audit) judge() error {
	if !a.opt.Raw {
		a.learn()
	}
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		return err
	}
	rules := a.rules()
	marks := make([][]mark, len(a.docs))
	single := make([]bool, len(a.docs))
	var wg sync.WaitGroup
	for w := range a.opt.Workers {
		wg.Go(func() {
			j := newJudge(a, phrases, rules)
			for i := w; i < len(a.docs); i += a.opt.Workers {
				marks[i], single[i] = j.judge(&a.docs[i])
			}
		})
	}
	wg.Wait()
	for i, of := range marks {
		if single[i] {
			a.oneLine.Add(uint32(i))
		}
		for n, m := range of {
			r := rules[n]
			r.values[i] = m.value
			if m.hit {
				r.hits.Add(uint32(i))
			}
			if m.trimmed {
				r.trimmed.Add(uint32(i))
			}
		}
	}
	return nil
}

// rules are those of all presets.
func (a *audit) rules() []*Rule {
	var out []*Rule
	for i := range a.presets {
		for j := range a.presets[i].Rules {
			out = append(out, &a.presets[i].Rules[j])
		}
	}
	return out
}

// learn learns from the documents what recurs in each source, as clean does.
func (a *audit) learn() {
	c := recur.NewCounter(recur.Options{})
	b := c.NewBatch()
	for i := range a.docs {
		b.Add(a.docs[i].Source, a.docs[i].Text, quality.AppendCode(nil, a.docs[i].Text))
		c.Append(b)
		b.Reset()
	}
	a.learned = c.Profile()
}

// judge judges documents; one for each goroutine.
type judge struct {
	cleaner  *quality.Cleaner // nil: texts are judged as they stand
	analyzer quality.Analyzer
	rules    []*Rule
}

func newJudge(a *audit, phrases *quality.Phrases, rules []*Rule) *judge {
	j := &judge{rules: rules}
	if !a.opt.Raw {
		j.cleaner = quality.NewCleaner(quality.Options{Phrases: phrases, Learned: a.learned})
	}
	for _, p := range a.opt.Presets {
		j.analyzer.CharRepetition = j.analyzer.CharRepetition || p.Uses("bigscience_char_repetition")
	}
	return j
}

func (j *judge) judge(d *Document) (marks []mark, single bool) {
	text := d.Text
	if j.cleaner != nil {
		text = strings.Clone(j.cleaner.Clean(text, d.Source).Text)
	}
	marks = make([]mark, len(j.rules))
	s := j.analyzer.Analyze(text)
	for i, r := range j.rules {
		marks[i].value = math.NaN()
		if r.rule.Applies(s) {
			marks[i].value, _ = s.Value(r.Signal)
			marks[i].hit = r.rule.Hits(s)
		}
		marks[i].trimmed = marks[i].hit
	}
	single = s.Lines == 1
	if trimmed := trimLines(text); trimmed != text {
		s = j.analyzer.Analyze(trimmed)
		for i, r := range j.rules {
			marks[i].trimmed = r.rule.Hits(s)
		}
	}
	return marks, single
}

// trimLines trims each line, and the text.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
