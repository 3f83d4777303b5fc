package corpus

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	pformat "github.com/parquet-go/parquet-go/format"
)

// A row of Parquet as bytes, so that it goes through a run like a line of JSON does:
//
//	uvarint  length of all up to the text
//	uvarint  number of the row group
//	kind of the text: String, Null or Missing
//	id, source, date, url: kind, uvarint length, bytes of each, as they are shown
//	values: kind, uvarint column, repetition level, definition level, bytes of each; uvarint length before those of a byte array
//	the text
//
// The text stands apart at the end, so that it can be edited without a change elsewhere.

// Kinds of values beside those of the library.
const (
	nullValue = 0xFE
	textValue = 0xFF
)

// appendRow appends a row. The reason is why it is no record: it is too long; then only its beginning is appended.
func appendRow(dst []byte, l *Layout, group int, row parquet.Row, limit int) (_ []byte, reason string) {
	if rowSize(row) > int64(limit)+gapRoom {
		reason = fmt.Sprintf("record is longer than %d bytes", limit)
		if text := textOf(l, row); text != nil {
			dst = append(dst, text[:min(len(text), 4*sampleLength)]...)
		}
		return dst, reason
	}
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0, 0) // room for the length, five bytes whatever it is
	dst = binary.AppendUvarint(dst, uint64(group))
	dst = append(dst, byte(textKind(l, row)))
	dst = appendShown(dst, l, row)
	text := l.columns.of[0]
	for _, v := range row {
		dst = appendValue(dst, v, v.Column() == text)
	}
	putLength(dst[start:], len(dst)-start)
	return append(dst, textOf(l, row)...), ""
}

// rowSize is about the bytes of a row.
func rowSize(row parquet.Row) (size int64) {
	for _, v := range row {
		size += 16
		if k := v.Kind(); k == parquet.ByteArray || k == parquet.FixedLenByteArray {
			size += int64(len(v.ByteArray()))
		}
	}
	return size
}

// putLength writes a uvarint of five bytes.
func putLength(dst []byte, n int) {
	for i := range 4 {
		dst[i] = byte(n>>(7*i)) | 0x80
	}
	dst[4] = byte(n >> 28)
}

// find returns the value of a column that stands in a row once.
func find(row parquet.Row, column int) (parquet.Value, bool) {
	for _, v := range row {
		if v.Column() == column {
			return v, true
		}
	}
	return parquet.Value{}, false
}

func textKind(l *Layout, row parquet.Row) Kind {
	switch v, ok := find(row, l.columns.of[0]); {
	case !ok:
		return Missing
	case v.IsNull():
		return Null
	}
	return String
}

func textOf(l *Layout, row parquet.Row) []byte {
	if v, ok := find(row, l.columns.of[0]); ok && !v.IsNull() {
		return v.ByteArray()
	}
	return nil
}

// appendShown appends the wanted fields but the text.
func appendShown(dst []byte, l *Layout, row parquet.Row) []byte {
	var room [64]byte
	for _, column := range l.columns.of[1:] {
		kind, text := Missing, room[:0]
		if v, ok := find(row, column); ok && column >= 0 {
			kind, text = show(room[:0], v, l.parquet.leaves[column].Type())
		}
		dst = append(dst, byte(kind))
		dst = binary.AppendUvarint(dst, uint64(len(text)))
		dst = append(dst, text...)
	}
	return dst
}

// show gives a value as a field of JSON would have it: dates and times in the form of ISO 8601.
func show(room []byte, v parquet.Value, t parquet.Type) (Kind, []byte) {
	if v.IsNull() {
		return Null, nil
	}
	var logical pformat.LogicalTypeValue
	if lt := t.LogicalType(); lt != nil {
		logical = lt.Value
	}
	switch v.Kind() {
	case parquet.Boolean:
		return Bool, nil
	case parquet.Int32:
		if _, ok := logical.(*pformat.DateType); ok {
			return String, time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(room, time.DateOnly)
		}
		return Number, showInt(room, int64(v.Int32()), uint64(v.Uint32()), logical)
	case parquet.Int64:
		if ts, ok := logical.(*pformat.TimestampType); ok {
			return String, unixTime(v.Int64(), ts.Unit).AppendFormat(room, time.RFC3339Nano)
		}
		return Number, showInt(room, v.Int64(), v.Uint64(), logical)
	case parquet.Float:
		return Number, strconv.AppendFloat(room, float64(v.Float()), 'g', -1, 32)
	case parquet.Double:
		return Number, strconv.AppendFloat(room, v.Double(), 'g', -1, 64)
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return String, v.ByteArray()
	}
	return Missing, nil
}

