package bench_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
)

const bundled = "testdata/news"

var corpusFlag = flag.String("corpus", bundled, "JSONL `file` or folder to measure; a relative name counts from the root of the checkout")

// TestMain puts the corpus among the configuration lines of the results, so that benchstat never compares two corpora.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() != "" {
		fmt.Printf("corpus: %s\n", filepath.Base(*corpusFlag))
	}
	os.Exit(m.Run())
}

var fields = corpus.Fields{Text: "text", ID: "id", Source: "source", Date: "date", URL: "url"}

// input is a corpus in memory: what each stage finds when the stages before it are done. The slices run in parallel.
type input struct {
	lines   [][]byte
	records []corpus.Record
	docs    []dedup.Document
}

// shards lists the files of the corpus that the flag names.
func shards(tb testing.TB) (paths []string) {
	tb.Helper()
	path := *corpusFlag
	if !filepath.IsAbs(path) {
		path = filepath.Join("..", path)
	}
	list, err := corpus.Expand([]string{path})
	if err != nil {
		tb.Fatal(err)
	}
	for _, s := range list {
		paths = append(paths, s.Path)
	}
	return paths
}

// load reads the corpus. Records that cannot be read are left out: they have no text to measure.
//
// Each benchmark loads anew and lets go, so that the garbage collector's pace in one does not depend on what another holds.
func load(tb testing.TB) input {
	tb.Helper()
	scanner, err := corpus.NewScanner(fields)
	if err != nil {
		tb.Fatal(err)
	}
	var in input
	for _, path := range shards(tb) {
		if err := eachChunk(path, nil, func(c corpus.Chunk) { in.add(scanner, c) }); err != nil {
			tb.Fatal(err)
		}
	}
	if len(in.docs) == 0 {
		tb.Fatalf("no record of %s could be read: it must be JSONL with a field %q", *corpusFlag, fields.Text)
	}
	return in
}

// eachChunk calls do with every chunk of a shard. Chunks share buf; without one, each keeps its own memory.
func eachChunk(path string, buf []byte, do func(corpus.Chunk)) error {
	src, err := corpus.Open(path)
	if err != nil {
		return err
	}
	defer src.Close()
	chunks := corpus.NewChunks(src, path, 0)
	for {
		c, err := chunks.Next(buf)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		do(c)
	}
}

func (in *input) add(scanner *corpus.Scanner, c corpus.Chunk) {
	var rec corpus.Record
	for line := range c.Lines() {
		if scanner.Scan(line.Raw, &rec) != nil {
			continue
		}
		in.lines = append(in.lines, line.Raw)
		in.records = append(in.records, rec)
		in.docs = append(in.docs, dedup.Document{
			Text:   corpus.AppendString(nil, line.Raw, rec.Text),
			Source: string(corpus.AppendString(nil, line.Raw, rec.Source)),
			Date:   string(corpus.AppendString(nil, line.Raw, rec.Date)),
		})
	}
}

// texts returns the texts of the documents.
func (in *input) texts() [][]byte {
	out := make([][]byte, len(in.docs))
	for i := range in.docs {
		out[i] = in.docs[i].Text
	}
	return out
}

// strings returns the texts as quality takes them.
func (in *input) strings() []string {
	out := make([]string, len(in.docs))
	for i := range in.docs {
		out[i] = string(in.docs[i].Text)
	}
	return out
}

// size returns the bytes of all parts.
func size[T ~string | ~[]byte](parts []T) (n int64) {
	for _, p := range parts {
		n += int64(len(p))
	}
	return n
}

// work is what a benchmark passes over: the bytes that the stage takes in, and the documents they make.
type work struct {
	bytes int64
	docs  int
}

// measure times one way of doing a stage as a sub-benchmark. A pass goes over all of the work and returns something that
// depends on all it did, so that nothing of it can be left out.
func (w work) measure(b *testing.B, name string, pass func(b *testing.B) int) {
	b.Run(name, func(b *testing.B) {
		b.SetBytes(w.bytes)
		b.ReportAllocs()
		sum := 0
		for b.Loop() {
			sum += pass(b)
		}
		runtime.KeepAlive(sum)
		b.ReportMetric(float64(w.docs)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
	})
}

// measureEach is measure for what is done to one part after the other.
func measureEach[T ~string | ~[]byte](b *testing.B, name string, parts []T, do func(part T) int) {
	work{size(parts), len(parts)}.measure(b, name, func(*testing.B) (sum int) {
		for _, p := range parts {
			sum += do(p)
		}
		return sum
	})
}
