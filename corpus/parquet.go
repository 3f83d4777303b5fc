package corpus

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/cespare/xxhash/v2"
	"github.com/parquet-go/parquet-go"
	pformat "github.com/parquet-go/parquet-go/format"
)

// parquetFormat is Parquet. A field is the path of a column, with dots; a column below a list or map is none. Documents are numbered by row, and a
// record is a row in the form of parquetrow.go. What is written has the schema, the order of columns, the codecs, the key-value metadata and the row
// groups of the input (of those that are large, several), but statistics and encodings of its own.
var parquetFormat = format{
	name: "parquet",
	is:   func(head []byte, _ string) bool { return strings.HasPrefix(string(head), parquetMagic) },
	open: openParquet,
	scan: scanParquet,
	edit: func(dst []byte, _ *Layout, raw []byte, rec *Record, edits []Edit) []byte {
		return editVerbatim(dst, raw, rec.Text, edits)
	},
	sink: newParquetSink,
}

const parquetMagic = "PAR1"

// parquetLayout is what is known of a Parquet file from its footer.
type parquetLayout struct {
	schema    *parquet.Schema
	metadata  map[string]string
	createdBy string
	leaves    []*parquet.Column
}

// parquetReader gives the rows of a file in blocks, row group by row group.
type parquetReader struct {
	src    *Source
	layout *Layout
	file   *parquet.File
	guard  pageGuard
	path   string
	shard  int
	limit  int

	group  int // that is read
	origin int // group of the rows that are ready
	rows   parquet.Rows
	batch  []parquet.Row
	ready  []parquet.Row // of batch, not given out yet
	read   int64         // rows of the group
	number int           // of the next row
	err    error         // what ends the file before its time
	digest uint64
}

// batchRows is how many rows are taken from the library at a time, fewer if they are long: about batchValues values.
const (
	batchRows   = 64
	batchValues = 1 << 20
)

// openParquet reads the footer.
func openParquet(src *Source, l *Layout, s Shard, number int, o *ReadOptions) (blocks, error) {
	if src.Codec() != Plain {
		return nil, fmt.Errorf("parquet inside %s is not read: unpack it first", src.Codec())
	}
	if src.Size() < 0 {
		return nil, errors.New("parquet cannot be read from a pipe: its index is at the end")
	}
	r := &parquetReader{src: src, layout: l, path: s.Path, shard: number, limit: o.MaxDocument, number: 1}
	err := guarded(func() error { return r.open(o.Fields) })
	return r, err
}

func (r *parquetReader) open(f Fields) (err error) {
	if err := checkFooter(r.src.file, r.src.Size()); err != nil {
		return err
	}
	r.guard = pageGuard{file: r.src.file, size: r.src.Size()}
	r.file, err = parquet.OpenFile(&r.guard, r.src.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return parquetError(err)
	}
	meta := r.file.Metadata()
	p := &parquetLayout{metadata: map[string]string{}, createdBy: meta.CreatedBy}
	for _, kv := range meta.KeyValueMetadata {
		p.metadata[kv.Key] = kv.Value
	}
	addLeaves(p, r.file.Root())
	var names []string
	elements := []pformat.SchemaElement(meta.Schema)
	p.schema = parquet.NewSchema(r.file.Root().Name(), newWriteNode(r.file.Root(), &elements))
	for _, c := range p.leaves {
		name := strings.Join(c.Path(), ".")
		if c.MaxRepetitionLevel() > 0 {
			name += "[]" // so that it is seen, and no field can be it
		}
		names = append(names, name)
	}
	r.layout.parquet = p
	if r.layout.columns, err = findColumns(f, names); err != nil {
		return err
	}
	text := p.leaves[r.layout.columns.of[0]]
	if text.Type().Kind() != parquet.ByteArray {
		return fmt.Errorf("text is %s, not a string", strings.ToLower(text.Type().Kind().String()))
	}
	return nil
}

func addLeaves(p *parquetLayout, c *parquet.Column) {
	if c.Leaf() {
		p.leaves = append(p.leaves, c)
	}
	for _, below := range c.Columns() {
		addLeaves(p, below)
	}
}

// guarded calls f and makes an error of a panic or a fault: the library trusts what it reads.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("parquet data is damaged")
		}
	}()
	return f()
}

