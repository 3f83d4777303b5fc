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
	leads []uint64 // of each mark that has any: the key of its first word, then a hash for each lead, of what stands behind it
	split splitter
	mask  masked
	code  []quality.Span // scratch of AddBytes
}

type batchDoc struct {
	source, text    string
	hash            uint64
	marks, marksEnd int
	leads           int // of its first mark
}

// mark is one unit of a text.
type mark struct {
	key        uint64
	start, end uint32
	words      uint16
	flags      uint8
	depth      uint8
	leads      uint8 // that are counted: its first word, its first two, and so on
	whole      bool  // it is counted itself, before them
	next       uint8 // the place in a sketch of the unit behind it
}

// maxAhead is the number of leads of a unit that are looked up together with those of other units.
const maxAhead = 2

// leadsAhead returns how many leads of a mark are looked up together with those of others, ahead how many keys.
func (m *mark) leadsAhead() int { return int(min(m.leads, maxAhead)) }

func (m *mark) keysAhead() int {
	if m.whole {
		return m.leadsAhead() + 1
	}
	return m.leadsAhead()
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
	b.docs, b.marks, b.leads = b.docs[:0], b.marks[:0], b.leads[:0]
}

// AddBytes is Add of a text without its leftover code (quality.AppendCode), and reports whether it holds any. Its bytes must stay what they are
// until Reset.
func (b *Batch) AddBytes(source string, text []byte) (code bool) {
	s := unsafe.String(unsafe.SliceData(text), len(text))
	b.split.marks.read(s)
	if b.code = b.code[:0]; b.split.marks.mayHoldCode() {
		b.code = quality.AppendCode(b.code, s)
	}
	b.add(source, s, b.code)
	return len(b.code) > 0
}

// Add takes a text, which the batch keeps until Reset. Spans already taken, sorted and disjoint, are left out.
func (b *Batch) Add(source, text string, taken []quality.Span) {
	b.split.marks.read(text)
	b.add(source, text, taken)
}

// add is Add of a text whose marks were read.
func (b *Batch) add(source, text string, taken []quality.Span) {
	if len(text) > math.MaxInt32 {
		return
	}
	d := batchDoc{source: source, text: text, hash: xxhash.Sum64String(text), marks: len(b.marks), leads: len(b.leads)}
	b.addUnits(text, b.split.cut(text, taken))
	d.marksEnd = len(b.marks)
	b.docs = append(b.docs, d)
}
