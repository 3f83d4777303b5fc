package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// A sheet is a sample of what a run did, to be labelled by reading: as JSONL whose labels are empty, and as a page that fills them in.

// SheetOptions say what is sampled.
type SheetOptions struct {
	N    int    // lines, shared out evenly among the strata
	By   string // relation: pairs by relation; rule: decisions by rule; source: all documents by source
	Seed uint64
}

// MaxSheet is the largest number of lines that can be asked for: the page must open.
const MaxSheet = 5000

// Sheet is a sample to be labelled.
type Sheet struct {
	By    string
	Lines []SheetLine
}

// SheetLine is one thing to label: a pair if A is there, else a document. Labels that are not given are empty or null.
type SheetLine struct {
	A        string `json:"a,omitempty"`
	B        string `json:"b,omitempty"`
	Relation string `json:"relation"`
	Drop     string `json:"drop"`

	ID        string   `json:"id,omitempty"`
	Source    string   `json:"source,omitempty"`
	Text      string   `json:"text,omitempty"`
	Spans     [][3]any `json:"spans"`
	Found     [][4]any `json:"found,omitempty"` // what the run found: start, end, kind, rule
	Truncated string   `json:"truncated"`
	Prose     *int     `json:"prose"`

	Sure    int     `json:"sure"`
	Stratum string  `json:"stratum"`
	Weight  float64 `json:"weight"` // how many of the run it stands for

	texts [2]string
	spans []Span
}

// sheetStratum is what lines are drawn from.
type sheetStratum struct {
	seen   int
	picked shortlist[string] // ids, of pairs both in JSON
}

type sheetSampler struct {
	opt    SheetOptions
	strata map[string]*sheetStratum
}

// offer takes notice of a thing. It is drawn if the number that seed and name give is among the smallest: the order of things does not matter.
func (s *sheetSampler) offer(stratum, name string) {
	t := s.strata[stratum]
	if t == nil {
		t = &sheetStratum{picked: shortlist[string]{limit: s.opt.N}}
		s.strata[stratum] = t
	}
	t.seen++
	number := rand.NewPCG(s.opt.Seed, xxhash.Sum64String(name)).Uint64()
	if t.picked.wants(0, number) {
		t.picked.add(pick[string]{0, number, name})
	}
}

// drawn is a thing that was drawn, with the stratum it was drawn from.
type drawn struct {
	name, stratum string
	weight        float64
}

// draw shares the lines out: strata that have few give all, the others as many as each other. A thing is drawn once.
func (s *sheetSampler) draw() []drawn {
	names := sortedKeys(s.strata)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(s.strata[a].seen, s.strata[b].seen) })
	var out []drawn
	taken, left := map[string]bool{}, s.opt.N
	for i, stratum := range names {
		t, first := s.strata[stratum], len(out)
		share := left / (len(names) - i)
		for _, p := range t.picked.picks {
			if len(out)-first < share && !taken[p.value] {
				taken[p.value] = true
				out = append(out, drawn{p.value, stratum, 1})
			}
		}
		left -= len(out) - first
		for j := first; j < len(out) && s.opt.By != "rule"; j++ { // a document can be hit by several rules
			out[j].weight = float64(t.seen) / float64(len(out)-first)
		}
	}
	number := func(d drawn) uint64 { return rand.NewPCG(s.opt.Seed+1, xxhash.Sum64String(d.name)).Uint64() }
	slices.SortFunc(out, func(a, b drawn) int { return cmp.Compare(number(a), number(b)) }) // who labels must not know the stratum by the place
	return out
}

// NewSheet samples the run that wrote dir.
func NewSheet(dir string, opt SheetOptions) (*Sheet, error) {
	s := &sheetSampler{opt, map[string]*sheetStratum{}}
	var err error
	switch opt.By {
	case "relation":
		err = EachPair(dir, func(p *Pair) {
			name, _ := json.Marshal([2]string{p.A, p.B})
			s.offer(p.Relation, string(name))
		})
	case "rule":
		err = EachDecision(dir, s.rules)
	case "source":
		err = Documents(dir, func(d *RunDocument) bool {
			if d.Place.ID != "" {
				s.offer(d.Source, d.Place.ID)
			}
			return true
		})
	default:
		err = fmt.Errorf("--by %q: give relation, rule or source", opt.By)
	}
	if err != nil {
		return nil, err
	}
	return s.sheet(dir)
}

// rules offers a decision to each rule that found something in the document or removed it for its quality.
func (s *sheetSampler) rules(d *Decision) {
	seen := map[string]bool{}
	offer := func(stratum string) {
		if !seen[stratum] {
			seen[stratum] = true
			s.offer(stratum, d.ID)
		}
	}
	for _, p := range d.Spans {
		offer(p.Kind + ": " + p.Rule)
	}
	for _, r := range d.Reasons {
		switch r.Rule {
		case "exact-copy", "duplicate": // pairs, by relation
		case "truncated":
			offer(d.Truncated + ": " + r.Kind)
		default:
			offer(r.Rule)
		}
	}
}

// sheet reads the texts of what was drawn. What cannot be told apart by its id is left out.
func (s *sheetSampler) sheet(dir string) (*Sheet, error) {
	all, ids := s.draw(), map[string]bool{}
	pairs := make([][2]string, len(all))
	for i, d := range all {
		pairs[i] = [2]string{d.name}
		if s.opt.By == "relation" {
			if err := json.Unmarshal([]byte(d.name), &pairs[i]); err != nil {
				return nil, fmt.Errorf("report: %w", err)
			}
			ids[pairs[i][1]] = true
		}
		ids[pairs[i][0]] = true
	}
	docs, err := LookUp(dir, ids)
	if err != nil {
		return nil, err
	}
	out := &Sheet{By: s.opt.By, Lines: []SheetLine{}}
	for i, d := range all {
		line := SheetLine{Sure: 1, Stratum: d.stratum, Weight: d.weight}
		a, b := docs[pairs[i][0]], docs[pairs[i][1]]
		switch {
		case a == nil || a.Documents > 1 || s.opt.By == "relation" && (b == nil || b.Documents > 1):
			continue
		case s.opt.By == "relation":
			line.A, line.B, line.texts = pairs[i][0], pairs[i][1], [2]string{a.Text, b.Text}
		default:
			line.document(d.name, a)
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

func (l *SheetLine) document(id string, d *Looked) {
	l.ID, l.Source, l.Text, l.texts[0] = id, d.Source, d.Text, d.Text
	if d.Decision == nil {
		return
	}
	for n, p := len([]rune(d.Text)), d.Decision.Spans; len(p) > 0 && p[0].End <= n && p[0].Start <= p[0].End; p = p[1:] {
		l.spans = append(l.spans, p[0])
		l.Found = append(l.Found, [4]any{p[0].Start, p[0].End, p[0].Kind, p[0].Rule})
	}
}

// WriteJSONL writes the sheet with empty labels.
func (s *Sheet) WriteJSONL(w io.Writer) error {
	out := json.NewEncoder(w)
	for i := range s.Lines {
		if err := out.Encode(&s.Lines[i]); err != nil {
			return err
		}
	}
	return nil
}
