package eval

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/corpusctl/corpusctl/corpus"
)

// WriteText writes the result for a terminal: tables of at most 80 columns, names last on their lines, whatever comes from documents made safe.
func (r *Result) WriteText(w io.Writer) error {
	var b strings.Builder
	r.Labels.write(&b)
	for _, s := range r.Sections {
		s.write(&b)
	}
	if len(r.Facts) > 0 {
		b.WriteByte('\n')
	}
	for _, f := range r.Facts {
		if f.Of > 0 || f.Value == Number(math.Trunc(float64(f.Value))) && r.What != "clusters" {
			fmt.Fprintf(&b, "%d of %d: %s\n", int(f.Value), f.Of, corpus.Printable(f.Name))
		} else {
			fmt.Fprintf(&b, "%s  %s\n", rate(f.Value), corpus.Printable(f.Name))
		}
	}
	for _, m := range r.Errors {
		m.write(&b)
	}
	if more := r.Mistakes - len(r.Errors); more > 0 {
		fmt.Fprintf(&b, "\n%d mistakes are not listed (--errors N)\n", more)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (n *Labels) write(b *strings.Builder) {
	fmt.Fprintf(b, "%d labels read, %d compared\n", n.Read, n.Compared)
	for _, c := range []struct {
		n    int
		what string
	}{
		{n.Unsure, "borderline, left out (--unsure counts them)"}, {n.Unlabelled, "not filled in"}, {n.Repeated, "of something labelled before"},
		{n.Absent, "of documents that the run did not have"}, {n.Ambiguous, "of an id that several documents have"},
		{n.OtherText, "of another text than the run's"}, {n.Broken, "broken"},
	} {
		if c.n > 0 {
			fmt.Fprintf(b, "%7d %s\n", c.n, c.what)
		}
	}
	for _, p := range n.Problems {
		fmt.Fprintf(b, "        %s\n", clip(corpus.Printable(p), 72))
	}
}

func (s *Section) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s\n", s.About)
	t := tabwriter.NewWriter(b, 0, 0, 1, ' ', tabwriter.AlignRight)
	all, room := s.Asks == "all", 34
	if all {
		room = 20
	}
	fmt.Fprint(t, "right\t")
	if s.Asks != "recall" {
		fmt.Fprint(t, "wrong\t")
	}
	if s.Asks != "precision" {
		fmt.Fprint(t, "missed\t")
	}
	if s.Asks != "recall" {
		fmt.Fprint(t, "precision\t95%\t")
	}
	if s.Asks != "precision" {
		fmt.Fprint(t, "recall\t95%\t")
	}
	if all {
		fmt.Fprint(t, "F1\t")
	}
	fmt.Fprint(t, "\n")
	for _, f := range s.Classes {
		fmt.Fprintf(t, "%s\t", amount(f.Right))
		if s.Asks != "recall" {
			fmt.Fprintf(t, "%s\t", amount(f.Wrong))
		}
		if s.Asks != "precision" {
			fmt.Fprintf(t, "%s\t", amount(f.Missed))
		}
		if s.Asks != "recall" {
			f.Precision.write(t)
		}
		if s.Asks != "precision" {
			f.Recall.write(t)
		}
		if all {
			fmt.Fprintf(t, "%s\t", rate(f.F1.Value))
		}
		fmt.Fprintf(t, " %s\n", clip(corpus.Printable(named(f.Class)), room))
	}
	t.Flush()
}

func named(class string) string {
	if class == "" {
		return "(no source)"
	}
	return class
}

func (f *Figure) write(w io.Writer) {
	if math.IsNaN(float64(f.Value)) {
		fmt.Fprint(w, "-\t\t")
		return
	}
	fmt.Fprintf(w, "%s\t%s-%s\t", rate(f.Value), rate(f.Interval.Low), rate(f.Interval.High))
}

// rate writes a figure with three digits; 1 and 0 are exact.
func rate(n Number) string {
	switch f := float64(n); {
	case math.IsNaN(f):
		return "-"
	case f == 0 || f == 1:
		return strconv.Itoa(int(f))
	default:
		return strings.TrimPrefix(strconv.FormatFloat(f, 'f', 3, 64), "0")
	}
}

// amount writes a number of things, or a sum of weights.
func amount(f float64) string {
	if f == math.Trunc(f) {
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	return strconv.FormatFloat(f, 'f', 1, 64)
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func (m *Mistake) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s: label %s; run %s\n", m.Kind, corpus.Printable(m.Label), corpus.Printable(m.Said))
	for i, id := range m.IDs {
		fmt.Fprintf(b, "  %s", corpus.Printable(id))
		if m.End > 0 {
			fmt.Fprintf(b, " %d-%d", m.Start, m.End)
		}
		fmt.Fprintf(b, "  %s\n", corpus.Printable(m.Where[i]))
		if i < len(m.Texts) {
			fmt.Fprintf(b, "    %s\n", corpus.Printable(strings.Join(strings.Fields(m.Texts[i]), " ")))
		}
	}
}
