package corpus

import (
	"encoding/binary"
	"slices"
)

// An Outline is what was found out about a chunk of JSONL when its records were decoded: how long they are, and where the wanted values
// stand, some 20 bytes for a record. Where a later pass over the same input gives it to the same chunk ([Chunk.Recall]), lines are neither
// looked for nor scanned again. It says nothing of other formats, nor of a chunk with blank lines.
//
// It is good for a chunk of the same bytes only, with the same fields wanted: it knows the place and the XXH64 of the shard up to its end.
type Outline struct {
	offset int64
	sum    uint64
	bytes  int // of the chunk
	seen   int // of these, in the records that were added
	lines  []byte
}

// Of each record an Outline holds its length, the size of what follows, and if it was decoded, a byte of flags and the values; of each value kind
// and form, and unless it is missing, where it starts and how long it is. Numbers are varints.
const (
	outlineNoted = 1
	outlineKinds = 8 // kinds and forms are in one byte: kind + outlineKinds*form
)

// NewOutline returns an empty outline of a chunk, whose records are to be added in order. buf is its room.
func NewOutline(c *Chunk, buf []byte) Outline {
	o := Outline{offset: c.Offset, sum: c.sum, bytes: len(c.Data), lines: buf[:0]}
	if c.cut || c.layout == nil { // or its sum is not known
		o.bytes = -1
	}
	return o
}

// Add adds a record and what was found in it: nil, if it could not be decoded. A mark may be set on it: see [Line.Noted].
func (o *Outline) Add(line *Line, rec *Record, noted bool) {
	if o.bytes < 0 {
		return
	}
	o.seen += len(line.Raw)
	o.lines = binary.AppendUvarint(o.lines, uint64(len(line.Raw)))
	size := len(o.lines)
	o.lines = append(o.lines, 0)
	if rec == nil {
		return
	}
	flags := byte(0)
	if noted {
		flags = outlineNoted
	}
	o.lines = append(o.lines, flags)
	for _, v := range rec.list() {
		o.lines = append(o.lines, byte(v.Kind)+outlineKinds*byte(v.form))
		if v.Kind != Missing {
			o.lines = binary.AppendUvarint(o.lines, uint64(v.Start))
			o.lines = binary.AppendUvarint(o.lines, uint64(v.End-v.Start))
		}
	}
	o.lines[size] = byte(len(o.lines) - size - 1) // five values of two numbers at most
}

// Whole tells whether the outline says anything: it does when the records make up the chunk.
func (o *Outline) Whole() bool { return o.bytes > 0 && o.seen == o.bytes }

// Size is the room that a clone of the outline takes, in bytes.
func (o *Outline) Size() int { return 64 + len(o.lines) }

// Room is the room of the outline, for another one.
func (o *Outline) Room() []byte { return o.lines[:0] }

// Clone returns a copy with no more room than it needs.
func (o *Outline) Clone() Outline {
	c := *o
	c.lines = slices.Clone(o.lines)
	return c
}

// Offset is where the chunk begins in the unpacked shard.
func (o *Outline) Offset() int64 { return o.offset }

// Recall lets Lines and a Decoder take what an outline says, if it is of this chunk of the shard.
func (c *Chunk) Recall(o *Outline) {
	if o.Whole() && c.layout != nil && !c.cut && o.offset == c.Offset && o.sum == c.sum && o.bytes == len(c.Data) {
		c.outline = o.lines
	}
}

// outlined yields the records of which the outline knows.
func (c *Chunk) outlined(yield func(Line) bool) {
	rest, data := c.outline, c.Data
	line := Line{Number: c.Line, Offset: c.Offset}
	for len(rest) > 0 {
		n, used := binary.Uvarint(rest)
		size := int(rest[used])
		line.Raw, data = data[:n:n], data[n:]
		line.known, rest = rest[used+1:][:size], rest[used+1+size:]
		line.Noted = size > 0 && line.known[0]&outlineNoted != 0
		if !yield(line) {
			return
		}
		line.Number++
		line.Offset += int64(n)
	}
}

// recall sets the values of a record to what an outline knows.
func (rec *Record) recall(known []byte) {
	known = known[1:]
	for _, v := range rec.list() {
		*v = Value{Kind: Kind(known[0] % outlineKinds), form: form(known[0] / outlineKinds)}
		if known = known[1:]; v.Kind != Missing {
			v.Start, known = number(known)
			v.End, known = number(known)
			v.End += v.Start
		}
	}
}

// number reads a number that an Outline holds.
func number(b []byte) (n int, rest []byte) {
	if b[0] < 0x80 {
		return int(b[0]), b[1:]
	}
	x, size := binary.Uvarint(b)
	return int(x), b[size:]
}
