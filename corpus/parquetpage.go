package corpus

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/rle"
	pformat "github.com/parquet-go/parquet-go/format"
)

// A small page can say much: a run of two billion values takes six bytes, a value that repeats the beginning of the one before takes two. The library makes
// room for all that is said, whatever the header has counted. So the runs and lengths inside of pages are added up here first.

const (
	maxRowValues = 4 << 20 // of all columns in one row; the library holds a row as values of 24 bytes
	maxPages     = 1 << 30 // bytes of the pages of all columns that are open at the same time, unpacked and decoded
)

// plainDictionary is the old name of two encodings: Plain in a dictionary, RLEDictionary elsewhere.
const plainDictionary = pformat.Encoding(2)

// content is what is looked at of one page.
type content struct {
	leaf         *parquet.Column
	values       int
	encoding     pformat.Encoding
	levels, data []byte // levels of their own, of version 2
	header       *pformat.PageHeader
}

// content returns how many bytes a page takes once it is decoded.
func (g *pageGuard) content(c *content) (size int64, err error) {
	switch h := c.header; {
	case h.DictionaryPageHeader.Valid:
		c.values, c.encoding = int(h.DictionaryPageHeader.V.NumValues), h.DictionaryPageHeader.V.Encoding
		if c.encoding == plainDictionary {
			c.encoding = pformat.Plain
		}
	case h.DataPageHeader.Valid:
		c.values, c.encoding = int(h.DataPageHeader.V.NumValues), h.DataPageHeader.V.Encoding
		err = g.levels1(c)
	case h.DataPageHeaderV2.Valid:
		c.values, c.encoding = int(h.DataPageHeaderV2.V.NumValues), h.DataPageHeaderV2.V.Encoding
		err = g.levels2(c)
	}
	if err != nil {
		return 0, err
	}
	more, err := c.decoded()
	return int64(len(c.data)+8*c.values) + more, err
}

// levels1 looks at the levels of a page of version 1, which stand before its values.
func (g *pageGuard) levels1(c *content) error {
	h := &c.header.DataPageHeader.V
	for _, l := range []struct {
		most     int
		encoding pformat.Encoding
		rows     bool
	}{{c.leaf.MaxRepetitionLevel(), h.RepetitionLevelEncoding, true}, {c.leaf.MaxDefinitionLevel(), h.DefinitionLevelEncoding, false}} {
		if l.most == 0 {
			continue
		}
		if len(c.data) < 4 || int64(binary.LittleEndian.Uint32(c.data)) > int64(len(c.data)-4) {
			return errParquetLengths
		}
		n := 4 + int(binary.LittleEndian.Uint32(c.data))
		section := c.data[4:n]
		c.data = c.data[n:]
		if l.encoding == pformat.BitPacked {
			continue // no larger than its values
		}
		if err := g.level(section, l.most, c.values, l.rows); err != nil {
			return err
		}
	}
	return nil
}

// levels2 looks at the levels of a page of version 2.
func (g *pageGuard) levels2(c *content) error {
	n := c.header.DataPageHeaderV2.V.RepetitionLevelsByteLength
	if n < 0 || int(n) > len(c.levels) {
		return errParquetLengths
	}
	if err := g.level(c.levels[:n], c.leaf.MaxRepetitionLevel(), c.values, true); err != nil {
		return err
	}
	return g.level(c.levels[n:], c.leaf.MaxDefinitionLevel(), c.values, false)
}

// level looks at the runs of one kind of levels. Those that say where rows begin tell how long the longest is.
func (g *pageGuard) level(section []byte, most, values int, rows bool) (err error) {
	width := bits.Len(uint(most))
	if most == 0 {
		return nil
	}
	if !runs(section, width, values) {
		return errParquetLengths
	}
	if !rows {
		return nil
	}
	e := rle.Encoding{BitWidth: width}
	if g.repetition, err = e.DecodeLevels(g.repetition[:0], section); err != nil {
		return errParquetLengths
	}
	for rest := g.repetition; ; {
		i := bytes.IndexByte(rest, 0)
		if i < 0 {
			g.row += len(rest)
			g.longest = max(g.longest, g.row)
			return nil
		}
		g.longest = max(g.longest, g.row+i)
		g.row, rest = 1, rest[i+1:]
	}
}

