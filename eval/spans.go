package eval

import (
	"fmt"
	"slices"
	"unicode"

	"github.com/corpusctl/corpusctl/report"
)

// DefaultKinds are the kinds of leftovers that are wanted unless others are asked for.
func DefaultKinds() []string {
	return []string{"code", "share", "promo", "related", "nav", "disclaimer"}
}

// foundFrom is the share of a labelled span from which it counts as found.
const foundFrom = .8

// Cover compares spans character by character: wanted and called say of each character whether it is in a span. Characters that skip names do not
// count. All three are as long as the text, in code points.
func Cover(wanted, called []bool, skip func(i int) bool) (c Counts) {
	for i := range wanted {
		if !skip(i) {
			c = c.Plus(Judged(wanted[i], called[i], 1))
		}
	}
	return c
}

// Spans compares labelled leftovers with the spans of decisions.jsonl, by characters that are no white space. A span counts whether it was cut or only
// marked, as in documents that were removed.
func Spans(opt Options) (*Result, error) {
	if opt.Kinds == nil {
		opt.Kinds = DefaultKinds()
	}
	labels, n, err := readLabels(opt.Gold, opt, checkSpans)
	if err != nil {
		return nil, err
	}
	run, err := report.LookUp(opt.Run, idsOf(labels))
	if err != nil {
		return nil, err
	}
	s := spanScore{r: &Result{What: "spans", errors: opt.Errors}, kinds: opt.Kinds, spans: map[string][2]int{}}
	for _, l := range labels {
		if f := run[l.ID]; n.present(l, run, l.ID) && !s.add(l, f) {
			n.Compared--
			n.problem(&n.OtherText, "line %d: the label has another text than the run, or offsets outside of it (%q)", l.line, l.ID)
		}
	}
	s.r.Labels = n
	s.sections(opt.Seed)
	return s.r, nil
}

type spanScore struct {
	r                             *Result
	kinds                         []string
	all, byKind, byRule, bySource Table
	spans                         map[string][2]int // by kind: found, labelled
	clean, touched                int
}

// add compares one document; false if label and run do not speak of the same text.
func (s *spanScore) add(l *label, f *report.Looked) bool {
	text := []rune(f.Text)
	if f.Text == "" && l.Text != nil {
		text = []rune(*l.Text) // of a document without id that is not known by its place
	}
	if l.Text != nil && *l.Text != string(text) || !inside(l, len(text)) {
		return false
	}
	wanted, off := make([]string, len(text)), make([]bool, len(text))
	for _, g := range l.Spans {
		for i := g.start; i < g.end; i++ {
			if g.kind == "" || slices.Contains(s.kinds, g.kind) {
				wanted[i] = kindOr(g.kind)
			} else {
				off[i] = true // neither wanted nor wrong
			}
		}
	}
	called := s.called(f, len(text))
	for _, u := range l.Unseen {
		for i := max(u[0], 0); i < min(u[1], len(text)); i++ {
			off[i], wanted[i] = true, ""
		}
	}
	d := doc{l, f, text, wanted, called, off}
	s.count(&d)
	s.countSpans(&d)
	return true
}

// doc is a document with what is said of each of its characters: a kind, a rule, or nothing.
type doc struct {
	*label
	*report.Looked
	text           []rune
	wanted, called []string
	off            []bool
}

func kindOr(kind string) string {
	if kind == "" {
		return "leftover"
	}
	return kind
}

func inside(l *label, n int) bool {
	for _, g := range l.Spans {
		if g.start < 0 || g.start > g.end || g.end > n {
			return false
		}
	}
	return true
}

// called says of each character by which rule it is in a span.
func (s *spanScore) called(f *report.Looked, n int) []string {
	out := make([]string, n)
	if f.Decision == nil {
		return out
	}
	for _, p := range f.Decision.Spans {
		for i := max(p.Start, 0); i < min(p.End, n) && slices.Contains(s.kinds, p.Kind); i++ {
			out[i] = p.Kind + ": " + p.Rule
		}
	}
	return out
}

