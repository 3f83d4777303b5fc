package report

import (
	"cmp"
	"slices"
	"unicode"
)

// A text with what was cut struck through in its place. Of long texts only what is near a cut, the beginning, or a cut-off end is shown.

const (
	aroundSpan  = 110 // characters shown before and after a span
	beginning   = 420 // characters shown of a text that a rule removed
	ending      = 260 // characters shown of the end of a truncated text
	longestSpan = 500 // characters of a span that are shown
	mostSpans   = 40  // spans that are shown
)

// stretch is a part of a text, in characters.
type stretch struct{ from, to int }

// shownOf returns the stretches of a text that are worth showing, in order and apart from each other.
func shownOf(n int, spans []Span, d *Decision) []stretch {
	var parts []stretch
	for _, s := range spans {
		parts = append(parts, stretch{s.Start - aroundSpan, s.End + aroundSpan})
	}
	if d.Truncated == "end" {
		parts = append(parts, stretch{n - ending, n})
	}
	if d.Action == "removed" || d.Truncated == "start" || d.Truncated == "stub" {
		parts = append(parts, stretch{0, beginning})
	}
	slices.SortFunc(parts, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var out []stretch
	for _, p := range parts {
		p = stretch{max(p.from, 0), min(max(p.to, 0), n)}
		if last := len(out) - 1; last >= 0 && p.from <= out[last].to+aroundSpan/2 {
			out[last].to = max(out[last].to, p.to)
		} else if p.from < p.to {
			out = append(out, p)
		}
	}
	return out
}

// marked writes the original text of a decision with its spans marked.
func (m *markup) marked(original string, d *Decision, whole bool) {
	text := []rune(original)
	spans := d.Spans[:min(len(d.Spans), mostSpans)]
	spans = slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.Start < 0 || s.End > len(text) || s.Start > s.End })
	m.raw(`<div class="text" dir="auto">`)
	shown := shownOf(len(text), spans, d)
	end := 0
	for _, p := range shown {
		if p.from > 0 {
			m.raw(`<span class="gap" dir="ltr">…</span> `)
			p.from = wordStart(text, p.from)
		}
		m.stretch(text, p, spans)
		end = p.to
	}
	if end < len(text) || !whole {
		m.raw(` <span class="gap" dir="ltr">…</span>`)
	}
	m.raw(`</div>`)
	if n := len(d.Spans) - len(spans); n > 0 {
		m.note(n, " more are not shown")
	}
}

// stretch writes a part of a text with the spans in it.
func (m *markup) stretch(text []rune, p stretch, spans []Span) {
	at := p.from
	for _, s := range spans {
		if s.End <= at || s.Start >= p.to {
			continue
		}
		m.text(string(text[at:max(s.Start, at)]))
		m.span(text[max(s.Start, at):s.End], s)
		at = s.End
	}
	if at < p.to {
		m.text(string(text[at:p.to]))
	}
}

func (m *markup) span(text []rune, s Span) {
	if s.Cut {
		m.raw(`<del class="cut"`)
	} else {
		m.raw(`<mark`)
	}
	m.attr("title", s.Kind+": "+s.Rule)
	m.raw(`>`)
	if len(text) > longestSpan {
		m.text(string(text[:longestSpan/2]))
		m.raw(` <span class="gap" dir="ltr">…</span> `)
		text = text[len(text)-longestSpan/2:]
	}
	m.text(string(text))
	if s.Cut {
		m.raw(`</del>`)
	} else {
		m.raw(`</mark>`)
	}
	if s.Put != "" {
		m.raw(`<ins>`)
		m.text(s.Put)
		m.raw(`</ins>`)
	}
	m.raw(`<small class="tag" dir="ltr">`)
	m.text(s.Kind + ": " + s.Rule)
	m.raw(`</small>`)
}

// wordStart moves a place forward to the beginning of a word, if one is near.
func wordStart(text []rune, at int) int {
	for i := at; i < min(at+20, len(text)); i++ {
		if unicode.IsSpace(text[i]) {
			return i + 1
		}
	}
	return at
}
