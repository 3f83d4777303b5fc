package corpus

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// fuzzShard reads random bytes as a format: no panic, no hang; the same records whatever the size of the buffers; and what is written of
// the good ones is read as the same.
func fuzzShard(f *testing.F, name string, options ...ReadOptions) {
	for _, c := range formatCases {
		f.Add([]byte(c.content), 0, 5)
	}
	f.Fuzz(func(t *testing.T, content []byte, option, size int) {
		o := options[uint(option)%uint(len(options))]
		o.Fields, o.MaxDocument = stdFields, 64<<10
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, content, 0o600))
		want, opened := readDocs(t, path, o, 0)
		if got, _ := readDocs(t, path, o, int(uint(size)%100)); !cmp.Equal(want, got) {
			t.Fatalf("buffers of other sizes: %s", cmp.Diff(want, got))
		}
		if !opened {
			return
		}
		kept, _ := copyShard(t, path, o, all, nil)
		if kept == "no file" {
			kept = ""
		}
		must(t, os.WriteFile(path, []byte(kept), 0o600))
		again, _ := readDocs(t, path, o, 0)
		if len(good(want)) == 0 {
			return
		}
		if diff := cmp.Diff(good(want), good(again)); diff != "" {
			t.Fatalf("written and read again: %s\n%q", diff, kept)
		}
	})
}

func FuzzText(f *testing.F) {
	fuzzShard(f, "a.txt", ReadOptions{Format: "text"}, ReadOptions{Format: "text", Split: "lines"}, ReadOptions{Format: "text", Split: "blank"})
}

func FuzzCSV(f *testing.F) {
	fuzzShard(f, "a.csv", ReadOptions{Format: "csv"}, ReadOptions{Format: "tsv"})
}

func FuzzArray(f *testing.F) { fuzzShard(f, "a.json", ReadOptions{Format: "json"}) }

func FuzzWARC(f *testing.F) { fuzzShard(f, "a.warc", ReadOptions{Format: "warc"}) }

func FuzzAnyFormat(f *testing.F) {
	fuzzShard(f, "a.data", ReadOptions{}, ReadOptions{Format: "jsonl"})
}

// FuzzParquet changes the bytes of good files.
func FuzzParquet(f *testing.F) {
	for _, codec := range parquetCodecs {
		f.Add(parquetFile(f, 3, parquet.Compression(codec)))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<20 {
			return
		}
		path := filepath.Join(t.TempDir(), "a.parquet")
		must(t, os.WriteFile(path, content, 0o600))
		o := ReadOptions{Fields: Fields{Text: "text", ID: "id", Date: "day"}, Format: "parquet", MaxDocument: 64 << 10}
		want, opened := readDocs(t, path, o, 0)
		if got, _ := readDocs(t, path, o, 100); !cmp.Equal(want, got) {
			t.Fatalf("buffers of other sizes: %s", cmp.Diff(want, got))
		}
		if !opened {
			return
		}
		r, err := OpenShard(Shard{Path: path, Name: "a.parquet"}, 0, o)
		must(t, err)
		defer r.Close()
		out, err := CreateOutput(filepath.Join(t.TempDir(), "out"), OutputOptions{})
		must(t, err)
		defer out.Abort()
		w, err := out.Records("kept", "a.parquet", r.Layout())
		if err != nil {
			return // a schema that can be read but not written
		}
		for {
			c, err := r.Next(nil)
			if err == io.EOF {
				break
			}
			for line := range c.Lines() {
				if w.Write(&line) != nil {
					return
				}
			}
		}
	})
}

// FuzzThriftWalk compares nothing: it must end, inside its bytes.
func FuzzThriftWalk(f *testing.F) {
	f.Add(bytes.Repeat([]byte{0x1c}, 100))
	f.Add([]byte{0x19, 0xfc, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		w := thriftWalk{b: b, elements: maxElements}
		if w.structure(0); w.at > len(b) {
			t.Errorf("at %d of %d", w.at, len(b))
		}
	})
}