func showInt(room []byte, signed int64, unsigned uint64, logical pformat.LogicalTypeValue) []byte {
	if t, ok := logical.(*pformat.IntType); ok && !t.IsSigned {
		return strconv.AppendUint(room, unsigned, 10)
	}
	return strconv.AppendInt(room, signed, 10)
}

func unixTime(n int64, unit pformat.TimeUnit) time.Time {
	switch unit.Value.(type) {
	case *pformat.MilliSeconds:
		return time.UnixMilli(n).UTC()
	case *pformat.MicroSeconds:
		return time.UnixMicro(n).UTC()
	}
	return time.Unix(0, n).UTC()
}

// appendValue appends a value; of the text, all but its bytes.
func appendValue(dst []byte, v parquet.Value, text bool) []byte {
	kind := byte(v.Kind())
	switch {
	case v.IsNull():
		kind = nullValue
	case text:
		kind = textValue
	}
	dst = append(dst, kind)
	dst = binary.AppendUvarint(dst, uint64(v.Column()))
	dst = append(dst, byte(v.RepetitionLevel()), byte(v.DefinitionLevel()))
	switch {
	case kind >= nullValue:
	case v.Kind() == parquet.Boolean:
		if v.Boolean() {
			return append(dst, 1)
		}
		return append(dst, 0)
	case v.Kind() == parquet.Int32, v.Kind() == parquet.Float:
		return binary.LittleEndian.AppendUint32(dst, v.Uint32())
	case v.Kind() == parquet.Int64, v.Kind() == parquet.Double:
		return binary.LittleEndian.AppendUint64(dst, v.Uint64())
	case v.Kind() == parquet.Int96:
		x := v.Int96()
		for _, word := range x {
			dst = binary.LittleEndian.AppendUint32(dst, word)
		}
	default:
		dst = binary.AppendUvarint(dst, uint64(len(v.ByteArray())))
		return append(dst, v.ByteArray()...)
	}
	return dst
}

func scanParquet(_ *Decoder, l *Layout, raw []byte, rec *Record) error {
	b := rowBytes{raw: raw}
	end := b.uvarint()
	b.uvarint()
	kind := Kind(b.byte())
	for _, v := range [...]*Value{&rec.ID, &rec.Source, &rec.Date, &rec.URL} {
		v.Kind, v.form = Kind(b.byte()), verbatim
		n := b.uvarint()
		v.Start, v.End = b.at, b.at+n
		b.at += n
	}
	if kind != String {
		return refuse(raw[end:], "text is %s, not a string", kind)
	}
	return verbatimText(raw, end, len(raw), rec)
}

// rowBytes reads what appendRow wrote.
type rowBytes struct {
	raw []byte
	at  int
}

func (b *rowBytes) uvarint() int {
	n, size := binary.Uvarint(b.raw[b.at:])
	b.at += size
	return int(n)
}

func (b *rowBytes) byte() byte {
	b.at++
	return b.raw[b.at-1]
}

func (b *rowBytes) bytes(n int) []byte {
	b.at += n
	return b.raw[b.at-n : b.at : b.at]
}

// readRow reads a row back, into row. Its values point into raw.
func readRow(row parquet.Row, raw []byte) (_ parquet.Row, group int) {
	b := rowBytes{raw: raw}
	end := b.uvarint()
	group = b.uvarint()
	b.byte()
	for range fieldCount - 1 {
		b.byte()
		b.at += b.uvarint()
	}
	for b.at < end {
		kind, column := b.byte(), b.uvarint()
		repetition, definition := int(b.byte()), int(b.byte())
		row = append(row, b.value(kind, raw[end:]).Level(repetition, definition, column))
	}
	return row, group
}

func (b *rowBytes) value(kind byte, text []byte) parquet.Value {
	switch kind {
	case nullValue:
		return parquet.NullValue()
	case textValue:
		return parquet.ByteArrayValue(text)
	case byte(parquet.Boolean):
		return parquet.BooleanValue(b.byte() == 1)
	case byte(parquet.Int32):
		return parquet.Int32Value(int32(b.word()))
	case byte(parquet.Float):
		return parquet.FloatValue(math.Float32frombits(b.word()))
	case byte(parquet.Int64):
		return parquet.Int64Value(int64(binary.LittleEndian.Uint64(b.bytes(8))))
	case byte(parquet.Double):
		return parquet.DoubleValue(math.Float64frombits(binary.LittleEndian.Uint64(b.bytes(8))))
	case byte(parquet.Int96):
		return parquet.Int96Value(deprecated.Int96{b.word(), b.word(), b.word()})
	case byte(parquet.FixedLenByteArray):
		return parquet.FixedLenByteArrayValue(b.bytes(b.uvarint()))
	}
	return parquet.ByteArrayValue(b.bytes(b.uvarint()))
}

func (b *rowBytes) word() uint32 { return binary.LittleEndian.Uint32(b.bytes(4)) }
