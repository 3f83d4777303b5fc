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
	lz4  []byte
}

// check goes over the pages of all columns of a row group.
func (g *pageGuard) check(columns []pformat.ColumnChunk, leaves []*parquet.Column) error {
	if len(columns) != len(leaves) {
		return errParquetLengths
	}
	g.lies = g.lies[:0]
	for i := range columns {
		m := &columns[i].MetaData
		if columns[i].FilePath != "" {
			return errors.New("parquet column lies in another file, which is not read")
		}
		start := m.DataPageOffset
		if m.DictionaryPageOffset != 0 {
			start = m.DictionaryPageOffset
		}
		if start < 4 || m.TotalCompressedSize < 0 || start > g.size || m.TotalCompressedSize > g.size-start {
			return errParquetLengths
		}
		if !slices.Contains(codecs[:], m.Codec) {
			return fmt.Errorf("parquet codec %s is not read", m.Codec)
		}
		if err := g.column(start, m.TotalCompressedSize, m.Codec); err != nil {
			return err
		}
	}
	return nil
}

// column goes over the pages of one column.
func (g *pageGuard) column(start, length int64, codec pformat.CompressionCodec) error {
	r := bufio.NewReaderSize(io.NewSectionReader(g.file, start, length), int(min(max(length, 16), maxPageHeader)))
	for left := length; left > 0; {
		header, raw, err := readPageHeader(r, left)
		if err != nil {
			return err
		}
		if codec == pformat.Lz4Raw {
			g.lie(start+length-left, raw)
		}
		left -= int64(len(raw))
		if err := checkPageHeader(header, left); err != nil {
			return err
		}
		packed := int64(header.CompressedPageSize)
		if err := g.page(io.LimitReader(r, packed), header, codec); err != nil {
			return err
		}
		left -= packed
	}
	return nil
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

// page checks what a page unpacks to: no more than it says. The data that the library will see is unpacked here once more, but for
// snappy, which says at its beginning how long it is.
func (g *pageGuard) page(r io.Reader, h *pformat.PageHeader, codec pformat.CompressionCodec) error {
	levels, packed := int64(0), true
	if v2 := h.DataPageHeaderV2; v2.Valid {
		levels = int64(v2.V.RepetitionLevelsByteLength) + int64(v2.V.DefinitionLevelsByteLength)
		packed = !v2.V.IsCompressed.Valid || v2.V.IsCompressed.V
		if _, err := io.CopyN(io.Discard, r, levels); err != nil {
			return errParquetLengths
		}
	}
	want := int64(h.UncompressedPageSize) - levels
	if !packed || int64(h.CompressedPageSize) == levels {
		codec = pformat.Uncompressed
	}
	if codec != pformat.Uncompressed {
		n, err := g.unpacked(r, codec, want)
		if err != nil || n > want {
			return errParquetLengths
		}
	}
	_, err := io.Copy(io.Discard, r)
	return err
}

// unpacked is how much a page unpacks to; no more than one byte over the limit is unpacked.
func (g *pageGuard) unpacked(r io.Reader, codec pformat.CompressionCodec, limit int64) (int64, error) {
	from, err := r, error(nil)
	switch codec {
	case pformat.Snappy:
		var head [10]byte
		n, _ := io.ReadFull(r, head[:])
		size, err := snappy.DecodedLen(head[:n])
		return int64(size), err
	case pformat.Gzip:
		from, err = gzip.NewReader(r)
	case pformat.Brotli:
		from = brotli.NewReader(r)
	case pformat.Zstd:
		from, err = g.zstdReader(r)
	case pformat.Lz4Raw:
		return g.lz4Size(r, limit)
	}
	if err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, io.LimitReader(from, limit+1))
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

// lz4Size unpacks a block into room for what it should be.
func (g *pageGuard) lz4Size(r io.Reader, limit int64) (int64, error) {
	block, err := io.ReadAll(r)
	if err != nil {
		return 0, err
	}
	if int64(cap(g.lz4)) < limit {
		g.lz4 = make([]byte, limit)
	}
	n, err := lz4.UncompressBlock(block, g.lz4[:limit])
	return int64(n), err
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
