package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"github.com/corpusctl/corpusctl/dedup/truth"
)

// band counts the true pairs with a measure in [from, to).
type band struct {
	from, to       float64
	pairs          int
	listed, either int // listed as such; listed between the groups of equal texts of the two
}

// String is the interval of the band.
func (b band) String() string {
	if b.to > 1 {
		return fmt.Sprintf("[%g, 1]", b.from)
	}
	return fmt.Sprintf("[%g, %g)", b.from, b.to)
}

// recall is what of the truth was listed.
type recall struct {
	jaccard     []band // of J
	containment []band // of the larger containment
	alone       []band // of the larger containment, pairs below .6 of J
	equal       int    // texts that have an equal one
	linked      int    // of these, listed with an equal one
	unknown     int
	missed      []truth.Pair // listed in neither way, the worst first
}

// bands cuts [0, 1] at the edges.
func bands(edges ...float64) []band {
	out := []band{{from: edges[0], to: math.Inf(1)}}
	for i, e := range edges[1:] {
		out = append(out, band{from: e, to: edges[i]})
	}
	return out
}

func count(bands []band, measure float64, listed, either bool) {
	for i := range bands {
		if b := &bands[i]; measure >= b.from && measure < b.to {
			b.pairs++
			b.listed += one(listed)
			b.either += one(either)
		}
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// recall counts the pairs of different texts, each pair once however many equal copies there are.
func (p *product) recall(found truth.Result) recall {
	r := recall{
		jaccard:     bands(.9, .8, .7, .6, 0),
		containment: bands(.95, .9, .85, .8, 0),
		alone:       bands(.95, .9, .85, .8, 0),
		unknown:     p.unknown,
	}
	for _, t := range found.Pairs {
		key := pairOf(t.A, t.B)
		listed, either := p.pairs[key], p.groups[key]
		c := max(t.CA, t.CB)
		count(r.jaccard, t.J, listed, either)
		count(r.containment, c, listed, either)
		if t.J < .6 {
			count(r.alone, c, listed, either)
		}
		if !either {
			r.missed = append(r.missed, t)
		}
	}
	for _, g := range found.Groups {
		for _, m := range g.Members {
			r.equal++
			r.linked += one(p.linked[m])
		}
	}
	slices.SortStableFunc(r.missed, func(a, b truth.Pair) int { return cmp.Compare(weight(b), weight(a)) })
	return r
}

// weight orders misses: a large Jaccard and a large containment are equally bad.
func weight(p truth.Pair) float64 { return p.J + max(p.CA, p.CB) }

// worst is the number of misses that are printed.
const worst = 20

func (r recall) write(out io.Writer, c *corpus) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "pairs of different texts\tpairs\tlisted\t\tor an equal text\t\t")
	writeBands(w, "J", r.jaccard)
	writeBands(w, "C", r.containment)
	writeBands(w, "J < .6, C", r.alone)
	fmt.Fprintln(w, "texts that have an equal one\ttexts\tlisted\t\t\t\t")
	fmt.Fprintf(w, "equal\t%d\t%d\t%s\t\t\t\n", r.equal, r.linked, share(r.linked, r.equal))
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d listed pairs name an id that the corpus does not have\n%d pairs missed\n", r.unknown, len(r.missed))
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, p := range r.missed[:min(worst, len(r.missed))] {
		fmt.Fprintf(w, "%s\t%s\tJ %.3f\tCA %.3f\tCB %.3f\t%d\t%d shingles\n", c.ids[p.A], c.ids[p.B], p.J, p.CA, p.CB, p.NA, p.NB)
	}
	return w.Flush()
}

func writeBands(w io.Writer, name string, bands []band) {
	all := band{}
	for _, b := range bands {
		writeBand(w, name+" "+b.String(), b)
		all.pairs, all.listed, all.either = all.pairs+b.pairs, all.listed+b.listed, all.either+b.either
	}
	writeBand(w, name+" all", all)
}

func writeBand(w io.Writer, name string, b band) {
	fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%d\t%s\t\n", name, b.pairs, b.listed, share(b.listed, b.pairs), b.either, share(b.either, b.pairs))
}

func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.4f", float64(n)/float64(of))
}
