package recur

import (
	"math"
	"unsafe"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/quality"
)

// Batch holds the marks of some texts until they are counted. Filling batches is the greater part of the work, and can be done by many
// goroutines, each with its own.
type Batch struct {
	docs  []batchDoc
	marks []mark
	keys  []markKey
	split splitter
	mask  masked
	code  []quality.Span // scratch of AddBytes
}

type batchDoc struct {
	source, text    string
	hash            uint64
	marks, marksEnd int
	keys, keysEnd   int
}

// mark is one unit of a text.
type mark struct {
	key        uint64
	start, end uint32
	words      uint16
	flags      uint8
	depth      uint8
	leads      uint8 // that are counted
	whole      bool  // it is counted itself, before them
}

// keys returns how many keys a mark has.
func (m *mark) keys() int {
	if m.whole {
		return int(m.leads) + 1
	}
	return int(m.leads)
}

// markKey is what a unit is counted by, or one of its leads: its first words, as many as it has its place among them.
type markKey struct {
	key  uint64
	next uint8 // the place in a sketch of what stands behind: the next unit, the rest of this one
}

const (
	inTail  = 1 << iota // near the end of the text
	isLast              // the last unit, or a lead in the last line
	isFirst             // the first unit
	isLine              // has a line to itself
	isOpen              // the text's last unit is not closed by a mark
	isLoose             // not closed itself
	isLineStart
	isQuestion
)

// NewBatch returns an empty batch, for use by one goroutine at a time.
func (c *Counter) NewBatch() *Batch { return &Batch{} }

// Reset empties a batch that has been counted.
func (b *Batch) Reset() {
	clear(b.docs)
	b.docs, b.marks, b.keys = b.docs[:0], b.marks[:0], b.keys[:0]
}

// AddBytes is Add of a text without its leftover code (quality.AppendCode). Its bytes must stay what they are until Reset.
func (b *Batch) AddBytes(source string, text []byte) {
	s := unsafe.String(unsafe.SliceData(text), len(text))
	b.code = quality.AppendCode(b.code[:0], s)
	b.Add(source, s, b.code)
}

// Add takes a text, which the batch keeps until Reset. Spans already taken, sorted and disjoint, are left out.
func (b *Batch) Add(source, text string, taken []quality.Span) {
	if len(text) > math.MaxInt32 {
		return
	}
	d := batchDoc{source: source, text: text, hash: xxhash.Sum64String(text), marks: len(b.marks), keys: len(b.keys)}
	b.addUnits(text, b.split.split(text, taken))
	d.marksEnd, d.keysEnd = len(b.marks), len(b.keys)
	b.docs = append(b.docs, d)
}
