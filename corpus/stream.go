package corpus

import (
	"bytes"
	"fmt"
	"io"

	"github.com/cespare/xxhash/v2"
)

// A cutter finds where the pieces of a stream end: records, and what stands between them. It sees the bytes in order, and
// each of them once, so that its work is linear whatever they say.
type cutter interface {
	// next looks at data[seen:], which follows what it saw before; data begins where the piece begins, unless the piece is
	// so long that its beginning was let go (then seen is 0 and data what is new). It returns where the piece ends in data,
	// or end false when more is needed. After eof nothing follows: what is open ends then, and after that there is no end.
	next(data []byte, seen int, eof bool) (n int, end bool)
	// piece says what the piece is: the one that ended last, or as much as is known of the open one.
	piece() piece
}

// piece is what a cutter has to say of a stretch of a stream.
type piece struct {
	kind   pieceKind
	gap    int    // bytes at its beginning that stand between the records
	keep   int    // of an open piece, bytes at its end that the cutter wants to see again
	reason string // why the record cannot be read
}

type pieceKind uint8

const (
	document pieceKind = iota
	passed             // no document: goes to kept/ as it is, and may be of any length
	header             // goes before the records of every file
	trailer            // goes after them
)

// stream cuts an unpacked shard into blocks of whole records. Memory is bounded by the longest document.
type stream struct {
	src    *Source
	layout *Layout
	cut    cutter
	shard  Shard
	index  int
	limit  int
	digest *xxhash.Digest
	bytes  int64

	rest   []byte // read, not given out yet; begins with the open piece
	seen   int    // how much of the open piece the cutter knows
	over   bool   // the open piece is longer than the limit and was let go but for sample
	parted bool   // parts of the open piece were given out
	sample []byte
	first  int   // number of the open piece
	number int   // of what comes next
	offset int64 // of the first byte of rest
	start  int64 // of the open piece
	begun  bool
	err    error // what the source said last
}

func (s *stream) sum() (uint64, int64) { return s.digest.Sum64(), s.bytes }

func newStream(src *Source, l *Layout, c cutter, s Shard, index int, o *ReadOptions) *stream {
	return &stream{src: src, layout: l, cut: c, shard: s, index: index, limit: o.MaxDocument, first: 1, number: 1, digest: xxhash.New()}
}

// next reads a block into buf; see [ShardReader.Next].
func (s *stream) next(buf []byte) (Chunk, error) {
	c := Chunk{Shard: s.index, Line: s.first, Offset: s.start, layout: s.layout, cut: true}
	if !s.begun {
		c.Head = s.begin()
		c.Offset = s.start
	}
	if cap(buf) == 0 {
		buf = make([]byte, 0, s.firstBuffer())
	}
	data, at := append(buf[:0], s.rest...), 0
	for {
		data, at = s.look(&c, data, at)
		if s.err != nil {
			at = s.last(&c, data, at)
			break
		}
		if len(data) == cap(data) {
			if at > 0 || len(c.lines) > 0 {
				break
			}
			data = append(make([]byte, 0, 2*cap(data)+64), data...)
		}
		data = s.read(data)
	}
	c.Data = data[:at]
	s.rest = append(s.rest[:0], data[at:]...)
	return s.finish(c)
}

// finish adds what there is to say at the end of the shard.
func (s *stream) finish(c Chunk) (Chunk, error) {
	if s.err != nil && s.err != io.EOF {
		c.Defect = &Defect{File: s.shard.Path, Line: s.first, Offset: s.start, Reason: s.err.Error(), Sample: sample(s.rest)}
		s.rest, s.seen, s.err, s.cut = nil, 0, io.EOF, nothing{}
	}
	if len(c.lines) == 0 && c.Head == nil && c.Defect == nil && s.err == io.EOF {
		return c, io.EOF
	}
	return c, nil
}

// firstBuffer is the size of the first buffer: a tiny file needs no large one.
func (s *stream) firstBuffer() int {
	if size := s.src.Size(); s.src.Codec() == Plain && 0 <= size && size < ChunkSize {
		return int(size) + 64
	}
	return ChunkSize
}

// begin takes the byte order mark off.
func (s *stream) begin() []byte {
	s.begun = true
	head := s.src.peek(len(bom))
	if string(head) != bom {
		return nil
	}
	s.src.ahead = s.src.ahead[len(bom):]
	s.offset, s.start = int64(len(bom)), int64(len(bom))
	return []byte(bom)
}

