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

// WriteText writes an explanation for a terminal: the decision, then the two texts as one, a line for each run of words. A line
// begins with "-" where only the removed text has the words, with "+" where only the kept one has them. Each line is in one language
// and direction, so a terminal that knows bidirectional text shows it right; what the documents hold is made safe.
func (e *Explanation) WriteText(w io.Writer, opt TextOptions) error {
	var b strings.Builder
	if d := e.Decision; d != nil {
		e.header(&b, d)
		e.runs(&b, opt)
	} else {
		fmt.Fprintf(&b, "%s was kept. Removed for it:\n", corpus.Printable(e.ID))
		for i := range e.For {
			d := &e.For[i]
			fmt.Fprintf(&b, "  %-10s containment %.3f  jaccard %.3f  %s\n", d.Relation, d.Containment, d.Jaccard, corpus.Printable(d.ID))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (e *Explanation) header(b *strings.Builder, d *Decision) {
	fmt.Fprintf(b, "removed  %s\n         %s:%d\n", corpus.Printable(d.ID), corpus.Printable(d.File), d.Line)
	fmt.Fprintf(b, "kept     %s\n         %s:%d\n", corpus.Printable(d.DuplicateOf), corpus.Printable(d.DuplicateFile), d.DuplicateLine)
	fmt.Fprintf(b, "relation %s: %s\n", d.Relation, meanings[d.Relation])
	fmt.Fprintf(b, "measures %.1f%% of the removed text's shingles stand in the kept one", 100*d.Containment)
	for _, r := range d.Reasons {
		fmt.Fprintf(b, " (rule %s, from %.0f%%)", r.Rule, 100*r.Threshold)
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
		if opt.Full || len(run.Words) <= longRun {
			writeWords(b, m.mark, m.color, run.Words, opt.Color)
			continue
		}
		writeWords(b, m.mark, m.color, run.Words[:runEnds], opt.Color)
		fmt.Fprintf(b, "%s… %d words …\n", m.mark, len(run.Words)-2*runEnds)
		writeWords(b, m.mark, m.color, run.Words[len(run.Words)-runEnds:], opt.Color)
	}
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
