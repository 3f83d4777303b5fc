package corpus

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	pformat "github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// A Parquet file says of everything how long it is, and the library that reads it makes room for what it is told. So before it may, the
// lengths are looked at here: those of the footer, and those of each page with what it unpacks to. What is too large, or cannot be true, is refused.

const (
	maxFooter     = 64 << 20  // bytes
	maxElements   = 2 << 20   // of all lists in a footer
	maxPageHeader = 1 << 20   // bytes; statistics hold values
	maxPage       = 256 << 20 // bytes, packed or not
	maxPageValues = 16 << 20
)

// codecs are those that are read. LZ4, which is not LZ4_RAW, and LZO are things of the past.
var codecs = [...]pformat.CompressionCodec{pformat.Uncompressed, pformat.Snappy, pformat.Gzip, pformat.Brotli, pformat.Zstd, pformat.Lz4Raw}

var errParquetLengths = errors.New("parquet data is damaged: a length cannot be true")

// checkFooter checks the lengths in the footer.
func checkFooter(r io.ReaderAt, size int64) error {
	var end [8]byte
	if size < 12 {
		return errors.New("parquet file is cut off")
	}
	if _, err := r.ReadAt(end[:], size-8); err != nil {
		return fmt.Errorf("read error: %w", fileError(err))
	}
	switch length := int64(binary.LittleEndian.Uint32(end[:])); {
	case string(end[4:]) == "PARE":
		return errors.New("parquet is encrypted, which is not read")
	case string(end[4:]) != parquetMagic:
		return errors.New("parquet file is cut off")
	case length > size-12:
		return errParquetLengths
	case length > maxFooter:
		return fmt.Errorf("parquet footer is longer than %d bytes", maxFooter)
	default:
		footer := make([]byte, length)
		if _, err := r.ReadAt(footer, size-8-length); err != nil {
			return fmt.Errorf("read error: %w", fileError(err))
		}
		w := thriftWalk{b: footer, elements: maxElements}
		if w.structure(0); w.wrong {
			return errParquetLengths
		}
	}
	return nil
}

// pageGuard checks the pages of row groups. It is what the library reads the file through.
type pageGuard struct {
	file io.ReaderAt
	size int64
	lies []lie
	zstd *zstd.Decoder

	body, levels bytes.Buffer // of a page
	room         []byte
	repetition   []byte // levels

	row, longest int // values of the row that is looked at, and of the longest, in one column
}

// check goes over the pages of all columns of a row group, and returns the values of the longest row.
func (g *pageGuard) check(columns []pformat.ColumnChunk, leaves []*parquet.Column) (row int, err error) {
	if len(columns) != len(leaves) {
		return 0, errParquetLengths
	}
	g.lies = g.lies[:0]
	size := int64(0)
	for i := range columns {
		g.row, g.longest = 0, 1
		more, err := g.chunk(&columns[i], leaves[i])
		if err != nil {
			return 0, err
		}
		size += more
		row += g.longest
	}
	switch {
	case size > maxPages:
		return 0, fmt.Errorf("parquet pages of one row take more than %d bytes", maxPages)
	case row > maxRowValues:
		return 0, fmt.Errorf("parquet row has more than %d values", maxRowValues)
	}
	return row, nil
}

// chunk goes over a column of a row group, and returns the bytes of its largest page and its dictionary.
func (g *pageGuard) chunk(chunk *pformat.ColumnChunk, leaf *parquet.Column) (int64, error) {
	m := &chunk.MetaData
	if chunk.FilePath != "" {
		return 0, errors.New("parquet column lies in another file, which is not read")
	}
	start := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		start = m.DictionaryPageOffset
	}
	if start < 4 || m.TotalCompressedSize < 0 || start > g.size || m.TotalCompressedSize > g.size-start {
		return 0, errParquetLengths
	}
	if !slices.Contains(codecs[:], m.Codec) {
		return 0, fmt.Errorf("parquet codec %s is not read", m.Codec)
	}
	return g.column(start, m.TotalCompressedSize, m.Codec, leaf)
}

// column goes over the pages of one column.
func (g *pageGuard) column(start, length int64, codec pformat.CompressionCodec, leaf *parquet.Column) (size int64, err error) {
	r := bufio.NewReaderSize(io.NewSectionReader(g.file, start, length), int(min(max(length, 16), maxPageHeader)))
	dictionary := int64(0)
	for left := length; left > 0; {
		header, raw, err := readPageHeader(r, left)
		if err != nil {
			return 0, err
		}
		if codec == pformat.Lz4Raw {
			g.lie(start+length-left, raw)
		}
		left -= int64(len(raw))
		if err := checkPageHeader(header, left); err != nil {
			return 0, err
		}
		packed := int64(header.CompressedPageSize)
		n, err := g.page(io.LimitReader(r, packed), header, codec, leaf)
		if err != nil {
			return 0, err
		}
		if header.DictionaryPageHeader.Valid {
			dictionary = max(dictionary, n)
		}
		size = max(size, n)
		left -= packed
	}
	return size + dictionary, nil
}

