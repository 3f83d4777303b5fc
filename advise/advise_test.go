package advise

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/bench/generate"
	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
)

func reading() corpus.ReadOptions {
	return corpus.ReadOptions{Fields: corpus.Fields{Text: "text", ID: "id", Source: "source", Date: "date", URL: "url"}}
}

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestCurve holds the S-curve of the bands recommended against sketches of random sets.
func TestCurve(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, b := range []dedup.Bands{{N: 32, Rows: 4}, {N: 42, Rows: 3}, {N: 25, Rows: 5}} {
		p := &plan{options: dedup.Options{Bands: b.N, Rows: b.Rows}}
		for _, point := range p.expected() {
			const trials, union = 1500, 600
			shared := int(point.At*union + .5)
			met := 0
			for range trials {
				x, y := make(dedup.Sketch, b.N*b.Rows), make(dedup.Sketch, b.N*b.Rows)
				x.Reset()
				y.Reset()
				for i := range union {
					h := []uint64{r.Uint64()}
					if i < shared || i%2 == 0 {
						x.Add(h)
					}
					if i < shared || i%2 == 1 {
						y.Add(h)
					}
				}
				met += one(meet(x, y, b))
			}
			if got := float64(met) / trials; math.Abs(got-point.Found) > .05 {
				t.Errorf("%v at J %.1f: %.3f met, expected %.3f", b, point.At, got, point.Found)
			}
		}
	}
}

func meet(x, y dedup.Sketch, b dedup.Bands) bool {
	x.Densify()
	y.Densify()
	kx, ky := x.AppendBandKeys(nil, b), y.AppendBandKeys(nil, b)
	for i := range kx {
		if kx[i] == ky[i] {
			return true
		}
	}
	return false
}

// TestSampledTogether holds the expectation of excerpts against shingles drawn by chance.
func TestSampledTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		n, rate int
		c       float64
	}{{1200, 32, .5}, {1200, 32, .3}, {60, 4, .6}, {60, 16, .5}, {300, 128, .9}, {10, 1, .5}} {
		const trials = 20_000
		found := 0
		for range trials {
			sampled, shared := 0, 0
			for range c.n {
				if r.IntN(c.rate) == 0 {
					sampled++
					shared += one(r.Float64() < c.c)
				}
			}
			found += one(shared >= 2 && shared*4 >= sampled || shared == 1 && sampled <= 4)
		}
		if got, want := sampledTogether(c.n, c.rate, c.c), float64(found)/trials; math.Abs(got-want) > .02 {
			t.Errorf("%+v: %.3f, by chance %.3f", c, got, want)
		}
	}
}