// runs reports whether runs of values, repeated or packed, hold not many more than a page has: some are padded. What else is wrong with them, the
// library says.
func runs(b []byte, width, values int) bool {
	for left := uint64(2*values + 1024); len(b) > 0; {
		head, n := binary.Uvarint(b)
		if n <= 0 {
			return true
		}
		count, size := head>>1, (width+7)/8
		if count > math.MaxInt32 {
			return false
		}
		if head&1 == 1 { // groups of eight
			size = int(count) * width
			count *= 8
		}
		if count > left {
			return false
		}
		left -= count
		b = b[n:]
		b = b[min(size, len(b)):]
	}
	return true
}

// decoded is what the values take beyond the bytes they stand in and eight for each.
func (c *content) decoded() (int64, error) {
	ok := true
	switch data := c.data; c.encoding {
	case plainDictionary, pformat.RLEDictionary:
		ok = len(data) == 0 || data[0] <= 32 && runs(data[1:], int(data[0]), c.values)
	case pformat.RLE:
		ok = c.leaf.Type().Kind() == parquet.Boolean && (len(data) < 4 || runs(data[4:], 1, c.values))
	case pformat.DeltaBinaryPacked:
		d := deltas{b: data}
		ok = d.header(c.values)
	case pformat.DeltaLengthByteArray:
		d := deltas{b: data}
		ok = d.header(c.values) && d.lengths() && d.sum <= int64(len(d.b))
	case pformat.DeltaByteArray:
		d := deltas{b: data}
		ok = d.header(c.values) && d.lengths() && d.header(c.values) && d.lengths()
		if ok && d.sum > maxPage {
			return 0, fmt.Errorf("parquet page is longer than %d bytes", maxPage)
		}
		return max(d.sum, c.fixed()), lengthsIf(ok && c.fixed() <= maxPage)
	}
	if c.encoding != pformat.Plain && c.encoding != plainDictionary && c.encoding != pformat.RLEDictionary && c.fixed() > maxPage {
		ok = false
	}
	return 0, lengthsIf(ok)
}

// fixed is the size of all values, where each has the same.
func (c *content) fixed() int64 {
	if t := c.leaf.Type(); t.Kind() == parquet.FixedLenByteArray {
		return int64(t.Length()) * int64(c.values)
	}
	return 0
}

func lengthsIf(ok bool) error {
	if !ok {
		return errParquetLengths
	}
	return nil
}

// deltas are numbers packed as DELTA_BINARY_PACKED.
type deltas struct {
	b     []byte // what follows
	sum   int64
	block int // numbers
	minis int // in a block
	total int
	value int32
}

// header reads the header of numbers, of which there may be so many.
func (d *deltas) header(most int) bool {
	var head [4]uint64
	for i := range head {
		v, n := binary.Uvarint(d.b)
		if n <= 0 {
			return false
		}
		head[i], d.b = v, d.b[n:]
	}
	if head[0] == 0 || head[0]%128 != 0 || head[0] > 1<<16 || head[1] == 0 || head[1] > head[0] || head[0]/head[1]%32 != 0 || head[2] > uint64(most) {
		return false
	}
	d.block, d.minis, d.total, d.value = int(head[0]), int(head[1]), int(head[2]), zigzag(head[3])
	return true
}

func zigzag(v uint64) int32 { return int32(int64(v>>1) ^ -int64(v&1)) }

// lengths adds the numbers up. They are lengths: none is negative.
func (d *deltas) lengths() bool {
	if d.total == 0 {
		return true
	}
	if d.total--; !d.add(0) {
		return false
	}
	for d.total > 0 {
		v, n := binary.Uvarint(d.b)
		if n <= 0 || len(d.b)-n < d.minis {
			return false
		}
		widths := d.b[n : n+d.minis]
		d.b = d.b[n+d.minis:]
		for _, width := range widths {
			if d.total == 0 {
				break
			}
			if !d.mini(int(width), zigzag(v)) {
				return false
			}
		}
	}
	return true
}

// mini adds the numbers of a stretch of one width.
func (d *deltas) mini(width int, least int32) bool {
	size := d.block / d.minis * width / 8
	if width > 32 || size > len(d.b) {
		return false
	}
	bytes, have, at := uint64(0), 0, 0
	for range min(d.block/d.minis, d.total) {
		for have < width {
			bytes |= uint64(d.b[at]) << have
			have, at = have+8, at+1
		}
		if !d.add(least + int32(bytes&(1<<width-1))) {
			return false
		}
		bytes, have = bytes>>width, have-width
		d.total--
	}
	d.b = d.b[size:]
	return true
}

// add adds the number that differs from the last by so much.
func (d *deltas) add(delta int32) bool {
	d.value += delta
	d.sum += int64(d.value)
	return d.value >= 0
}