// readPageHeader reads a page header and returns its bytes too.
func readPageHeader(r *bufio.Reader, left int64) (*pformat.PageHeader, []byte, error) {
	for size := 4 << 10; ; size *= 4 {
		room := min(int(min(left, maxPageHeader)), r.Size())
		b, _ := r.Peek(min(size, room))
		w := thriftWalk{b: b, elements: 64}
		w.structure(0)
		if w.wrong && size < room {
			continue // perhaps it is longer
		}
		if w.wrong {
			return nil, nil, errParquetLengths
		}
		header := new(pformat.PageHeader)
		p := thrift.CompactProtocol{}
		raw := bytes.Clone(b[:w.at])
		if err := thrift.NewDecoder(p.NewReaderFromBytes(raw)).Decode(header); err != nil {
			return nil, nil, parquetError(err)
		}
		_, err := r.Discard(len(raw))
		return header, raw, err
	}
}

func checkPageHeader(h *pformat.PageHeader, left int64) error {
	values := max(h.DataPageHeader.V.NumValues, h.DataPageHeaderV2.V.NumValues, h.DictionaryPageHeader.V.NumValues)
	switch {
	case h.CompressedPageSize < 0, h.UncompressedPageSize < 0, int64(h.CompressedPageSize) > left:
		return errParquetLengths
	case h.CompressedPageSize > maxPage, h.UncompressedPageSize > maxPage:
		return fmt.Errorf("parquet page is longer than %d bytes", maxPage)
	case values > maxPageValues:
		return fmt.Errorf("parquet page has more than %d values", maxPageValues)
	}
	if v2 := h.DataPageHeaderV2; v2.Valid && int64(v2.V.RepetitionLevelsByteLength)+int64(v2.V.DefinitionLevelsByteLength) > int64(h.CompressedPageSize) {
		return errParquetLengths
	}
	return nil
}

// page checks what a page unpacks to, no more than it says, and what that says in turn. It returns the bytes that the page takes, unpacked and decoded. The
// data that the library will see is unpacked here once more.
func (g *pageGuard) page(r io.Reader, h *pformat.PageHeader, codec pformat.CompressionCodec, leaf *parquet.Column) (int64, error) {
	c := content{leaf: leaf, header: h}
	packed := true
	if v2 := h.DataPageHeaderV2; v2.Valid {
		levels := int64(v2.V.RepetitionLevelsByteLength) + int64(v2.V.DefinitionLevelsByteLength)
		packed = !v2.V.IsCompressed.Valid || v2.V.IsCompressed.V
		g.levels.Reset()
		if n, err := io.Copy(&g.levels, io.LimitReader(r, levels)); err != nil || n < levels {
			return 0, errParquetLengths
		}
		c.levels = g.levels.Bytes()
	}
	want := int64(h.UncompressedPageSize) - int64(len(c.levels))
	if !packed || int64(h.CompressedPageSize) == int64(len(c.levels)) {
		codec = pformat.Uncompressed
	}
	var err error
	if codec == pformat.Uncompressed {
		want = maxPage
	}
	if c.data, err = g.unpacked(r, codec, want); err != nil || int64(len(c.data)) > want {
		return 0, errParquetLengths
	}
	if _, err = io.Copy(io.Discard, r); err != nil {
		return 0, errParquetLengths
	}
	size, err := g.content(&c)
	return size + int64(h.CompressedPageSize), err
}

// unpacked unpacks a page, no more than one byte over the limit.
func (g *pageGuard) unpacked(r io.Reader, codec pformat.CompressionCodec, limit int64) ([]byte, error) {
	from, err := r, error(nil)
	switch codec {
	case pformat.Gzip:
		from, err = gzip.NewReader(r)
	case pformat.Brotli:
		from = brotli.NewReader(r)
	case pformat.Zstd:
		from, err = g.zstdReader(r)
	}
	if err != nil {
		return nil, err
	}
	g.body.Reset()
	if codec != pformat.Snappy && codec != pformat.Lz4Raw {
		_, err = io.Copy(&g.body, io.LimitReader(from, limit+1))
		return g.body.Bytes(), err
	}
	if _, err = io.Copy(&g.body, r); err != nil {
		return nil, err
	}
	return g.unpackedBlock(g.body.Bytes(), codec, limit)
}

