package generate

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/corpus"
)

func generator(tb testing.TB, opt Options) *Generator {
	tb.Helper()
	g, err := New(opt)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// TestGolden: the bytes of a corpus never change; whoever changes them on purpose changes these sums, and the figures of earlier
// runs are then those of another corpus.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		opt             Options
		records, labels uint64
	}{
		{Options{Seed: 1, Documents: 3000}, 0xe40d10542302b4bd, 0xb3a3cb7af00aee3a},
		{Options{Seed: 2, Documents: 3000, Bytes: ShortBytes}, 0xdd27133eb6c99e14, 0xfecabcc4e5cc6edd},
	} {
		records, labels := xxhash.New(), xxhash.New()
		if err := generator(t, c.opt).Write(records, labels); err != nil {
			t.Fatal(err)
		}
		if records.Sum64() != c.records || labels.Sum64() != c.labels {
			t.Errorf("%+v: records %#x, labels %#x; want %#x, %#x", c.opt, records.Sum64(), labels.Sum64(), c.records, c.labels)
		}
	}
}

// TestPrefix: a corpus is the beginning of every larger one, and any document can be made alone.
func TestPrefix(t *testing.T) {
	var small, large bytes.Buffer
	for n, to := range map[int]io.Writer{400: &small, 1200: &large} {
		if err := generator(t, Options{Seed: 3, Documents: n}).Write(to, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.HasPrefix(large.Bytes(), small.Bytes()) {
		t.Error("400 documents are not the first of 1,200")
	}
	lines := bytes.SplitAfter(large.Bytes(), []byte("\n"))
	g := generator(t, Options{Seed: 3})
	var d Document
	for i := len(lines) - 2; i >= 0; i -= 37 {
		g.Make(i, &d)
		if diff := cmp.Diff(string(lines[i]), string(d.AppendJSON(nil))); diff != "" {
			t.Fatalf("document %d made alone: %s", i, diff)
		}
	}
}

// TestRecords: every record is read by the product's own scanner and holds the text as it was made.
func TestRecords(t *testing.T) {
	scanner, err := corpus.NewScanner(corpus.Fields{Text: "text", ID: "id", Source: "source", Date: "date"})
	if err != nil {
		t.Fatal(err)
	}
	g := generator(t, Options{Seed: 4})
	var d Document
	var rec corpus.Record
	for i := range 300 {
		g.Make(i, &d)
		line := bytes.TrimSuffix(d.AppendJSON(nil), []byte("\n"))
		if err := scanner.Scan(line, &rec); err != nil {
			t.Fatal(err)
		}
		if got := corpus.AppendString(nil, line, rec.Text); !bytes.Equal(got, d.Text) {
			t.Fatalf("document %d: %q is read as %q", i, d.Text, got)
		}
		if got := string(corpus.AppendString(nil, line, rec.ID)); got != fmt.Sprintf("n%09d", i) {
			t.Fatalf("document %d has the id %q", i, got)
		}
	}
}

// TestSizes: texts have the mean length that was asked for, within a tenth, and the share of documents that may go is that of news.
func TestSizes(t *testing.T) {
	for _, mean := range []int{ShortBytes, NewsBytes, 5000} {
		g := generator(t, Options{Seed: 5, Bytes: mean})
		var d Document
		total, may := 0, 0
		const n = 4000
		for i := range n {
			g.Make(i, &d)
			total += len(d.Text)
			if d.Label.A != d.Label.B && d.Label.Drop() != 0 {
				may++
			}
		}
		if got := total / n; got < mean*9/10 || got > mean*11/10 {
			t.Errorf("mean of %d bytes, want %d", got, mean)
		}
		if may < n*25/100 || may > n*30/100 {
			t.Errorf("%d of %d documents may go", may, n)
		}
	}
}

// TestConstantMemory: after the first documents, making more allocates nothing.
func TestConstantMemory(t *testing.T) {
	g := generator(t, Options{Seed: 6, Documents: 20_000})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := g.Write(io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
		t.Errorf("%d bytes allocated for 20,000 documents", got)
	}
}

// TestRefused: options without sense are refused.
func TestRefused(t *testing.T) {
	for _, opt := range []Options{{Documents: -1}, {Bytes: 499}, {Bytes: 2 << 20}} {
		if _, err := New(opt); err == nil {
			t.Errorf("%+v was taken", opt)
		}
	}
}

// BenchmarkWrite makes a corpus in memory; it must not take long beside what is measured with it.
func BenchmarkWrite(b *testing.B) {
	for _, mean := range []int{ShortBytes, NewsBytes} {
		b.Run(fmt.Sprintf("bytes=%d", mean), func(b *testing.B) {
			g := generator(b, Options{Seed: 1, Bytes: mean, Documents: 10_000})
			b.ReportAllocs()
			var n counter
			for b.Loop() {
				n = 0
				if err := g.Write(&n, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(n))
		})
	}
}

// counter counts the bytes that are written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
