package job_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	stats "github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/report"
)

// prose makes texts of invented words, the same in every run.
type prose struct {
	random *rand.Rand
	words  []string
}

func newProse() *prose {
	const letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
	p := &prose{random: rand.New(rand.NewPCG(1, 2))}
	alphabet := []rune(letters)
	for range 20_000 {
		var word strings.Builder
		for range 2 + p.random.IntN(7) {
			word.WriteRune(alphabet[p.random.IntN(len(alphabet))])
		}
		p.words = append(p.words, word.String())
	}
	return p
}

func (p *prose) text(words int) string {
	var b strings.Builder
	for range words {
		b.WriteString(p.words[p.random.IntN(len(p.words))])
		b.WriteByte(' ')
	}
	return b.String()
}

// corpusOf writes a shard of n records made one by one.
func corpusOf(t *testing.T, n int, text func(i int) string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for i := range n {
		fmt.Fprintf(w, "{\"id\":\"%d\",\"text\":\"%s\"}\n", i, text(i))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantCounts(t *testing.T, rep *report.Report, want report.Counts) {
	t.Helper()
	if d := cmp.Diff(want, rep.Documents); d != "" {
		t.Errorf("documents (-want +got):\n%s", d)
	}
}

// TestHugeLine holds a record of 100 MB between two small ones: over the limit it costs itself, under it it is a document.
func TestHugeLine(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100 MB")
	}
	half := newProse().text(500_000)
	huge := strings.Repeat(half, 100_000_000/len(half)+1)
	in := corpusOf(t, 3, func(i int) string { return [...]string{"قبل", huge, "بعد"}[i] })

	dir, rep := dedup(t, job.Options{Inputs: []string{in}})
	wantCounts(t, rep, report.Counts{Read: 3, Kept: 2, Quarantined: 1})
	q := readLines[struct {
		Line           int
		Offset         int64
		Reason, Sample string
	}](t, filepath.Join(dir, "quarantine.jsonl"))
	if len(q) != 1 || q[0].Line != 2 || q[0].Reason != "line is longer than 67108864 bytes" || len([]rune(q[0].Sample)) > 120 {
		t.Errorf("quarantine %+v", q)
	}
	if rep.Inputs[0].Bytes > 1000 {
		t.Errorf("%d bytes of whole lines, the long one among them?", rep.Inputs[0].Bytes)
	}

	dir, rep = dedup(t, job.Options{Inputs: []string{in}, MaxDocument: 128 << 20})
	wantCounts(t, rep, report.Counts{Read: 3, Kept: 3})
	if want, got := size(t, in), size(t, filepath.Join(dir, "kept", "in.jsonl")); want != got {
		t.Errorf("%d bytes kept of %d", got, want)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestOneTextManyTimes costs steps, not pairs of copies.
func TestOneTextManyTimes(t *testing.T) {
	const n = 20_000
	text := newProse().text(100)
	marks := []string{"", ".", "،", " ـ"} // equal after folding
	in := corpusOf(t, n, func(i int) string { return text + marks[i%len(marks)] })
	dir, rep := dedup(t, job.Options{Inputs: []string{in}})
	wantCounts(t, rep, report.Counts{Read: n, Kept: 1, Removed: n - 1})
	if rep.Removed["exact"] != n-1 || rep.Clusters.Largest != n {
		t.Errorf("removed %v, clusters %v", rep.Removed, rep.Clusters)
	}
	if pairs := len(lines(t, filepath.Join(dir, "pairs.jsonl"))); pairs != n-1 {
		t.Errorf("%d pairs listed, want %d", pairs, n-1)
	}
	for _, d := range readLines[decision](t, filepath.Join(dir, "decisions.jsonl")) {
		if d.DuplicateOf != "0" || d.Jaccard != 1 || d.Containment != 1 {
			t.Fatalf("%+v", d)
		}
	}
}

// TestTextsOfOneShingle are duplicates only when they are equal after folding; empty texts are none.
func TestTextsOfOneShingle(t *testing.T) {
	const n = 20_000
	in := corpusOf(t, n, func(i int) string {
		switch {
		case i < 100:
			return [...]string{"", " ", "،", "ـ"}[i%4] // nothing is left of it
		case i%2 == 0:
			return fmt.Sprint(i / 2 % 5000) // twice each
		}
		return fmt.Sprint("ب", i) // once each
	})
	_, rep := dedup(t, job.Options{Inputs: []string{in}})
	distinct := map[string]bool{}
	for i := 100; i < n; i++ {
		if i%2 == 0 {
			distinct[fmt.Sprint(i/2%5000)] = true
		} else {
			distinct[fmt.Sprint("ب", i)] = true
		}
	}
	kept := 100 + len(distinct)
	wantCounts(t, rep, report.Counts{Read: n, Kept: kept, Removed: n - kept})
}

// TestSharedFooter gives all texts one long footer: the candidates stay a few for each document, and the cap is reported.
func TestSharedFooter(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 10_000
	p := newProse()
	footer := p.text(330) // about 2,000 characters
	in := corpusOf(t, n, func(int) string { return p.text(100) + footer })
	_, rep := dedup(t, job.Options{Inputs: []string{in}, DryRun: true})
	wantCounts(t, rep, report.Counts{Read: n, Kept: n})
	found := rep.Comparison.(stats.Stats)
	if found.Candidates > 8*n {
		t.Errorf("%d candidates for %d documents", found.Candidates, n)
	}
	if found.CappedPostings.Largest != n || len(found.Boilerplate) == 0 {
		t.Errorf("the footer is not reported: %+v", found.CappedPostings)
	}
}

// TestLongTexts compares texts of megabytes, one of them cut, one with a passage exchanged, all in one long line.
func TestLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	p := newProse()
	text := p.text(500_000)
	words := strings.Fields(text)
	in := corpusOf(t, 4, func(i int) string {
		return [...]string{
			strings.Join(words[:len(words)/2], " "), text, p.text(500_000),
			strings.Join(words[:1000], " ") + " كلمة " + strings.Join(words[1001:], " "),
		}[i]
	})
	dir, rep := dedup(t, job.Options{Inputs: []string{in}})
	wantCounts(t, rep, report.Counts{Read: 4, Kept: 2, Removed: 2})
	for _, d := range readLines[decision](t, filepath.Join(dir, "decisions.jsonl")) {
		if want := map[string]string{"0": "shortened", "3": "copy", "1": "copy"}[d.ID]; d.Relation != want {
			t.Errorf("%s is %s of %s, want %s", d.ID, d.Relation, d.DuplicateOf, want)
		}
	}
}