// unpackedBlock unpacks what is one block: into room for what it should be.
func (g *pageGuard) unpackedBlock(block []byte, codec pformat.CompressionCodec, limit int64) ([]byte, error) {
	if codec == pformat.Snappy {
		size, err := snappy.DecodedLen(block)
		if err != nil || int64(size) > limit {
			return nil, errParquetLengths
		}
		g.room, err = snappy.Decode(g.room[:cap(g.room)], block)
		return g.room, err
	}
	if int64(cap(g.room)) < limit {
		g.room = make([]byte, limit)
	}
	n, err := lz4.UncompressBlock(block, g.room[:limit])
	return g.room[:max(n, 0)], err
}

func (g *pageGuard) zstdReader(r io.Reader) (io.Reader, error) {
	if g.zstd == nil {
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		g.zstd = z
	}
	return g.zstd, g.zstd.Reset(r)
}

// A lie is a stretch of zeros that the library sees in the place of a number.
type lie struct {
	offset int64
	length int
}

// lie hides from the library what a page packed with LZ4 unpacks to. It takes the bytes of another page for this one's when that is just right
// (parquet-go issue 608, open), and the right ones when it has to make more room. The guard knows by now that there is not too much.
func (g *pageGuard) lie(offset int64, header []byte) {
	w := thriftWalk{b: header}
	w.byte() // field 1, the type of the page
	w.uvarint()
	w.byte() // field 2, the size
	start := w.at
	w.uvarint()
	if !w.wrong && header[0] == 0x10|thriftI32 && header[start-1] == 0x10|thriftI32 {
		g.lies = append(g.lies, lie{offset + int64(start), w.at - start})
	}
}

// ReadAt reads the file, lies included. They stand in the order of their columns, which may lie in any order in the file.
func (g *pageGuard) ReadAt(p []byte, offset int64) (int, error) {
	n, err := g.file.ReadAt(p, offset)
	for _, l := range g.lies {
		for i := range l.length {
			at := l.offset + int64(i) - offset
			if at < 0 || at >= int64(n) {
				continue
			}
			p[at] = 0x80 // zero, in as many bytes as the number has
			if i == l.length-1 {
				p[at] = 0
			}
		}
	}
	return n, err
}

// thriftWalk goes over a structure in the compact protocol of Thrift and checks that each length can be true.
type thriftWalk struct {
	b        []byte
	at       int
	elements int // of lists that may still come
	wrong    bool
}

// Types of the compact protocol.
const (
	thriftTrue = iota + 1
	thriftFalse
	thriftByte
	thriftI16
	thriftI32
	thriftI64
	thriftDouble
	thriftBinary
	thriftList
	thriftSet
	thriftMap
	thriftStruct
)

const thriftDepth = 32

func (w *thriftWalk) structure(depth int) {
	for !w.wrong {
		head := w.byte()
		if head == 0 || depth > thriftDepth {
			w.wrong = w.wrong || depth > thriftDepth
			return
		}
		if head>>4 == 0 {
			w.uvarint() // the field's number
		}
		if kind := head & 15; kind != thriftTrue && kind != thriftFalse {
			w.value(kind, depth)
		}
	}
}

func (w *thriftWalk) value(kind byte, depth int) {
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		w.byte()
	case thriftI16, thriftI32, thriftI64:
		w.uvarint()
	case thriftDouble:
		w.skip(8)
	case thriftBinary:
		w.skip(w.uvarint())
	case thriftList, thriftSet:
		w.list(depth)
	case thriftStruct:
		w.structure(depth + 1)
	default: // maps are not used in Parquet
		w.wrong = true
	}
}

func (w *thriftWalk) list(depth int) {
	head := w.byte()
	n := uint64(head >> 4)
	if n == 15 {
		n = w.uvarint()
	}
	if n > uint64(len(w.b)-w.at) || n > uint64(w.elements) {
		w.wrong = true
		return
	}
	w.elements -= int(n)
	for range n {
		if w.value(head&15, depth+1); w.wrong {
			return
		}
	}
}

func (w *thriftWalk) byte() byte {
	if w.at >= len(w.b) {
		w.wrong = true
		return 0
	}
	w.at++
	return w.b[w.at-1]
}

func (w *thriftWalk) uvarint() uint64 {
	n, size := binary.Uvarint(w.b[w.at:])
	if size <= 0 {
		w.wrong = true
		return 0
	}
	w.at += size
	return n
}

func (w *thriftWalk) skip(n uint64) {
	if n > uint64(len(w.b)-w.at) {
		w.wrong = true
		return
	}
	w.at += int(n)
}
