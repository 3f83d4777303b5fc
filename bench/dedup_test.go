package bench_test

import (
	"context"
	"runtime"
	"slices"
	"testing"

	"github.com/corpusctl/corpusctl/dedup"
)

// BenchmarkRun proposes pairs, verifies them and decides, on documents that were appended before the clock runs: a Deduper
// runs once. Its parts are not exported: BenchmarkStages of package dedup takes them one by one.
// Floor: one XXH64 of each folded text.
func BenchmarkRun(b *testing.B) {
	in := load(b)
	texts := folded(in.docs)
	work{size(texts), len(texts)}.measure(b, "impl=own", func(b *testing.B) int {
		b.StopTimer()
		d := deduper(b)
		fill(d, in.docs, func(batch *dedup.Batch) {
			if err := d.Append(batch); err != nil {
				b.Fatal(err)
			}
		})
		runtime.GC() // what building left behind is not Run's to collect
		b.StartTimer()
		result, err := d.Run(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(result.Removed)), "removed")
		return len(result.Removed)
	})
	measureEach(b, "impl=floor", texts, hash)
}

// BenchmarkFind is end to end in memory, as a library user has it: texts in, duplicates out. Floor: one XXH64 of each text.
func BenchmarkFind(b *testing.B) {
	in := load(b)
	texts, list := in.texts(), in.strings()
	work{size(texts), len(texts)}.measure(b, "impl=own", func(b *testing.B) int {
		result, err := dedup.Find(list, dedup.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(result.Removed)), "removed")
		return len(result.Removed)
	})
	measureEach(b, "impl=floor", texts, hash)
}

// BenchmarkCompare measures exactly every pair that a run found related, as a library user would. Floor: one XXH64 of both folded texts.
func BenchmarkCompare(b *testing.B) {
	in := load(b)
	texts := folded(in.docs)
	result, err := dedup.Find(in.strings(), dedup.Options{})
	if err != nil {
		b.Fatal(err)
	}
	k := dedup.DefaultOptions().Shingle
	pairs := slices.Collect(result.Pairs())
	var bytes int64
	for _, p := range pairs {
		bytes += int64(len(texts[p.A]) + len(texts[p.B]))
	}
	each := func(name string, do func(x, y []byte) int) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(bytes)
			b.ReportAllocs()
			sum := 0
			for b.Loop() {
				for _, p := range pairs {
					sum += do(texts[p.A], texts[p.B])
				}
			}
			runtime.KeepAlive(sum)
			b.ReportMetric(float64(len(pairs)*b.N)/b.Elapsed().Seconds(), "pairs/s")
		})
	}
	each("impl=own", func(x, y []byte) int { return int(dedup.Compare(x, y, k).Shared) })
	each("impl=floor", func(x, y []byte) int { return hash(x) + hash(y) })
}
