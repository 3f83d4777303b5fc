package corpus

import (
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
	pformat "github.com/parquet-go/parquet-go/format"
)

// parquetSink writes rows. A row group of the input is one of the output, or several of at most groupBytes, so that memory is bounded.
type parquetSink struct {
	w     *parquet.GenericWriter[any]
	rows  []parquet.Row // one
	group int           // of the input, that the rows since the last flush are from
	bytes int           // of these rows
}

// groupBytes is where a row group is ended, in bytes of unpacked rows.
const groupBytes = 64 << 20

// dictionaryBytes is what a dictionary may hold before its column goes on without: it stays in memory while texts that are all different
// would fill it.
const dictionaryBytes = 1 << 20

func newParquetSink(w *ShardWriter, l *Layout) (sink, error) {
	s := &parquetSink{rows: make([]parquet.Row, 1), group: -1}
	return s, sinkGuarded(func() error {
		options := []parquet.WriterOption{l.parquet.schema, parquet.DataPageStatistics(true), parquet.DictionaryMaxBytes(dictionaryBytes)}
		for key, value := range l.parquet.metadata {
			options = append(options, parquet.KeyValueMetadata(key, value))
		}
		config, err := parquet.NewWriterConfig(options...)
		if err != nil {
			return err
		}
		config.CreatedBy = toolName
		s.w = parquet.NewGenericWriter[any](w, config)
		return nil
	})
}

func (s *parquetSink) write(line *Line) error {
	return sinkGuarded(func() error {
		row, group := readRow(s.rows[0][:0], line.Raw)
		if s.bytes > 0 && (group != s.group || s.bytes >= groupBytes) {
			if err := s.w.Flush(); err != nil {
				return err
			}
			s.bytes = 0
		}
		s.rows[0], s.group = row, group
		s.bytes += len(line.Raw)
		_, err := s.w.WriteRows(s.rows)
		return err
	})
}

func (s *parquetSink) close() error { return sinkGuarded(s.w.Close) }

// sinkGuarded makes an error of a panic: the library does not know how to write all that it can read.
func sinkGuarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("parquet cannot be written: %v", p)
		}
	}()
	err = f()
	if errors.Is(err, parquet.ErrTooManyRowGroups) {
		return errors.New("parquet cannot be written: too many row groups")
	}
	return err
}

// writeNode is a column of the input as it can be written. The library takes the encoding of levels for that of the values, and adds to the schema
// what a column's type does not say.
type writeNode struct {
	*parquet.Column
	fields []parquet.Field
	plain  bool // the type is the physical one only
}

// newWriteNode makes the nodes of a column and those below, which take their elements of the schema in order.
func newWriteNode(c *parquet.Column, elements *[]pformat.SchemaElement) *writeNode {
	n := &writeNode{Column: c}
	if e := *elements; len(e) > 0 {
		n.plain = e[0].LogicalType.Value == nil && !e[0].ConvertedType.Valid
		*elements = e[1:]
	}
	for _, below := range c.Columns() {
		n.fields = append(n.fields, newWriteNode(below, elements))
	}
	return n
}

// Fields are the columns below.
func (n *writeNode) Fields() []parquet.Field { return n.fields }

// Encoding is that of the values.
func (n *writeNode) Encoding() encoding.Encoding {
	e := n.Column.Encoding()
	if e != nil && e.Encoding() == pformat.RLE && n.Type().Kind() != parquet.Boolean {
		return &parquet.Plain
	}
	return e
}

// Type is the type that the schema of the input gives.
func (n *writeNode) Type() parquet.Type {
	if n.plain && n.Leaf() {
		return plainType{n.Column.Type()}
	}
	return n.Column.Type()
}

// plainType is a type that the schema says nothing more of.
type plainType struct{ parquet.Type }

// LogicalType is none.
func (plainType) LogicalType() *pformat.LogicalType { return nil }

// ConvertedType is none.
func (plainType) ConvertedType() *deprecated.ConvertedType { return nil }
