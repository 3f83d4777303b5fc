package corpus

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
)

const (
	// ChunkSize is the size of the buffers that Chunks makes when it is given none, in bytes. One to four MiB are good.
	ChunkSize = 1 << 20
	// MaxDocument is the longest line that is read, in bytes without its '\n', unless [Chunks.Limit] says otherwise.
	MaxDocument = 64 << 20
)

const bom = "\xef\xbb\xbf"

// A Chunk is a block of whole records of one shard: of lines, if the shard is JSONL.
type Chunk struct {
	Shard  int     // the number given to NewChunks or OpenShard
	Line   int     // number of the first line or record, 1-based, blank lines counted
	Offset int64   // of its first byte in the unpacked shard
	Data   []byte  // whole records with their ends; the last line of a shard may have none
	Head   []byte  // a byte order mark before the first record: write it before all else; nil otherwise
	Defect *Defect // what could not be read after the records of Data; nil if nothing

	layout  *Layout // nil means JSONL
	sum     uint64  // XXH64 of the shard up to the end of the chunk; of JSONL
	outline []byte  // see Recall
	cut     bool    // lines holds what Lines yields
	lines   []Line
}

// A Line is one record of a chunk, if it is well formed: of JSONL, a line that is not blank.
type Line struct {
	Number int    // 1-based in the shard: of its first line, blank lines counted; of a record, where there are no lines
	Offset int64  // of its first byte in the unpacked shard; of Parquet, 0
	Raw    []byte // the record with its end; a part of Chunk.Data, but for what cannot be read
	Pass   bool   // no document, but something that belongs to the file: it goes to kept/ as it is and is not decoded
	More   bool   // of what passes: it goes on in the next Line
	Noted  bool   // it was marked in the Outline of its chunk

	known  []byte // what an Outline knows of its values; none if it was not decoded, or there is none
	gap    int    // bytes at the beginning of Raw that stand between records
	reason string // why it cannot be read; "" if that is not known yet
}

// Lines yields the records of the chunk; of JSONL, the lines that are not blank.
func (c *Chunk) Lines() iter.Seq[Line] {
	if c.cut {
		return slices.Values(c.lines)
	}
	if c.outline != nil {
		return c.outlined
	}
	return func(yield func(Line) bool) {
		number, rest := c.Line, c.Data
		for len(rest) > 0 {
			end := lineEnd(rest)
			line := Line{Number: number, Offset: c.Offset + int64(len(c.Data)-len(rest)), Raw: rest[:end:end]}
			if !blank(line.Raw) && !yield(line) {
				return
			}
			number, rest = number+1, rest[end:]
		}
	}
}

// lineEnd is the length of the first line of data, with its end.
func lineEnd(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return len(data)
}

// blank reports whether a line holds nothing but the white space of JSON.
func blank(line []byte) bool {
	for _, c := range line {
		if !isSpace(c) {
			return false
		}
	}
	return true
}

// Chunks cuts an unpacked shard into blocks of whole lines. It is not for several goroutines at once; the chunks are.
//
// Defects come in the chunk after whose lines they stand. Reasons: "line is longer than N bytes" for a line over the limit,
// which is skipped in bounded memory; and the words of a read error of the source, once, at the line where the stream broke.
// What was read of that line is not a document.
type Chunks struct {
	// Limit is the longest line that is read, in bytes without its '\n'; set it before the first Next. 0 means MaxDocument,
	// and less than 3 means 3.
	Limit int

	src    io.Reader
	file   string
	shard  int
	line   int
	offset int64
	begun  bool
	rest   []byte // read after the last line of the last chunk
	err    error  // what the source said last; io.EOF at the end
}

// NewChunks cuts what src gives. The file name goes into defects, the shard number into chunks.
func NewChunks(src io.Reader, file string, shard int) *Chunks {
	return &Chunks{src: src, file: file, shard: shard, line: 1}
}

