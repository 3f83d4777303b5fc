package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

const (
	summarySources = 15 // sources listed
	summaryFlows   = 5  // source pairs listed
)

// Summary writes the report for a terminal: at most 80 columns, names of documents and sources last on their lines, made safe
// by printable, because a name in Arabic would break any column after it.
func (r *Report) Summary(w io.Writer, printable func(string) string) error {
	var b strings.Builder
	d := r.Documents
	fmt.Fprintf(&b, "%d documents read, %d kept, %d removed (%s), %d quarantined\n", d.Read, d.Kept, d.Removed, percent(d.Removed, d.Read), d.Quarantined)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	r.removals(t)
	r.found(t, printable)
	r.sources(t, printable)
	r.flows(t, printable)
	t.Flush()
	for _, reason := range byCount(r.Quarantine) {
		fmt.Fprintf(&b, "\nquarantined %d: %s", r.Quarantine[reason], printable(reason))
	}
	if len(r.Quarantine) > 0 {
		b.WriteByte('\n')
	}
	if r.Ids.Missing+r.Ids.Repeated > 0 {
		fmt.Fprintf(&b, "\nids: %d documents have none, %d share theirs; file and line name them\n", r.Ids.Missing, r.Ids.Repeated)
	}
	fmt.Fprintf(&b, "\n%.2f s (%s), peak memory %d MiB\n", r.Run.Seconds, r.stages(), r.Run.PeakMemory>>20)
	_, err := io.WriteString(w, b.String())
	return err
}

var meanings = map[string]string{
	"exact":     "equal after folding",
	"copy":      "the same text, lightly edited",
	"shortened": "cut down",
	"contained": "stands inside a larger text",
	"rejected":  "hit by a rule of the preset",
}

// found lists what repairs and rules did.
func (r *Report) found(t io.Writer, printable func(string) string) {
	f := r.Found
	if f == nil {
		return
	}
	if f.Repaired > 0 {
		fmt.Fprintf(t, "\nrepaired\t  %d documents; cut, by kind and rule\n", f.Repaired)
		for _, kind := range slices.Sorted(maps.Keys(f.Spans)) {
			f.cuts(t, kind, printable)
		}
	}
	if len(f.Verdicts) > 0 {
		fmt.Fprintf(t, "\nrejected\t  rule (a document can break several)\n")
		for _, rule := range byCount(f.Verdicts) {
			fmt.Fprintf(t, "%d\t  %s\n", f.Verdicts[rule], printable(rule))
		}
	}
	if len(f.Truncated) > 0 {
		fmt.Fprintf(t, "\ntruncated\t  where, why\n")
		for _, where := range slices.Sorted(maps.Keys(f.Truncated)) {
			for _, cause := range byCount(f.Truncated[where]) {
				fmt.Fprintf(t, "%d\t  %s: %s\n", f.Truncated[where][cause], where, cause)
			}
		}
	}
}

// cuts lists the rules of a kind that cut anything.
func (f *Found) cuts(t io.Writer, kind string, printable func(string) string) {
	cut := map[string]int{}
	for rule, n := range f.Spans[kind] {
		if n.Cut > 0 {
			cut[rule] = n.Cut
		}
	}
	for _, rule := range byCount(cut) {
		fmt.Fprintf(t, "%d\t  %s: %s\n", cut[rule], kind, printable(rule))
	}
}

func (r *Report) removals(t io.Writer) {
	if len(r.Removed) == 0 {
		return
	}
	fmt.Fprintf(t, "\nremoved\t  relation to the document kept\n")
	for _, kind := range byCount(r.Removed) {
		fmt.Fprintf(t, "%d\t  %s\n", r.Removed[kind], kind+": "+meanings[kind])
	}
}

func (r *Report) sources(t io.Writer, printable func(string) string) {
	if len(r.Sources) < 2 {
		return
	}
	fmt.Fprintf(t, "\nread\tkept\tremoved\t\t  source\n")
	for _, s := range r.Sources[:min(len(r.Sources), summarySources)] {
		fmt.Fprintf(t, "%d\t%d\t%d\t%s\t  %s\n", s.Read, s.Kept, s.Removed, percent(s.Removed, s.Read), named(s.Name, printable))
	}
	if n := len(r.Sources) - summarySources; n > 0 {
		fmt.Fprintf(t, "\t\t\t\t  and %d more in report.json\n", n)
	}
}

func (r *Report) flows(t io.Writer, printable func(string) string) {
	if len(r.Sources) < 2 || len(r.Copies) == 0 {
		return
	}
	fmt.Fprintf(t, "\nremoved\t  who copies whom (removed source < kept source)\n")
	for _, f := range r.Copies[:min(len(r.Copies), summaryFlows)] {
		fmt.Fprintf(t, "%d\t  %s < %s\n", f.Count, named(f.To, printable), named(f.From, printable))
	}
}

func (r *Report) stages() string {
	var parts []string
	for _, s := range r.Run.Stages {
		parts = append(parts, fmt.Sprintf("%s %.2f", s.Name, s.Seconds))
	}
	return strings.Join(parts, ", ")
}

func named(source string, printable func(string) string) string {
	if source == "" {
		return "(no source)"
	}
	const limit = 32
	s := []rune(printable(source))
	if len(s) > limit {
		s = append(s[:limit-1], '…')
	}
	return string(s)
}

func percent(part, whole int) string {
	return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(max(whole, 1)))
}

// byCount lists the keys, the most frequent first.
func byCount(m map[string]int) []string {
	keys := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(m[b], m[a]) })
	return keys
}
