package bench_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/corpusctl/corpusctl/dedup"
)

// BenchmarkRun proposes pairs, verifies them and decides, on documents that were appended before the clock runs: a Deduper
// runs once. Its parts (sorting, buckets, proposing, verifying) are not exported; package dedup has benchmarks of each.
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
	texts := in.texts()
	list := make([]string, len(texts))
	for i, t := range texts {
		list[i] = string(t)
	}
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
