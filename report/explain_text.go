package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/corpusctl/corpusctl/corpus"
)

// TextOptions say how an explanation is written.
type TextOptions struct {
	Color bool // ANSI colours
	Full  bool // whole texts; otherwise long runs are cut in the middle
}

// WriteText writes an explanation for a terminal. For a duplicate: the decision, then the two texts as one, a line for each run of words.
// A line begins with "-" where only the removed text has the words, with "+" where only the kept one has them. For other decisions: the
// reasons, then the text with what was cut on lines that begin with "-" and name the rule. Each line is in one language and
// direction, so a terminal that knows bidirectional text shows it right; what the documents hold is made safe.
func (e *Explanation) WriteText(w io.Writer, opt TextOptions) error {
	var b strings.Builder
	switch d := e.Decision; {
	case d == nil:
		fmt.Fprintf(&b, "%s was kept. Removed for it:\n", corpus.Printable(e.ID))
		e.removedFor(&b)
	case d.DuplicateOf != "":
		e.header(&b, d)
		e.runs(&b, opt)
	default:
		e.judgement(&b, d)
		e.marked(&b, d, opt)
		if len(e.For) > 0 {
			b.WriteString("\nremoved for it:\n")
			e.removedFor(&b)
		}
	}
	if e.Others > 0 {
		fmt.Fprintf(&b, "\n%d other documents with this id have decisions too: name them by file and line\n", e.Others)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (e *Explanation) removedFor(b *strings.Builder) {
	for i := range e.For {
		d := &e.For[i]
		fmt.Fprintf(b, "  %-10s containment %.3f  jaccard %.3f  %s\n", d.Relation, d.Containment, d.Jaccard, corpus.Printable(d.ID))
	}
}

// judgement writes what was done to a document that is no duplicate, and why.
func (e *Explanation) judgement(b *strings.Builder, d *Decision) {
	fmt.Fprintf(b, "%-8s %s\n         %s:%d\n", d.Action, corpus.Printable(d.ID), corpus.Printable(d.File), d.Line)
	for _, r := range d.Reasons {
		fmt.Fprintf(b, "rule     %s: %s", corpus.Printable(r.Rule), corpus.Printable(r.Kind))
		if r.Threshold != 0 || r.Value != 0 {
			fmt.Fprintf(b, " is %.4g, the threshold %.4g", r.Value, r.Threshold)
		}
		if r.Evidence != "" {
			fmt.Fprintf(b, "\n         %s", corpus.Printable(r.Evidence))
		}
		b.WriteByte('\n')
	}
	if d.Truncated != "" {
		fmt.Fprintf(b, "truncated %s\n", corpus.Printable(d.Truncated))
	}
	b.WriteString("\n  kept   - cut   ~ marked   + put in the place of what was cut\n\n")
}

// marked writes the text with its spans on lines of their own.
func (e *Explanation) marked(b *strings.Builder, d *Decision, opt TextOptions) {
	text, at := []rune(e.Removed), 0
	part := func(mark, color string, from, to int) {
		from, to = min(max(from, 0), len(text)), min(max(to, 0), len(text))
		if from < to {
			e.words(b, mark, color, strings.Fields(string(text[from:to])), opt)
		}
	}
	for _, s := range d.Spans {
		part("  ", "", at, s.Start)
		mark, color := "~ ", "\x1b[33m"
		if s.Cut {
			mark, color = "- ", "\x1b[31m"
		}
		fmt.Fprintf(b, "%s(%s: %s)\n", mark, corpus.Printable(s.Kind), corpus.Printable(s.Rule))
		part(mark, color, s.Start, s.End)
		if s.Put != "" {
			e.words(b, "+ ", "\x1b[32m", strings.Fields(s.Put), opt)
		}
		at = s.End
	}
	part("  ", "", at, len(text))
}

func (e *Explanation) header(b *strings.Builder, d *Decision) {
	fmt.Fprintf(b, "removed  %s\n         %s:%d\n", corpus.Printable(d.ID), corpus.Printable(d.File), d.Line)
	fmt.Fprintf(b, "kept     %s\n         %s:%d\n", corpus.Printable(d.DuplicateOf), corpus.Printable(d.DuplicateFile), d.DuplicateLine)
	fmt.Fprintf(b, "relation %s: %s\n", corpus.Printable(d.Relation), meanings[d.Relation])
	fmt.Fprintf(b, "measures %.1f%% of the removed text's shingles stand in the kept one", 100*d.Containment)
	for _, r := range d.Reasons {
		if r.Threshold != 0 {
			fmt.Fprintf(b, " (rule %s, from %.0f%%)", corpus.Printable(r.Rule), 100*r.Threshold)
		}
	}
	fmt.Fprintf(b, "\n         jaccard %.3f\n\n", d.Jaccard)
	b.WriteString("  in both   - only in the removed   + only in the kept\n\n")
}

// Lengths in words.
const (
	longRun  = 36 // a run longer than this is cut
	runEnds  = 14 // to its first and last words
	lineWrap = 14 // words in a line
)

var runMarks = map[RunKind]struct{ mark, color string }{
	OnlyRemoved: {"- ", "\x1b[31m"},
	InBoth:      {"  ", ""},
	OnlyKept:    {"+ ", "\x1b[32m"},
}

func (e *Explanation) runs(b *strings.Builder, opt TextOptions) {
	for _, run := range DiffWords(e.Removed, e.Kept) {
		m := runMarks[run.Kind]
		e.words(b, m.mark, m.color, run.Words, opt)
	}
}

// words writes a run of words, cut in the middle if it is long.
func (e *Explanation) words(b *strings.Builder, mark, color string, words []string, opt TextOptions) {
	if opt.Full || len(words) <= longRun {
		writeWords(b, mark, color, words, opt.Color)
		return
	}
	writeWords(b, mark, color, words[:runEnds], opt.Color)
	fmt.Fprintf(b, "%s… %d words …\n", mark, len(words)-2*runEnds)
	writeWords(b, mark, color, words[len(words)-runEnds:], opt.Color)
}

func writeWords(b *strings.Builder, mark, color string, words []string, colored bool) {
	for len(words) > 0 {
		n := min(lineWrap, len(words))
		line := mark + corpus.Printable(strings.Join(words[:n], " "))
		if colored && color != "" {
			line = color + line + "\x1b[0m"
		}
		b.WriteString(line + "\n")
		words = words[n:]
	}
}
