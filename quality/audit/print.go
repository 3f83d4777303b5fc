package audit

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// Print writes the result for a terminal, at most 80 columns; names and texts come last on their lines, made safe by printable. With details it
// shows every source of every rule.
func (r *Result) Print(w io.Writer, printable func(string) string, details bool) error {
	p := printer{printable: printable, details: details}
	how := "as clean judges them, repaired"
	if r.Raw {
		how = "as they stand"
	}
	p.line("%d documents judged, %s", r.Documents, how)
	for i := range r.Presets {
		p.preset(&r.Presets[i])
	}
	if len(r.Between) > 0 {
		p.line("\ndropped by two presets")
		p.overlaps(r.Between)
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	out       strings.Builder
	printable func(string) string
	details   bool
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

func (p *printer) table(rows func(w io.Writer)) {
	t := tabwriter.NewWriter(&p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(t)
	t.Flush()
}

// short makes a string safe and at most n characters.
func (p *printer) short(s string, n int) string {
	r := []rune(p.printable(s))
	if len(r) > n {
		r = append(r[:n-1], '…')
	}
	return string(r)
}

func (p *printer) named(source string, n int) string {
	if source == "" {
		return "(no source)"
	}
	return p.short(source, n)
}

const (
	shownSources  = 8
	shownWarnings = 10
	shownOverlaps = 5
)

func (p *printer) preset(s *Preset) {
	p.line("\npreset %s drops %d (%s); with lines trimmed %d", p.short(s.Name, 40), s.Dropped, percent(s.Share), s.Trimmed)
	p.rules(s.Rules)
	p.sources("source", s.Sources)
	p.warnings(s.Warnings)
	if len(s.Overlaps) > 0 {
		p.line("\n  rules that hit the same")
		p.overlaps(s.Overlaps[:min(len(s.Overlaps), shownOverlaps)])
	}
	for i := range s.Rules {
		p.examples(&s.Rules[i])
	}
}

// rules lists those that hit anything.
func (p *printer) rules(rules []Rule) {
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "hits\t\talone\ttrimmed\tone line\t  rule\n")
		for _, r := range rules {
			if r.Hits > 0 || p.details {
				fmt.Fprintf(w, "%d\t%s\t%d\t%d\t%d\t  %s\n", r.Hits, percent(r.Share), r.Alone, r.Trimmed, r.OneLine, p.short(r.Name, 36))
			}
		}
	})
}

func (p *printer) sources(title string, rates []Rate) {
	if len(rates) < 2 {
		return
	}
	most := len(rates)
	if !p.details {
		most = min(most, shownSources)
	}
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "\ndropped\tof\t\t  %s\n", title)
		for _, r := range rates[:most] {
			fmt.Fprintf(w, "%d\t%d\t%s\t  %s\n", r.Hits, r.Documents, percent(r.Share), p.named(r.Source, 40))
		}
	})
	if n := len(rates) - most; n > 0 {
		p.line("  and %d more", n)
	}
}

func (p *printer) warnings(warnings []Warning) {
	for i, w := range warnings {
		if i == shownWarnings && !p.details {
			p.line("  and %d warnings more", len(warnings)-i)
			return
		}
		p.line("\n! %s hits %s of its %d documents, the median source %s,", p.short(w.Rule, 40), percent(w.Share), w.Documents, percent(w.Median))
		p.line("  all others %s (p < %s): %s", percent(w.Others), power(w.LogP), p.named(w.Source, 32))
		if w.Trimmed >= .1 {
			p.line("  white space at the ends of lines alone is to blame for %s of these hits", percent(w.Trimmed))
		}
		if w.OneLine >= .5 {
			p.line("  %s of these texts have one line: a share of lines is nothing or all there", percent(w.OneLine))
		}
	}
}

// power writes a power of ten that is no less.
func power(log10 float64) string { return fmt.Sprintf("1e%d", int(math.Ceil(log10))) }

func (p *printer) overlaps(overlaps []Overlap) {
	p.table(func(w io.Writer) {
		fmt.Fprintf(w, "both\tof the smaller\tonly 1st\tonly 2nd\t  1st, 2nd\n")
		for _, o := range overlaps {
			fmt.Fprintf(w, "%d\t%s\t%d\t%d\t  %s, %s\n", o.Both, percent(o.Share), o.OnlyA, o.OnlyB, p.short(o.A, 20), p.short(o.B, 20))
		}
	})
}

// examples shows what stands on each side of a threshold, of rules that hit anything.
func (p *printer) examples(r *Rule) {
	if r.Hits == 0 && !p.details {
		return
	}
	if p.details {
		p.sources("source of what "+p.short(r.Name, 30)+" hits", r.Sources)
	}
	p.line("\n  %s: %s %s %.4g", p.short(r.Name, 30), r.Signal, r.Op, r.Threshold)
	for _, side := range []struct {
		name string
		list []Example
	}{{"dropped", r.Dropped}, {"kept", r.Kept}} {
		for _, e := range side.list {
			name := e.Place
			if e.ID != "" {
				name = e.ID + " (" + e.Place + ")"
			}
			p.line("    %-7s %-8.4g %s", side.name, e.Value, p.short(name, 58))
			p.line("            %s", p.short(e.Text, 66))
		}
	}
}

func percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }
