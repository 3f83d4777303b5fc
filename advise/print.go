package advise

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Print writes the advice for a terminal, at most 80 columns; what comes from documents is made safe by printable.
func (a *Advice) Print(w io.Writer, printable func(string) string) error {
	p := printer{printable: printable}
	p.corpus(a)
	p.fields(a.Fields)
	p.texts(&a.Texts)
	p.noise(a.Noise)
	p.settings(a.Settings)
	p.recall(a)
	p.runs(a.Runs)
	p.sources(a.Sources)
	for _, note := range a.Notes {
		p.wrap("", note)
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	out       strings.Builder
	printable func(string) string
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

// table writes rows in columns, numbers to the right.
func (p *printer) table(rows func(w io.Writer)) {
	t := tabwriter.NewWriter(&p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(t)
	t.Flush()
}

// wrap writes a paragraph of at most 80 columns, its lines indented.
func (p *printer) wrap(indent, text string) {
	line := indent
	for _, word := range strings.Fields(text) {
		if line != indent && len([]rune(line))+1+len([]rune(word)) > 80 {
			p.line("%s", line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	p.line("%s", line)
}

func (p *printer) corpus(a *Advice) {
	c := &a.Corpus
	p.line("%d documents, %s of records, %s of text", c.Documents, bytesOf(c.Bytes), bytesOf(c.TextBytes))
	about := "about "
	if c.Rate == 1 {
		about = ""
	}
	p.line("%s%d are exact copies of another, folded (%.1f%%)", about, c.ExactCopies, 100*share(c.ExactCopies, c.Documents))
	p.line("looked at: %d different texts, %.1f%% of them (seed %d)", c.Sample, 100*c.Rate, c.Seed)
	reasons := slices.SortedFunc(maps.Keys(c.Reasons), func(x, y string) int { return c.Reasons[y] - c.Reasons[x] })
	for _, r := range reasons[:min(len(reasons), 5)] {
		p.wrap("  ", fmt.Sprintf("could not be read: %d, %s", c.Reasons[r], p.printable(r)))
	}
}

func (p *printer) fields(fields []Field) {
	if len(fields) == 0 {
		return
	}
	const most = 15
	p.line("\nfields of the first %d records", fields[0].Records)
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "filled\tmean length\tdifferent\tlooks like\t  name\n")
		for _, f := range fields[:min(len(fields), most)] {
			fmt.Fprintf(w, "%.0f%%\t%d\t%d\t%s\t  %s\n", 100*f.Coverage, f.Length, f.Distinct, f.Role, p.short(f.Name))
		}
	})
	if n := len(fields) - most; n > 0 {
		p.line("  and %d more", n)
	}
}

// short makes a name safe and not too long.
func (p *printer) short(s string) string {
	const most = 34
	r := []rune(p.printable(s))
	if len(r) > most {
		r = append(r[:most-1], '…')
	}
	return string(r)
}

func (p *printer) texts(t *Texts) {
	c := t.Characters
	p.line("\ntexts, in characters after folding")
	p.line("  shortest %d, a tenth below %d, half below %d, a tenth above %d, longest %d", c.Least, c.P10, c.Median, c.P90, c.Most)
	p.line("letters: %.1f%% Arabic, %.1f%% Persian, Urdu and others, %.1f%% Latin, %.1f%% other", 100*t.Arabic, 100*t.Extended, 100*t.Latin, 100*t.Other)
	p.line("words: %.1f%% function words of Arabic, %.1f%% of Persian; half of the", 100*t.Function, 100*t.Persian)
	p.line("texts have %.0f words or more", t.Words)
}

func (p *printer) noise(noise []Noise) {
	if len(noise) == 0 || noise[0].Pairs == 0 {
		return
	}
	p.line("\nhow alike texts are that were drawn at random: Jaccard of %d pairs", noise[0].Pairs-noise[0].Related)
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "shingle\tmean\tmedian\t1 in 20\t1 in 100\tmost\t  unrelated candidates a document\n")
		for _, n := range noise {
			fmt.Fprintf(w, "%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t  %.2g\n", n.Shingle, n.Mean, n.Median, n.P95, n.P99, n.Most, n.Meet)
		}
	})
}

