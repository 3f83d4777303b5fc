package bench_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/corpusctl/corpusctl/corpus"
)

// BenchmarkWrite copies every line to an output folder, three of four to kept/ and the fourth to removed/, as a run does that
// repairs nothing. Floor: the same bytes written to one file, a chunk at a time.
func BenchmarkWrite(b *testing.B) {
	in := load(b)
	for _, c := range codecs {
		b.Run("codec="+c.codec.String(), func(b *testing.B) {
			work{size(in.lines), len(in.lines)}.measure(b, "impl=own", func(b *testing.B) int { return writeLines(b, in.lines, c.codec) })
		})
	}
	work{size(in.lines), len(in.lines)}.measure(b, "impl=floor", func(b *testing.B) int { return writeChunks(b, in.lines) })
}

// writeLines writes a shard as it stands in a result and clears it away while the clock stands.
func writeLines(b *testing.B, lines [][]byte, codec corpus.Codec) int {
	b.StopTimer()
	dir := b.TempDir()
	b.StartTimer()
	out, err := corpus.CreateOutput(filepath.Join(dir, "out"), corpus.OutputOptions{})
	if err != nil {
		b.Fatal(err)
	}
	var to [2]*corpus.ShardWriter
	for i, folder := range []string{"kept", "removed"} {
		if to[i], err = out.Writer(folder, "shard.jsonl"+codecs[codec].ending, codec); err != nil {
			b.Fatal(err)
		}
	}
	for i, line := range lines {
		if err := to[i%4/3].WriteLine(line); err != nil {
			b.Fatal(err)
		}
	}
	for _, w := range to {
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if err := out.Commit(); err != nil {
		b.Fatal(err)
	}
	removeAll(b, dir)
	return len(lines)
}

// removeAll deletes what a pass wrote while the clock stands.
func removeAll(b *testing.B, dir string) {
	b.StopTimer()
	if err := os.RemoveAll(dir); err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
}

func writeChunks(b *testing.B, lines [][]byte) (total int) {
	b.StopTimer()
	dir := b.TempDir()
	buf := make([]byte, 0, 2*corpus.ChunkSize)
	b.StartTimer()
	f, err := os.Create(filepath.Join(dir, "floor"))
	if err != nil {
		b.Fatal(err)
	}
	flush := func() {
		n, err := f.Write(buf)
		if err != nil {
			b.Fatal(err)
		}
		buf, total = buf[:0], total+n
	}
	for _, line := range lines {
		if buf = append(append(buf, line...), '\n'); len(buf) >= corpus.ChunkSize {
			flush()
		}
	}
	flush()
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	removeAll(b, dir)
	return total
}
