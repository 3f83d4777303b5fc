package bench_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
)

// TestLoad compares what the benchmarks work on with a plain reading of the bundled corpus.
func TestLoad(t *testing.T) {
	if *corpusFlag != bundled {
		t.Skip("another corpus may be packed or hold bad records, which the plain reading does not know")
	}
	type document struct{ Text, Source, Date string }
	var want, got []document
	for _, path := range shards(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var d document
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatal(err)
			}
			want = append(want, d)
		}
	}
	in := load(t)
	for _, d := range in.docs {
		got = append(got, document{string(d.Text), d.Source, d.Date})
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(in.lines) != len(in.docs) || len(in.records) != len(in.docs) {
		t.Errorf("%d lines, %d records, %d documents: not parallel", len(in.lines), len(in.records), len(in.docs))
	}
}

// TestPack: whatever the packing, a job is measured on the bytes of the corpus.
func TestPack(t *testing.T) {
	var sums []int
	for i, c := range codecs {
		if int(c.codec) != i {
			t.Fatalf("%s stands in place %d of the table", c.codec, i)
		}
		paths := pack(t, c.codec)
		src, err := corpus.Open(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		src.Close()
		if src.Codec() != c.codec {
			t.Errorf("packed as %s, recognised as %s", c.codec, src.Codec())
		}
		sums = append(sums, unpack(t, paths))
	}
	want := unpack(t, shards(t))
	if d := cmp.Diff([]int{want, want, want}, sums); want == 0 || d != "" {
		t.Errorf("unpacked bytes of plain, gzip, zstd: %s", d)
	}
}

// TestFill: batches hold every document once, and more than one batch is made of more than a chunk of text.
func TestFill(t *testing.T) {
	docs := make([]dedup.Document, 5)
	for i := range docs {
		docs[i].Text = bytes.Repeat([]byte("خبر "), corpus.ChunkSize/10)
	}
	var got []int
	fill(deduper(t), docs, func(b *dedup.Batch) { got = append(got, b.Len()) })
	if d := cmp.Diff([]int{2, 2, 1}, got); d != "" {
		t.Error(d)
	}
}

// TestShingleWays: the stage and the plain way beside it do the same work.
func TestShingleWays(t *testing.T) {
	buf := make([]uint64, 5)
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.StringOfN(rapid.RuneFrom([]rune("ابتثجحخ 019aé漢")), 0, 60, -1).Draw(t, "text"))
		k := rapid.IntRange(1, 16).Draw(t, "k")
		if a, b := streamAll(text, k, buf), hashEach(text, k); a != b {
			t.Fatalf("k=%d %q: %x by the stream, %x by the plain way", k, text, a, b)
		}
	})
}
