package bench_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
)

// codecs are the ways a corpus may be packed, with the ending of its files.
var codecs = [...]struct {
	codec  corpus.Codec
	ending string
}{{corpus.Plain, ""}, {corpus.Gzip, ".gz"}, {corpus.Zstd, ".zst"}}

// BenchmarkJob is end to end on disk: job.Dedup from files to a folder, kept and removed records packed as the input is; texts are
// compared as they are, and of plain files also with leftovers masked, which is the default of the command.
// Floor: reading, and unpacking, the files once. Bytes are unpacked bytes throughout.
func BenchmarkJob(b *testing.B) {
	w := work{int64(unpack(b, shards(b))), count(b)}
	mask := masking(b)
	for _, c := range codecs {
		b.Run("codec="+c.codec.String(), func(b *testing.B) {
			paths := pack(b, c.codec)
			w.measure(b, "impl=own", func(b *testing.B) int { return runJob(b, paths, nil) })
			if c.codec == corpus.Plain {
				w.measure(b, "impl=masked", func(b *testing.B) int { return runJob(b, paths, &mask) })
			}
			w.measure(b, "impl=floor", func(b *testing.B) int { return unpack(b, paths) })
		})
	}
}

// count returns the number of documents of the corpus and lets go of them.
func count(tb testing.TB) int {
	in := load(tb)
	return len(in.docs)
}

// runJob writes into a new folder each time: what an earlier run left is cleared while the clock stands.
func runJob(b *testing.B, paths []string, mask *quality.Options) int {
	b.StopTimer()
	dir := b.TempDir()
	b.StartTimer()
	report, err := job.Dedup(context.Background(), job.Options{Inputs: paths, Output: filepath.Join(dir, "out"), Fields: fields, Quality: mask})
	b.StopTimer()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(report.Documents.Removed), "removed")
	removeAll(b, dir)
	return report.Documents.Removed
}

// unpack reads the files to their end and returns the number of bytes.
func unpack(tb testing.TB, paths []string) (total int) {
	for _, p := range paths {
		src, err := corpus.Open(p)
		if err != nil {
			tb.Fatal(err)
		}
		n, err := io.Copy(io.Discard, src)
		if err != nil {
			tb.Fatal(err)
		}
		total += int(n)
		src.Close()
	}
	return total
}

// pack writes the corpus into a temporary folder, packed in one way however it was packed before, and returns its files.
func pack(tb testing.TB, codec corpus.Codec) (paths []string) {
	tb.Helper()
	dir := tb.TempDir()
	for i, from := range shards(tb) {
		path := filepath.Join(dir, fmt.Sprintf("%06d.jsonl%s", i, codecs[codec].ending))
		if err := packFile(path, from, codec); err != nil {
			tb.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func packFile(to, from string, codec corpus.Codec) error {
	src, err := corpus.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := packer(f, codec)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, src); err != nil {
		return err
	}
	return w.Close()
}

// packer packs into f at the level that is each tool's default. Closing it twice with f does no harm.
func packer(f *os.File, codec corpus.Codec) (io.WriteCloser, error) {
	switch codec {
	case corpus.Gzip:
		return gzip.NewWriter(f), nil
	case corpus.Zstd:
		return zstd.NewWriter(f)
	}
	return f, nil
}