// parquetError puts an error of the library into stable words.
func parquetError(err error) error {
	if isFileError(err) {
		return fmt.Errorf("read error: %w", fileError(err))
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "encrypt"), strings.Contains(text, "signed footer"):
		return errors.New("parquet is encrypted, which is not read")
	case errors.Is(err, parquet.ErrCorrupted) && strings.Contains(text, "checksum"):
		return errors.New("parquet checksum does not match, the data is damaged")
	}
	return errors.New("parquet data is damaged: " + shown(text))
}

func (r *parquetReader) next(buf []byte) (Chunk, error) {
	c := Chunk{Shard: r.shard, Line: r.number, layout: r.layout, cut: true}
	if cap(buf) == 0 {
		buf = make([]byte, 0, ChunkSize)
	}
	c.Data = buf[:0]
	for r.err == nil && len(c.Data) < ChunkSize/2 && len(c.Data) <= cap(buf)/2 {
		r.err = guarded(func() error { return r.block(&c) })
	}
	r.src.position.Store(r.position())
	if r.err == nil || r.err == io.EOF && len(c.lines) > 0 {
		return c, nil
	}
	if r.err != io.EOF {
		c.Defect = &Defect{File: r.path, Line: r.number, Reason: r.err.Error()}
		r.err = io.EOF
		return c, nil
	}
	return c, io.EOF
}

// position is about how much of the file was read.
func (r *parquetReader) position() int64 {
	groups := int64(max(len(r.file.RowGroups()), 1))
	return r.src.Size() / groups * int64(min(r.group, int(groups)))
}

// block adds rows to a chunk. A panic in here leaves the chunk as it is, and costs the rest of the file.
func (r *parquetReader) block(c *Chunk) error {
	if len(r.ready) == 0 {
		if err := r.fill(); err != nil {
			return err
		}
	}
	for len(r.ready) > 0 && (len(c.lines) == 0 || len(c.Data) < ChunkSize/2) {
		start := len(c.Data)
		data, reason := appendRow(c.Data, r.layout, r.origin, r.ready[0], r.limit)
		line := Line{Number: r.number, Raw: data[start:len(data):len(data)], reason: reason}
		c.Data, c.lines = data, append(c.lines, line)
		r.ready = r.ready[1:]
		r.number++
	}
	return nil
}

// fill reads rows, from the next group if this one is at its end.
func (r *parquetReader) fill() error {
	groups := r.file.RowGroups()
	if r.group == len(groups) {
		return r.finish()
	}
	if r.rows == nil {
		row, err := r.guard.check(r.file.Metadata().RowGroups[r.group].Columns, r.layout.parquet.leaves)
		if err != nil {
			return err
		}
		r.rows, r.read = groups[r.group].Rows(), 0
		if n := min(max(1, batchValues/row), batchRows); n != len(r.batch) {
			r.batch = make([]parquet.Row, n)
		}
	}
	n, err := r.rows.ReadRows(r.batch)
	r.ready, r.origin = r.batch[:n], r.group
	r.read += int64(n)
	for _, row := range r.ready {
		if !wholeRow(row, len(r.layout.parquet.leaves)) {
			r.ready = nil
			return errors.New("parquet columns have different numbers of rows")
		}
	}
	if err == nil && n > 0 {
		return nil
	}
	if err != nil && err != io.EOF {
		return parquetError(err)
	}
	return r.endGroup()
}

// endGroup closes a row group that was read.
func (r *parquetReader) endGroup() error {
	want := r.file.Metadata().RowGroups[r.group].NumRows
	r.rows.Close()
	r.rows = nil
	r.group++
	if want != r.read {
		return fmt.Errorf("parquet row group %d has %d rows, the footer says %d", r.group, r.read, want)
	}
	return nil
}

// wholeRow reports whether a row has values of all columns, each column once.
func wholeRow(row parquet.Row, columns int) bool {
	column := -1
	for _, v := range row {
		if v.RepetitionLevel() == 0 {
			column++
		}
		if v.Column() != column {
			return false
		}
	}
	return column == columns-1
}

// finish takes the fingerprint of the file.
func (r *parquetReader) finish() error {
	d := xxhash.New()
	if _, err := io.Copy(d, io.NewSectionReader(r.src.file, 0, r.src.Size())); err != nil {
		return fmt.Errorf("read error: %w", fileError(err))
	}
	r.digest = d.Sum64()
	return io.EOF
}

func (r *parquetReader) sum() (uint64, int64) { return r.digest, r.src.Size() }