// Next reads the next chunk into buf, whose capacity sets the size of the chunk; a buffer without capacity is replaced by one
// of ChunkSize, and a line that does not fit gets a larger one. Chunk.Data is the buffer to give to a later Next. The error is
// io.EOF after the last chunk and nil before: see Chunk.Defect for the others.
func (c *Chunks) Next(buf []byte) (Chunk, error) {
	chunk := Chunk{Shard: c.shard}
	if !c.begun {
		c.begun = true
		chunk.Head = c.head()
	}
	chunk.Line, chunk.Offset = c.line, c.offset
	data, whole := c.fill(buf)
	chunk.Data = data[:whole]
	if whole == 0 && len(data) > c.limit() {
		chunk.Defect = c.skip(data)
		return chunk, nil
	}
	c.rest = append(c.rest[:0], data[whole:]...)
	c.advance(chunk.Data)
	if c.err != nil && c.err != io.EOF {
		chunk.Defect = c.broken(c.defect("", c.rest))
	}
	if whole == 0 && chunk.Head == nil && chunk.Defect == nil {
		return chunk, io.EOF
	}
	return chunk, nil
}

// head takes the byte order mark off, or keeps what stands in its place.
func (c *Chunks) head() []byte {
	var first [len(bom)]byte
	n := 0
	for n < len(first) && c.err == nil {
		var m int
		m, c.err = c.src.Read(first[n:])
		n += m
	}
	if string(first[:n]) == bom {
		c.offset = int64(n)
		return first[:]
	}
	c.rest = append(c.rest, first[:n]...)
	return nil
}

// fill reads until the buffer is full or the source ends, and grows it until it holds a whole line. It returns all that was
// read and how much of it is whole lines. Never more is read than the longest line and its end, so that no line over the limit
// is among them.
func (c *Chunks) fill(buf []byte) (data []byte, whole int) {
	most := c.limit() + 1
	if cap(buf) == 0 {
		buf = make([]byte, 0, min(ChunkSize, most))
	}
	data = append(buf[:0], c.rest...)
	searched := 0
	for {
		data = c.read(data[:len(data):min(cap(data), most)])
		last := bytes.LastIndexByte(data[searched:], '\n')
		switch {
		case last >= 0 && c.err != io.EOF:
			return data, searched + last + 1
		case c.err == io.EOF && (last >= 0 || len(data) < most):
			return data, len(data)
		case c.err != nil || len(data) == most:
			return data, 0
		}
		searched = len(data)
		data = append(make([]byte, 0, min(most, 2*cap(data)+64)), data...)
	}
}

func (c *Chunks) limit() int {
	if c.Limit > 0 {
		return max(c.Limit, len(bom))
	}
	return MaxDocument
}

// read fills the free capacity of data.
func (c *Chunks) read(data []byte) []byte {
	for len(data) < cap(data) && c.err == nil {
		var n int
		n, c.err = c.src.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
	}
	return data
}

// advance moves the place past lines.
func (c *Chunks) advance(lines []byte) {
	c.line += bytes.Count(lines, []byte{'\n'})
	c.offset += int64(len(lines))
}

// skip passes over the line that begins with data and is over the limit, and keeps what was read after it. A stream that
// breaks inside the line is the one defect then.
func (c *Chunks) skip(data []byte) *Defect {
	d := c.defect(fmt.Sprintf("line is longer than %d bytes", c.limit()), data)
	for end := -1; end < 0; {
		c.offset += int64(len(data))
		data = c.read(data[:0])
		if end = bytes.IndexByte(data, '\n'); end >= 0 {
			c.advance(data[:end+1])
			c.rest = append(c.rest[:0], data[end+1:]...)
		} else if c.err == io.EOF {
			end, c.rest = 0, c.rest[:0]
		} else if c.err != nil {
			return c.broken(d)
		}
	}
	return d
}

func (c *Chunks) defect(reason string, line []byte) *Defect {
	return &Defect{File: c.file, Line: c.line, Offset: c.offset, Reason: reason, Sample: sample(line)}
}

// broken reports the end of a stream that broke, once.
func (c *Chunks) broken(d *Defect) *Defect {
	d.Reason = c.err.Error()
	c.rest, c.err = c.rest[:0], io.EOF
	return d
}
