package bench_test

import (
	"io"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/corpus"
)

// BenchmarkRead cuts plain files into chunks of whole lines. Floor: reading the same files, which lie in the page cache.
func BenchmarkRead(b *testing.B) {
	in := load(b)
	paths := pack(b, corpus.Plain)
	w := work{int64(unpack(b, paths)), len(in.docs)}
	buf := make([]byte, 0, corpus.ChunkSize)
	w.measure(b, "impl=own", func(b *testing.B) (n int) {
		for _, p := range paths {
			if err := eachChunk(p, buf, func(c corpus.Chunk) { n += len(c.Data) }); err != nil {
				b.Fatal(err)
			}
		}
		return n
	})
	w.measure(b, "impl=floor", func(b *testing.B) (n int) {
		for _, p := range paths {
			n += readFile(b, p, buf[:cap(buf)])
		}
		return n
	})
}

func readFile(b *testing.B, path string, buf []byte) (total int) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for {
		n, err := f.Read(buf)
		total += n
		if err == io.EOF {
			return total
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScan validates the lines as JSON and finds the fields. Floor: utf8.Valid of the lines.
func BenchmarkScan(b *testing.B) {
	in := load(b)
	scanner, err := corpus.NewScanner(fields)
	if err != nil {
		b.Fatal(err)
	}
	measureEach(b, "impl=own", in.lines, func(line []byte) int {
		var rec corpus.Record
		if err := scanner.Scan(line, &rec); err != nil {
			b.Fatal(err)
		}
		return rec.Text.End
	})
	measureEach(b, "impl=floor", in.lines, valid)
}

// valid is the floor of what has to look at every character.
func valid(text []byte) int {
	if utf8.Valid(text) {
		return 1
	}
	return 0
}

// BenchmarkDecode undoes the escapes of the text values. Floor: a copy of the values as they stand.
func BenchmarkDecode(b *testing.B) {
	in := load(b)
	values := make([][]byte, len(in.lines))
	for i, r := range in.records {
		values[i] = in.lines[i][r.Text.Start:r.Text.End]
	}
	var text []byte
	work{size(values), len(values)}.measure(b, "impl=own", func(*testing.B) (n int) {
		for i, line := range in.lines {
			text = corpus.AppendString(text[:0], line, in.records[i].Text)
			n += len(text)
		}
		return n
	})
	measureEach(b, "impl=floor", values, func(value []byte) int {
		text = append(text[:0], value...)
		return len(text)
	})
}
