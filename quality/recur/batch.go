package recur

import (
	"math"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/quality"
)

// Batch holds the marks of some texts until they are counted. Filling batches is the greater part of the work, and can be done by many
// goroutines, each with its own.
type Batch struct {
	docs  []batchDoc
	marks []mark
	leads []leadMark
	split splitter
	mask  masked
}

type batchDoc struct {
	source, text string
	hash         uint64
	from, to     int // marks
	leads        int // the first of its leads
}

// mark is one unit of a text.
type mark struct {
	key, prev, next uint64
	start, end      uint32
	words           uint16
	flags, depth    uint8
	leads           uint8 // leads that it has; they follow those of the mark before
	whole           bool  // it is counted whole, not only its leads
}

// leadMark is the first words of a unit, as many as it has its place among the leads of the unit.
type leadMark struct{ key, next uint64 }

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
	b.docs, b.marks, b.leads = b.docs[:0], b.marks[:0], b.leads[:0]
}

// Add takes a text, which the batch keeps until Reset. Spans already taken, sorted and disjoint, are left out.
func (b *Batch) Add(source, text string, taken []quality.Span) {
	if len(text) > math.MaxInt32 {
		return
	}
	d := batchDoc{source: source, text: text, hash: xxhash.Sum64String(text), from: len(b.marks), leads: len(b.leads)}
	b.addUnits(text, b.split.split(text, taken))
	d.to = len(b.marks)
	b.docs = append(b.docs, d)
}