func (p *printer) settings(settings []Setting) {
	p.line("\nrecommended (* not the default)")
	for _, s := range settings {
		mark := " "
		if s.Changed {
			mark = "*"
		}
		p.line("%s --%s %s", mark, s.Flag, p.short(s.Value))
		p.wrap("      ", p.printable(s.Why))
	}
}

func (p *printer) recall(a *Advice) {
	p.line("\nexpected: found by bands, of pairs of a Jaccard")
	p.points(a.Expected)
	p.line("found by sampled shingles, of excerpts of which a share stands in another text")
	p.points(a.Excerpts)
	r := &a.Recall
	p.line("\nmeasured: %d texts compared each with each, by shingles of the length above", r.Texts)
	p.line("  %d pairs with J >= .6 or C >= .8; a run on the sample lists %d (%.2f%%)", r.Pairs, r.Found, 100*r.Share)
	p.table(func(w io.Writer) {
		row := func(name string, get func(Found) string) {
			fmt.Fprintf(w, "%s", name)
			for _, f := range r.Jaccard {
				fmt.Fprintf(w, "\t%s", get(f))
			}
			for _, f := range r.Containment {
				fmt.Fprintf(w, "\t%s", get(f))
			}
			fmt.Fprintln(w, "\t")
		}
		fmt.Fprintf(w, "from")
		for _, f := range r.Jaccard {
			fmt.Fprintf(w, "\tJ %.1f", f.At)
		}
		for _, f := range r.Containment {
			fmt.Fprintf(w, "\tC %.2f", f.At)
		}
		fmt.Fprintln(w, "\t")
		row("pairs", func(f Found) string { return fmt.Sprint(f.Pairs) })
		row("listed", func(f Found) string { return fmt.Sprint(f.Found) })
	})
}

func (p *printer) points(points []Point) {
	p.table(func(w io.Writer) {
		for _, pt := range points {
			fmt.Fprintf(w, "%.1f\t", pt.At)
		}
		fmt.Fprintln(w)
		for _, pt := range points {
			fmt.Fprintf(w, "%.3f\t", pt.Found)
		}
		fmt.Fprintln(w)
	})
}

func (p *printer) runs(runs []Prediction) {
	p.line("\nthe whole corpus will take, on this machine")
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "candidates\t\tremoved\ttime\tCPU\tmemory\toutput\tspilled\t  command\n")
		for _, r := range runs {
			fmt.Fprintf(w, "%d\t±%.0f%%\t%d\t%s\t%s\t%s\t%s\t%s\t  %s\n", r.Candidates, 200*r.Error, r.Removed, secondsOf(r.Seconds), secondsOf(r.CPU), bytesOf(r.Memory), bytesOf(r.Output), bytesOf(r.Temporary), r.Command)
		}
	})
}

func (p *printer) sources(sources []Source) {
	if len(sources) == 0 {
		return
	}
	const most = 12
	p.line("\nsources whose texts look templated, or carry furniture of the page")
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "texts\ttemplates\trepaired\tmost frequent\tthings\t  source\n")
		for _, s := range sources[:min(len(sources), most)] {
			name := s.Name
			if name == "" {
				name = "(no source)"
			}
			fmt.Fprintf(w, "%d\t%.0f%%\t%.0f%%\t%.0f%%\t%d\t  %s\n", s.Texts, 100*s.Templates, 100*s.Carry, 100*s.Often, s.Furniture, p.short(name))
		}
	})
	if n := len(sources) - most; n > 0 {
		p.line("  and %d more", n)
	}
	p.line("")
}

// secondsOf writes a time for a reader.
func secondsOf(s float64) string {
	switch {
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	case s < 600:
		return fmt.Sprintf("%.0f s", s)
	}
	return fmt.Sprintf("%.0f min", s/60)
}

// bytesOf writes a size for a reader.
func bytesOf(n int64) string {
	for _, u := range []struct {
		name string
		size float64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if float64(n) >= u.size {
			return fmt.Sprintf("%.3g %s", float64(n)/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d B", n)
}