// read fills the free room of data.
func (s *stream) read(data []byte) []byte {
	before := len(data)
	for len(data) < cap(data) && s.err == nil {
		var n int
		n, s.err = s.src.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
	}
	s.digest.Write(data[before:])
	s.bytes += int64(len(data) - before)
	return data
}

// look cuts what is there. It returns the data, less what was let go, and the place of the open piece in it.
func (s *stream) look(c *Chunk, data []byte, at int) ([]byte, int) {
	for {
		eof := s.err == io.EOF
		n, end := s.cut.next(data[at:], s.seen, eof)
		if !end {
			s.seen = len(data) - at
			return s.wait(c, data, at)
		}
		s.take(c, data[at:at+n], false)
		s.seen, s.over, s.parted = 0, false, false
		at += n
	}
}

// last gives out the open piece of a stream that broke, if it has all that belongs to it.
func (s *stream) last(c *Chunk, data []byte, at int) int {
	if cut, ok := s.cut.(interface{ complete() bool }); !ok || s.err == io.EOF || !cut.complete() {
		return at
	}
	s.take(c, data[at:], false)
	return len(data)
}

// wait looks after a piece that is not whole yet: what must not be held is given out or let go.
func (s *stream) wait(c *Chunk, data []byte, at int) ([]byte, int) {
	open := data[at:]
	p := s.cut.piece()
	ready := len(open) - p.keep
	switch {
	case s.over, p.kind != passed && len(open) > s.limit+gapRoom && !s.parted:
		if !s.over {
			s.over, s.sample = true, bytes.Clone(open[:min(ready, 4*sampleLength)])
		}
		s.pass(open[:ready])
		data = append(data[:at], open[ready:]...)
	case s.parted && ready > 0, p.kind == passed && ready > partSize:
		s.take(c, open[:ready], true)
		s.parted = true
		at += ready
	default:
		return data, at
	}
	s.seen = 0
	return data, at
}

const (
	partSize = 64 << 10 // of what is no document, more is never held
	gapRoom  = 64 << 10 // what a record may have beyond its text: headers, white space; the exact limit is checked when it is whole
)

// take gives out a piece, or a part of it that ends where more follows.
func (s *stream) take(c *Chunk, raw []byte, more bool) {
	p := s.cut.piece()
	line := Line{Number: s.first, Offset: s.start, Raw: raw[:len(raw):len(raw)], gap: p.gap, reason: p.reason}
	switch {
	case s.parted || more: // was begun as something that passes, and ends so
		s.brokenPart(c, &line)
		line.Pass, line.More, line.gap = true, more, 0
	case s.over:
		line.Raw, line.gap = s.sample, 0
	}
	if size := len(raw) - p.gap; line.reason == "" && !line.Pass && p.kind == document && (s.over || size > s.limit) {
		line.reason = fmt.Sprintf("record is longer than %d bytes", s.limit)
	}
	s.pass(raw)
	switch {
	case p.kind == header:
		s.layout.head = append(s.layout.head, raw...)
	case p.kind == trailer:
		s.layout.tail = bytes.Clone(raw)
	default:
		line.Pass = line.Pass || p.kind == passed && line.reason == ""
		c.lines = append(c.lines, line)
	}
	if more {
		return
	}
	if !s.layout.format.byLine && p.kind <= passed {
		s.number++
	}
	s.first, s.start = s.number, s.offset
}

// brokenPart reports the end of something that passes, of which parts are gone out already.
func (s *stream) brokenPart(c *Chunk, line *Line) {
	if line.reason != "" && c.Defect == nil {
		c.Defect = &Defect{File: s.shard.Path, Line: line.Number, Offset: line.Offset, Reason: line.reason, Sample: sample(line.Raw)}
	}
	line.reason = ""
}

// pass moves the place past bytes.
func (s *stream) pass(raw []byte) {
	s.offset += int64(len(raw))
	if s.layout.format.byLine {
		s.number += bytes.Count(raw, []byte{'\n'})
	}
}

// nothing is the cutter of a stream that broke.
type nothing struct{}

func (nothing) next([]byte, int, bool) (int, bool) { return 0, false }
func (nothing) piece() piece                       { return piece{} }
