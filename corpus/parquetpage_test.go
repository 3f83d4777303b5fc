package corpus

import (
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	pformat "github.com/parquet-go/parquet-go/format"
)

// rawColumn is a column of a file that no library would write.
type rawColumn struct {
	element    pformat.SchemaElement
	dictionary *rawPage
	pages      []rawPage
}

type rawPage struct {
	values   int
	encoding pformat.Encoding
	body     []byte
}

func (p *rawPage) header(dictionary bool) pformat.PageHeader {
	size := int32(len(p.body))
	h := pformat.PageHeader{UncompressedPageSize: size, CompressedPageSize: size}
	if dictionary {
		h.Type = pformat.DictionaryPage
		h.DictionaryPageHeader = thrift.New(pformat.DictionaryPageHeader{NumValues: int32(p.values), Encoding: p.encoding})
	} else {
		h.DataPageHeader = thrift.New(pformat.DataPageHeader{NumValues: int32(p.values), Encoding: p.encoding,
			DefinitionLevelEncoding: pformat.RLE, RepetitionLevelEncoding: pformat.RLE})
	}
	return h
}

// rawParquet is a file with one row group.
func rawParquet(t *testing.T, rows int, columns ...rawColumn) []byte {
	marshal := func(v any) []byte {
		b, err := thrift.Marshal(new(thrift.CompactProtocol), v)
		must(t, err)
		return b
	}
	file := []byte(parquetMagic)
	footer := pformat.FileMetaData{Version: 1, NumRows: int64(rows)}
	footer.Schema = append(footer.Schema, pformat.SchemaElement{Name: "root", NumChildren: thrift.New(int32(len(columns)))})
	group := pformat.RowGroup{NumRows: int64(rows)}
	for _, c := range columns {
		m := pformat.ColumnMetaData{Type: c.element.Type.V, PathInSchema: []string{c.element.Name}}
		start := int64(len(file))
		if c.dictionary != nil {
			m.DictionaryPageOffset = start
			h := c.dictionary.header(true)
			file = append(append(file, marshal(&h)...), c.dictionary.body...)
		}
		m.DataPageOffset = int64(len(file))
		for _, p := range c.pages {
			h := p.header(false)
			file = append(append(file, marshal(&h)...), p.body...)
			m.NumValues += int64(p.values)
		}
		m.Encoding = []pformat.Encoding{pformat.Plain, pformat.RLE}
		m.TotalCompressedSize = int64(len(file)) - start
		m.TotalUncompressedSize = m.TotalCompressedSize
		footer.Schema = append(footer.Schema, c.element)
		group.Columns = append(group.Columns, pformat.ColumnChunk{MetaData: m})
	}
	footer.RowGroups = []pformat.RowGroup{group}
	end := marshal(&footer)
	file = binary.LittleEndian.AppendUint32(append(file, end...), uint32(len(end)))
	return append(file, parquetMagic...)
}

func element(name string, kind pformat.Type, repetition pformat.FieldRepetitionType, length int32) pformat.SchemaElement {
	e := pformat.SchemaElement{Name: name, Type: thrift.New(kind), RepetitionType: thrift.New(repetition)}
	if length > 0 {
		e.TypeLength = thrift.New(length)
	}
	return e
}

// run is a run of one value in a section of levels or indexes of a width up to 8.
func run(n uint64, value byte) []byte { return append(binary.AppendUvarint(nil, n<<1), value) }

func section(b []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(b))), b...)
}

// packedDeltas is n numbers of which the first is first and each is more by step than the one before, as DELTA_BINARY_PACKED.
func packedDeltas(n int, first, step int64) []byte {
	const block = 1 << 16
	b := binary.AppendUvarint(binary.AppendUvarint(binary.AppendUvarint(nil, block), 1), uint64(n))
	b = binary.AppendVarint(b, first)
	for i := 1; i < n; i += block {
		b = append(binary.AppendVarint(b, step), 0)
	}
	return b
}