func (d *doc) skip(i int) bool {
	return unicode.IsSpace(d.text[i]) || d.off[i] && (d.wanted[i] == "")
}

// count adds the characters to the tables and the wrong and missed stretches to the mistakes.
func (s *spanScore) count(d *doc) {
	for _, t := range []*Table{&s.all, &s.byKind, &s.byRule, &s.bySource} {
		t.Unit()
	}
	source := d.label.Source
	if source == "" {
		source = d.Looked.Source
	}
	clean, touched := true, false
	for i := range d.text {
		if d.skip(i) {
			continue
		}
		is, called := d.wanted[i] != "", d.called[i] != ""
		clean, touched = clean && !is, touched || called
		if !is && !called {
			continue
		}
		c := Judged(is, called, d.weight())
		s.all.Add("leftovers", c)
		s.bySource.Add(source, c)
		if is {
			s.byKind.Add(d.wanted[i], c)
		}
		if called {
			s.byRule.Add(d.called[i], c)
		}
	}
	if clean {
		s.clean++
		s.touched += btoi(touched)
	}
	s.stretches(d)
}

// stretches lists what is wrong and what is missed, each stretch once.
func (s *spanScore) stretches(d *doc) {
	state := func(i int) string {
		switch {
		case d.skip(i) || (d.wanted[i] != "") == (d.called[i] != ""):
			return ""
		case d.wanted[i] != "":
			return "missed"
		}
		return "wrong"
	}
	for i := 0; i < len(d.text); i++ {
		kind := state(i)
		if kind == "" {
			continue
		}
		end := i + 1
		for j := end; j < len(d.text) && (state(j) == kind || unicode.IsSpace(d.text[j])); j++ {
			if state(j) == kind {
				end = j + 1
			}
		}
		s.r.mistake(Mistake{kind, orProse(d.wanted[i]), orProse(d.called[i]), []string{d.label.ID}, []string{d.Where}, i, end, []string{string(d.text[i:end])}})
		i = end - 1
	}
}

func orProse(s string) string {
	if s == "" {
		return "prose"
	}
	return s
}

// countSpans counts the labelled spans that were found, white space included.
func (s *spanScore) countSpans(d *doc) {
	for _, g := range d.label.Spans {
		if g.start == g.end || g.kind != "" && !slices.Contains(s.kinds, g.kind) {
			continue
		}
		covered := 0
		for i := g.start; i < g.end; i++ {
			covered += btoi(d.called[i] != "")
		}
		n := s.spans[kindOr(g.kind)]
		n[0] += btoi(float64(covered) >= foundFrom*float64(g.end-g.start))
		n[1]++
		s.spans[kindOr(g.kind)] = n
	}
}

func (s *spanScore) sections(seed uint64) {
	s.r.section(&s.all, seed, "characters", "all", "characters without white space", "leftovers")
	s.r.section(&s.byKind, seed, "kinds", "recall", "by kind of the label: found by any rule", s.byKind.Classes()...)
	s.r.section(&s.byRule, seed, "rules", "precision", "by rule of the run: labelled as any wanted kind", s.byRule.Classes()...)
	if sources := s.bySource.Classes(); len(sources) > 1 {
		s.r.section(&s.bySource, seed, "sources", "all", "by source", sources...)
	}
	for _, kind := range sortedKeys(s.spans) {
		s.r.Facts = append(s.r.Facts, Fact{"spans of " + kind + " found (80% and more of them)", Number(s.spans[kind][0]), s.spans[kind][1]})
	}
	s.r.Facts = append(s.r.Facts, Fact{"documents without leftovers that were touched", Number(s.touched), s.clean})
}

func checkSpans(l *label) (string, error) {
	switch {
	case l.ID == "":
		return "", fmt.Errorf("not a label of a document: it wants id and spans")
	case l.Spans == nil:
		return "", errUnlabelled
	}
	return l.ID, nil
}

func idsOf(labels []*label) map[string]bool {
	ids := map[string]bool{}
	for _, l := range labels {
		ids[l.ID] = true
	}
	return ids
}
