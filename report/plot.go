package report

import (
	"math"
	"strconv"
)

// Drawings in SVG. They have no view box: places across are shares of the width, places down are pixels, so that a drawing fills any
// width and its letters keep their size. Colours are classes, because the page allows no styles in attributes.

const (
	plotHeight = 190.0 // of the area that is drawn on
	plotTop    = 8.0   // above it
	plotNames  = 36.0  // above it, where thresholds are named
	plotBottom = 22.0  // below it, for the axis
)

// plot is a drawing under way.
type plot struct {
	markup
	top float64 // pixels above the area
}

// begin opens a drawing; what it shows is said in words for those who do not see it.
func (p *plot) begin(label string) {
	p.raw(`<svg class="plot" role="img" width="100%"`)
	p.number("height", p.top+plotHeight+plotBottom)
	p.attr("aria-label", label)
	p.raw(`>`)
}

func (p *plot) end() { p.raw(`</svg>`) }

// y is the place of a share of the height.
func (p *plot) y(share float64) float64 { return math.Round((p.top+plotHeight*(1-share))*100) / 100 }

// bar draws a bar from one share of the height to another, with the words that a pointer on it shows.
func (p *plot) bar(class literal, x, width, from, to float64, title string) {
	if to <= from {
		return
	}
	p.raw(`<rect class="`, class, `"`)
	p.percent("x", x)
	p.percent("width", width)
	p.number("y", p.y(to))
	p.number("height", max(p.y(from)-p.y(to), .75))
	p.raw(`><title>`)
	p.text(title)
	p.raw(`</title></rect>`)
}

// line draws a line between two places, both as shares.
func (p *plot) line(class literal, x1, y1, x2, y2 float64) {
	p.raw(`<line class="`, class, `"`)
	p.percent("x1", x1)
	p.percent("x2", x2)
	p.number("y1", p.y(y1))
	p.number("y2", p.y(y2))
	p.raw(`/>`)
}

// label writes words at a place: anchor is start, middle or end.
func (p *plot) label(class, anchor literal, x, down float64, s string) {
	p.raw(`<text class="`, class, `" text-anchor="`, anchor, `"`)
	p.percent("x", x)
	p.number("y", down)
	p.raw(`>`)
	p.text(s)
	p.raw(`</text>`)
}

// axis draws the line below and the numbers of some places on it.
func (p *plot) axis(places []float64, names []string) {
	p.line("axis", 0, 0, 1, 0)
	for i, x := range places {
		anchor := literal("middle")
		switch {
		case x < .02:
			anchor = "start"
		case x > .98:
			anchor = "end"
		}
		p.label("tick", anchor, x, p.top+plotHeight+16, names[i])
	}
}

// grid draws lines across at round numbers and returns the number at the top.
func (p *plot) grid(most int) float64 {
	const room = 1.06
	step := niceStep(float64(most) / 4)
	top := math.Max(room*float64(most), 1)
	for v := step; v <= top; v += step {
		p.line("grid", 0, v/top, 1, v/top)
	}
	return top
}

// gridLabels writes the numbers of the lines; after the bars, so that they are not covered.
func (p *plot) gridLabels(top float64, most int) {
	step := niceStep(float64(most) / 4)
	for v := step; v <= top; v += step {
		p.label("tick", "start", 0, p.y(v/top)-3, grouped(int(v)))
	}
}

// niceStep is a step of 1, 2 or 5 times a power of ten, at least 1.
func niceStep(about float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(math.Max(about, 1))))
	for _, n := range []float64{1, 2, 5} {
		if about <= n*power {
			return n * power
		}
	}
	return 10 * power
}

// threshold draws a line upright with its name above.
func (p *plot) threshold(x float64, name string, down float64) {
	p.line("threshold", x, 0, x, 1)
	anchor := literal("start")
	if x > .6 {
		anchor = "end"
	}
	p.label("threshold-name", anchor, x, down, name)
}

// share writes a share of one with two digits: ".70".
func share(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