// TestScaling holds what a sample says of a generated corpus against the whole run.
func TestScaling(t *testing.T) {
	if testing.Short() {
		t.Skip("runs jobs")
	}
	path := filepath.Join(t.TempDir(), "made.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	g, err := generate.New(generate.Options{Seed: 3, Documents: 6000, Bytes: generate.ShortBytes})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Write(f, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := Examine(context.Background(), Options{Inputs: []string{path}, Reading: reading(), Documents: 2500, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	opt := job.Options{Inputs: []string{path}, Output: filepath.Join(t.TempDir(), "out"), Dedup: options(t, a), Quality: &quality.Options{Phrases: phrases, Mask: true}}
	rep, err := job.Dedup(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	stats := rep.Comparison.(dedup.Stats)
	said := a.Runs[0]
	t.Logf("candidates %d said, %d found (error %.2f); removed %d said, %d", said.Candidates, stats.Candidates, said.Error, said.Removed, rep.Documents.Removed)
	off := float64(said.Candidates)/float64(stats.Candidates) - 1
	if math.Abs(off) > max(.25, 3*said.Error) {
		t.Errorf("candidates: %d said, %d found", said.Candidates, stats.Candidates)
	}
	if off := float64(a.Corpus.ExactCopies)/float64(stats.ExactCopies) - 1; math.Abs(off) > .3 {
		t.Errorf("exact copies: %d said, %d found", a.Corpus.ExactCopies, stats.ExactCopies)
	}
	if a.Recall.Share < .98 {
		t.Errorf("recall on the sample %.3f", a.Recall.Share)
	}
}

// options are those that the settings name.
func options(t *testing.T, a *Advice) dedup.Options {
	t.Helper()
	o := dedup.DefaultOptions()
	fields := map[string]*int{
		"shingle": &o.Shingle, "bands": &o.Bands, "rows": &o.Rows, "sample-shingle": &o.SampleShingle, "sample-rate": &o.SampleRate, "min-shingles": &o.MinShingles,
	}
	for _, s := range a.Settings {
		if f := fields[s.Flag]; f != nil {
			if _, err := fmt.Sscan(s.Value, f); err != nil {
				t.Fatal(err)
			}
		}
	}
	return o
}

// TestNothingToAdviseOn wants errors that say what to do.
func TestNothingToAdviseOn(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"empty", "", "holds no documents"},
		{"broken", "{broken\nno json\n", "none of 2 records could be read"},
		{"no text", `{"id":"1","body":"هذا نص طويل بما يكفي ليكون متن خبر من الأخبار"}` + "\n", "--text-field body"},
	} {
		_, err := Examine(context.Background(), Options{Inputs: []string{write(t, c.content)}, Reading: reading()})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestFewDocuments has too little to measure, and says so without a fault.
func TestFewDocuments(t *testing.T) {
	for _, content := range []string{`{"text":""}`, `{"text":"x"}`, `{"text":"نص"}` + "\n" + `{"text":"نص"}`, `{"text":"a\u0000b"}` + "\n" + `{"text":"<&>\u202e"}`} {
		a, err := Examine(context.Background(), Options{Inputs: []string{write(t, content+"\n")}, Reading: reading()})
		if err != nil {
			t.Errorf("%q: %v", content, err)
			continue
		}
		var b strings.Builder
		if err := a.Print(&b, corpus.Printable); err != nil {
			t.Error(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if len([]rune(line)) > 80 {
				t.Errorf("longer than 80 columns: %q", line)
			}
			if strings.Contains(line, "NaN") {
				t.Errorf("no number: %q", line)
			}
		}
	}
}

// TestLongAndShort wants other settings for other texts.
func TestLongAndShort(t *testing.T) {
	plans := map[string]Quantiles{"tweets": {P10: 45, Median: 60}, "briefs": {P10: 220, Median: 700}, "news": {P10: 450, Median: 1200}, "books": {P10: 20000, Median: 100000}}
	want := map[string]int{"tweets": 2, "briefs": 16, "news": 32, "books": 128}
	for name, chars := range plans {
		p := &plan{options: dedup.DefaultOptions()}
		chooseSampling(chars, p)
		if p.options.SampleRate != want[name] {
			t.Errorf("%s: one of %d, want %d", name, p.options.SampleRate, want[name])
		}
	}
}

// TestWithPartners holds the share of texts with a partner against clusters of a known size, thinned by chance.
func TestWithPartners(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct {
		with float64 // share of texts that have partners
		more float64 // how many beside the first, on average
	}{{.2, 0}, {.3, .5}, {.1, 1.5}} {
		for _, rate := range []float64{.1, .3, .66, 1} {
			partners := make([]int, 60_000)
			for i := range partners {
				if r.Float64() >= c.with {
					continue
				}
				all := 1
				for r.Float64() < c.more/(1+c.more) { // not by Poisson, as the model has it
					all++
				}
				for range all {
					partners[i] += one(r.Float64() < rate)
				}
			}
			if got := withPartners(partners, rate); math.Abs(got/c.with-1) > .3 {
				t.Errorf("%+v at a rate of %v: %.3f", c, rate, got)
			}
		}
	}
	if got := withPartners(make([]int, 10), .5); got != 0 {
		t.Errorf("no partners at all: %v", got)
	}
}
