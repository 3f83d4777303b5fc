package main

import (
	"slices"
	"unicode"

	"github.com/corpusctl/corpusctl/eval"
)

// quality is how well a tool did as a filter and as a cleaner.
type quality struct {
	Leftovers *goldScore `json:"leftovers,omitempty"`
	Code      *goldScore `json:"code,omitempty"`
	Pages     *goldScore `json:"pages,omitempty"`

	News      map[string]rate `json:"news,omitempty"`       // by source: dropped
	NewsRules map[string]int  `json:"news_rules,omitempty"` // dropped, by rule
	NewsBytes int             `json:"news_bytes,omitempty"` // of the sample's texts
}

// goldScore compares outcomes with labels. Borderline labels are left out; white space and what no annotator saw count nowhere.
type goldScore struct {
	Worth     rate           `json:"worth"`     // worth keeping, whole, without code put in: dropped
	Rules     map[string]int `json:"rules"`     // the same, by rule
	NoProse   rate           `json:"no_prose"`  // not worth keeping: dropped
	Truncated rate           `json:"truncated"` // without the end, the beginning or the body: dropped, or marked as truncated
	Coded     rate           `json:"coded"`     // with code put in: dropped
	Freed     rate           `json:"freed"`     // of these: kept, and of its code no more than a twentieth

	Cut     eval.Counts `json:"cut"`     // characters, in texts that are kept
	Touched rate        `json:"touched"` // kept texts without leftovers: something was cut

	Gone rate `json:"gone"` // characters of leftovers: cut, or dropped with the text
	Lost rate `json:"lost"` // other characters of texts worth keeping: cut, or dropped with the text
}

// codeKinds are what the sets of code call it.
var codeKinds = []string{"", "script", "style"}

// freedFrom is the share of code from which a text is freed of it.
const freedFrom = .95

// scoreGoldTexts scores what was done to labelled texts. Where onlyCode is labelled, only what a tool calls code is right or wrong, if it tells.
func scoreGoldTexts(texts []text, outcomes []outcome, onlyCode bool) *goldScore {
	g := &goldScore{Rules: map[string]int{}}
	for i := range texts {
		if texts[i].Sure == nil || *texts[i].Sure != 0 {
			g.add(&texts[i], &outcomes[i], onlyCode)
		}
	}
	return g
}

func (g *goldScore) add(t *text, o *outcome, onlyCode bool) {
	gone := mark(t, o.cut)
	m := gone
	if onlyCode && o.kinds {
		m = mark(t, o.code)
	}
	worth := t.Prose == nil || *t.Prose == 1
	coded := t.Label == "adcode"
	whole := t.Truncated == "" || t.Truncated == "no"
	switch {
	case coded:
		g.Coded.count(o.dropped)
		g.Freed.count(!o.dropped && m.counts.Right >= freedFrom*(m.counts.Right+m.counts.Missed))
	case worth && whole:
		g.Worth.count(o.dropped)
		if o.dropped {
			g.Rules[o.rule]++
		}
	}
	if !worth {
		g.NoProse.count(o.dropped)
	}
	if !whole {
		g.Truncated.count(o.dropped || o.marked)
	}
	if !o.dropped {
		g.Cut = g.Cut.Plus(m.counts)
		if m.wanted == 0 {
			g.Touched.count(m.counts.Wrong > 0)
		}
	}
	g.Gone.add(m.wanted, int(gone.counts.Right), o.dropped)
	if worth {
		g.Lost.add(m.other, int(gone.counts.Wrong), o.dropped)
	}
}

// add counts characters, of which all are gone with a dropped text.
func (r *rate) add(of, n int, all bool) {
	if all {
		n = of
	}
	r.N += n
	r.Of += of
}

// marks are the characters of a text that count.
type marks struct {
	counts        eval.Counts
	wanted, other int // labelled as leftovers of the kinds that are wanted; not labelled
}

// mark compares characters. Leftovers of a kind that is off by default are neither wanted nor wrong, as in score.py of the labels and package eval.
func mark(t *text, called []bool) (m marks) {
	runes := []rune(t.Text)
	wanted, off := make([]bool, len(runes)), make([]bool, len(runes))
	if called == nil {
		called = make([]bool, len(runes))
	}
	for _, s := range t.Spans {
		set := off
		if slices.Contains(codeKinds, s.kind) || slices.Contains(eval.DefaultKinds(), s.kind) {
			set = wanted
		}
		fill(set, s.start, s.end)
	}
	for i := range off {
		off[i] = off[i] && !wanted[i]
	}
	for _, u := range t.Unseen {
		fill(off, u[0], u[1])
	}
	skip := func(i int) bool { return unicode.IsSpace(runes[i]) || off[i] }
	m.counts = eval.Cover(wanted, called, skip)
	for i := range runes {
		switch {
		case skip(i):
		case wanted[i]:
			m.wanted++
		default:
			m.other++
		}
	}
	return m
}

func fill(set []bool, start, end int) {
	for i := max(start, 0); i < min(end, len(set)); i++ {
		set[i] = true
	}
}

// scoreNews counts what goes of each source.
func (q *quality) scoreNews(texts []text, outcomes []outcome) {
	q.News, q.NewsRules, q.NewsBytes = map[string]rate{}, map[string]int{}, 0
	for i := range texts {
		r := q.News[texts[i].Source]
		r.count(outcomes[i].dropped)
		q.News[texts[i].Source] = r
		q.NewsBytes += len(texts[i].Text)
		if outcomes[i].dropped {
			q.NewsRules[outcomes[i].rule]++
		}
	}
}

// all is what goes of all sources together.
func (q *quality) all() (r rate) {
	for _, s := range q.News {
		r.N += s.N
		r.Of += s.Of
	}
	return r
}

// score scores what was done to a set.
func (q *quality) score(set string, texts []text, outcomes []outcome) {
	switch set {
	case newsSet:
		q.scoreNews(texts, outcomes)
	case leftoverSet:
		q.Leftovers = scoreGoldTexts(texts, outcomes, false)
	case codeSet:
		q.Code = scoreGoldTexts(texts, outcomes, true)
	case pageSet:
		q.Pages = scoreGoldTexts(texts, outcomes, true)
	}
}
