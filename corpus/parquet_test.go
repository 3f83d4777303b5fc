package corpus

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// parquetRow has a column of every physical type, optional and repeated ones, and a nested text.
type parquetRow struct {
	Text *string          `parquet:"text,optional"`
	ID   int64            `parquet:"id"`
	Day  int32            `parquet:"day,date"`
	Time int64            `parquet:"time,timestamp(microsecond)"`
	Meta parquetMeta      `parquet:"meta"`
	Tags []string         `parquet:"tags,list"`
	Map  map[string]int64 `parquet:"map"`
	F    float32          `parquet:"f"`
	D    float64          `parquet:"d"`
	B    bool             `parquet:"b"`
	U    uint32           `parquet:"u"`
	Hash [16]byte         `parquet:"hash"`
}

type parquetMeta struct {
	Text string `parquet:"text,dict"`
}

var parquetCodecs = []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Brotli, &parquet.Zstd, &parquet.Lz4Raw}

func parquetRows(n int) []parquetRow {
	var rows []parquetRow
	for i := range n {
		text := fmt.Sprintf("نص %d %s", i, strconv.Itoa(i*i*7919))
		row := parquetRow{Text: &text, ID: int64(i), Day: int32(16000 + i), Time: int64(i) * 1e9, Meta: parquetMeta{strings.Repeat("m", i%3)},
			F: float32(i) / 3, D: math.Inf(i%3 - 1), B: i%2 == 0, U: math.MaxUint32, Hash: [16]byte{byte(i)}}
		if i%5 == 4 {
			row.Text = nil
		}
		for j := range i % 3 {
			row.Tags = append(row.Tags, strconv.Itoa(j))
			row.Map = map[string]int64{"k": int64(j)}
		}
		rows = append(rows, row)
	}
	return rows
}

func parquetFile(t testing.TB, n int, options ...parquet.WriterOption) []byte {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[parquetRow](&b, append(options, parquet.KeyValueMetadata("key", "value"))...)
	for i, row := range parquetRows(n) {
		if i > 0 && i%100 == 0 {
			must(t, w.Flush())
		}
		_, err := w.Write([]parquetRow{row})
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

func TestParquet(t *testing.T) {
	dir := t.TempDir()
	for _, codec := range parquetCodecs {
		for version := 1; version <= 2; version++ {
			path := filepath.Join(dir, "a.parquet")
			content := parquetFile(t, 250, parquet.Compression(codec), parquet.DataPageVersion(version))
			must(t, os.WriteFile(path, content, 0o600))
			docs, _ := readDocs(t, path, ReadOptions{Fields: Fields{Text: "text", ID: "id", Date: "day", Source: "meta.text", URL: "time"}}, 0)
			if len(docs) != 250 {
				t.Fatalf("%s: %d rows", codec, len(docs))
			}
			want := []doc{{1, "نص 0 0", "0", "", "2013-10-22", "1970-01-01T00:00:00Z", ""}, {Number: 5, Reason: "text is null, not a string"}}
			if diff := cmp.Diff(want, []doc{docs[0], docs[4]}); diff != "" {
				t.Error(diff)
			}
			kept, removed := copyShard(t, path, ReadOptions{Fields: Fields{Text: "meta.text"}}, func(n int) bool { return n%10 != 0 }, nil)
			checkParquet(t, content, kept, func(n int) bool { return n%10 != 0 })
			checkParquet(t, content, removed, func(n int) bool { return n%10 == 0 })
		}
	}
}

// checkParquet reads with the library what was written and compares it with the input.
func checkParquet(t *testing.T, input []byte, output string, keep func(int) bool) {
	t.Helper()
	in, err := parquet.OpenFile(bytes.NewReader(input), int64(len(input)))
	must(t, err)
	out, err := parquet.OpenFile(bytes.NewReader([]byte(output)), int64(len(output)))
	must(t, err)
	if diff := cmp.Diff(in.Metadata().Schema, out.Metadata().Schema); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(in.Metadata().KeyValueMetadata, out.Metadata().KeyValueMetadata); diff != "" {
		t.Error(diff)
	}
	if len(in.RowGroups()) != len(out.RowGroups()) {
		t.Errorf("%d row groups, the input has %d", len(out.RowGroups()), len(in.RowGroups()))
	}
	for i, c := range in.Metadata().RowGroups[0].Columns {
		if got := out.Metadata().RowGroups[0].Columns[i].MetaData.Codec; got != c.MetaData.Codec {
			t.Errorf("column %d: codec %s, want %s", i, got, c.MetaData.Codec)
		}
	}
	var want []parquetRow
	rows, err := parquet.Read[parquetRow](bytes.NewReader(input), int64(len(input)))
	must(t, err)
	for i, row := range rows {
		if keep(i) {
			want = append(want, row)
		}
	}
	got, err := parquet.Read[parquetRow](bytes.NewReader([]byte(output)), int64(len(output)))
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestParquetLies sets lengths of a file to what cannot be true, one after the other.
func TestParquetLies(t *testing.T) {
	dir := t.TempDir()
	content := parquetFile(t, 20)
	footer := int(binary.LittleEndian.Uint32(content[len(content)-8:]))
	for name, c := range map[string]struct {
		change func(b []byte) []byte
		want   string
	}{
		"cut":       {func(b []byte) []byte { return b[:len(b)-9] }, "parquet file is cut off"},
		"short":     {func(b []byte) []byte { return b[:7] }, "parquet file is cut off"},
		"footer":    {func(b []byte) []byte { binary.LittleEndian.PutUint32(b[len(b)-8:], math.MaxUint32); return b }, "parquet data is damaged: a length cannot be true"},
		"encrypted": {func(b []byte) []byte { copy(b[len(b)-4:], "PARE"); return b }, "parquet is encrypted, which is not read"},
		"list": {func(b []byte) []byte { // the second field of the footer is the schema
			copy(b[len(b)-8-footer+2:], "\x19\xfc\xff\xff\xff\xff\x07")
			return b
		}, "parquet data is damaged: a length cannot be true"},
	} {
		path := write(t, dir, name+".parquet", string(c.change(bytes.Clone(content))))
		docs, opened := readDocs(t, path, ReadOptions{Fields: stdFields}, 0)
		if opened || docs[0].Reason != c.want {
			t.Errorf("%s: %v", name, docs)
		}
	}
}

// TestParquetBomb packs pages that say less than they hold.
func TestParquetBomb(t *testing.T) {
	big := strings.Repeat("0", 100<<20)
	for _, codec := range parquetCodecs[1:] {
		packed, err := codec.Encode(nil, []byte(big))
		must(t, err)
		g := pageGuard{}
		if b, err := g.unpacked(bytes.NewReader(packed), codec.CompressionCodec(), 1<<20); err == nil && len(b) <= 1<<20 || len(b) > 1<<20+1 {
			t.Errorf("%s: %d bytes", codec, len(b))
		}
	}
}

func TestParquetFields(t *testing.T) {
	path := write(t, t.TempDir(), "a.parquet", string(parquetFile(t, 3)))
	for field, want := range map[string]string{
		"body": `no field "body" (fields here: text, id, day, time, meta.text, tags.list.element[], map.key_value.key[], map.key_value.value[], f, d, b, u, hash)`,
		"id":   "text is int64, not a string",
	} {
		if docs, _ := readDocs(t, path, ReadOptions{Fields: Fields{Text: field}}, 0); docs[0].Reason != want {
			t.Errorf("%s: %s", field, docs[0].Reason)
		}
	}
}
