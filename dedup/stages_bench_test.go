package dedup_test

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/bench/generate"
	"github.com/corpusctl/corpusctl/dedup"
)

// generated returns the texts of a generated corpus of news length, and their bytes.
func generated(b *testing.B, documents int) (texts [][]byte, size int64) {
	b.Helper()
	g, err := generate.New(generate.Options{Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	var d generate.Document
	for i := range documents {
		g.Make(i, &d)
		texts = append(texts, bytes.Clone(d.Text))
		size += int64(len(d.Text))
	}
	return texts, size
}

// appended returns a Deduper that has the texts. What making it left behind is collected.
func appended(b *testing.B, texts [][]byte) *dedup.Staged {
	b.Helper()
	d, err := dedup.New(dedup.Options{})
	if err != nil {
		b.Fatal(err)
	}
	batch := d.NewBatch()
	for _, t := range texts {
		batch.Add(dedup.Document{Text: t})
	}
	d.Append(batch)
	s := dedup.NewStaged(d)
	runtime.GC()
	return s
}

// BenchmarkStages takes the stages of Run one by one, on a generated corpus. Bytes are those of all texts, in every stage.
// Floor: one XXH64 of each text.
func BenchmarkStages(b *testing.B) {
	texts, size := generated(b, 5000)
	for timed, stage := range []struct{ name, result string }{{"propose", "candidates"}, {"verify", "pairs"}, {"decide", "removed"}} {
		b.Run("stage="+stage.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				s := appended(b, texts)
				for i, do := range []func() (int, error){s.Propose, s.Verify, s.Decide} {
					if i == timed {
						b.StartTimer()
					}
					n, err := do()
					b.StopTimer()
					if err != nil {
						b.Fatal(err)
					}
					if i == timed {
						b.ReportMetric(float64(n), stage.result)
					}
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
	b.Run("impl=floor", func(b *testing.B) {
		b.SetBytes(size)
		sum := uint64(0)
		for b.Loop() {
			for _, t := range texts {
				sum += xxhash.Sum64(t)
			}
		}
		runtime.KeepAlive(sum)
	})
}