// TestParquetExpands reads small pages that say much: they cost the file, and no memory.
func TestParquetExpands(t *testing.T) {
	const huge = math.MaxInt32
	plain := func(s string) []byte { return append(binary.LittleEndian.AppendUint32(nil, uint32(len(s))), s...) }
	text := element("text", pformat.ByteArray, pformat.Required, 0)
	good := rawColumn{element: text, pages: []rawPage{{1, pformat.Plain, plain("x")}}}
	x := &rawPage{1, pformat.Plain, plain("x")}
	var wide []rawColumn
	for i := range 20 {
		levels := section(run(maxPageValues, 0))
		wide = append(wide, rawColumn{element: element(fmt.Sprint("w", i), pformat.Int32, pformat.Optional, 0), pages: []rawPage{{maxPageValues, pformat.Plain, levels}}})
	}
	const lengths = "parquet data is damaged: a length cannot be true"
	for name, c := range map[string]struct {
		columns []rawColumn
		reason  string
	}{
		"good":    {[]rawColumn{good}, ""},
		"indexes": {[]rawColumn{{text, x, []rawPage{{1, pformat.RLEDictionary, append([]byte{1}, run(huge, 0)...)}}}}, lengths},
		"no width": {[]rawColumn{{text, x, []rawPage{{1, pformat.RLEDictionary, append([]byte{0}, binary.AppendUvarint(nil, huge<<1|1)...)}}}},
			lengths},
		"levels":   {[]rawColumn{{element("text", pformat.ByteArray, pformat.Optional, 0), nil, []rawPage{{1, pformat.Plain, section(run(huge, 0))}}}}, lengths},
		"booleans": {[]rawColumn{good, {element("b", pformat.Boolean, pformat.Required, 0), nil, []rawPage{{1, pformat.RLE, section(run(huge, 0))}}}}, lengths},
		"deltas":   {[]rawColumn{good, {element("id", pformat.Int64, pformat.Required, 0), nil, []rawPage{{1, pformat.DeltaBinaryPacked, packedDeltas(100<<20, 0, 0)}}}}, lengths},
		"lengths":  {[]rawColumn{{text, nil, []rawPage{{1 << 20, pformat.DeltaLengthByteArray, packedDeltas(1<<20, huge, 0)}}}}, lengths},
		"prefixes": {[]rawColumn{{text, nil, []rawPage{{100_000, pformat.DeltaByteArray,
			append(packedDeltas(100_000, 60_000, 0), packedDeltas(100_000, 0, 0)...)}}}}, "parquet page is longer than 268435456 bytes"},
		"fixed":        {[]rawColumn{good, {element("f", pformat.FixedLenByteArray, pformat.Required, 1<<30), nil, []rawPage{{maxPageValues, pformat.ByteStreamSplit, nil}}}}, lengths},
		"long row":     {[]rawColumn{good, longRow(10, 1<<20)}, "parquet row has more than 4194304 values"},
		"many columns": {append([]rawColumn{good}, wide...), "parquet pages of one row take more than 1073741824 bytes"},
	} {
		path := write(t, t.TempDir(), "a.parquet", string(rawParquet(t, 1, c.columns...)))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, _ := readDocs(t, path, ReadOptions{Fields: stdFields}, 0)
		runtime.ReadMemStats(&after)
		want := []doc{{Number: 1, Reason: c.reason}}
		if c.reason == "" {
			want[0].Text = "x"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 64<<20 {
			t.Errorf("%s: heap grew by %d MiB", name, grown>>20)
		}
	}
}

// longRow is a column of which one row has all the values of some pages.
func longRow(pages, values int) rawColumn {
	c := rawColumn{element: element("list", pformat.Boolean, pformat.Repeated, 0)}
	for i := range pages {
		repetition := run(uint64(values), 1)
		if i == 0 {
			repetition = append(run(1, 0), run(uint64(values-1), 1)...)
		}
		body := append(section(repetition), section(run(uint64(values), 1))...)
		c.pages = append(c.pages, rawPage{values, pformat.RLE, append(body, section(run(uint64(values), 0))...)})
	}
	return c
}

// TestParquetLongRow reads a row of a million values: it is too long by itself, and the file goes on.
func TestParquetLongRow(t *testing.T) {
	list := longRow(2, 1<<20)
	list.pages = append(list.pages, rawPage{1, pformat.RLE, append(append(section(run(1, 0)), section(run(1, 1))...), section(run(1, 0))...)})
	plain := append(binary.LittleEndian.AppendUint32(nil, 1), 'x')
	text := rawColumn{element: element("text", pformat.ByteArray, pformat.Required, 0), pages: []rawPage{{2, pformat.Plain, append(plain, plain...)}}}
	path := filepath.Join(t.TempDir(), "a.parquet")
	write(t, filepath.Dir(path), "a.parquet", string(rawParquet(t, 2, text, list)))
	got, _ := readDocs(t, path, ReadOptions{Fields: stdFields, MaxDocument: 1 << 20}, 0)
	if diff := cmp.Diff([]doc{{Number: 1, Reason: "record is longer than 1048576 bytes"}, {Number: 2, Text: "x"}}, got); diff != "" {
		t.Error(diff)
	}
}
