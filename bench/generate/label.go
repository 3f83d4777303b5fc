package generate

import (
	"fmt"
	"math/bits"
	"strconv"

	"github.com/corpusctl/corpusctl/dedup"
)

// Label is what is known of a derived document B and the original A that it comes from: A stands before B. Of an original, A is B.
type Label struct {
	A, B  int
	Kind  Kind
	Holds Holding // which parts of A stand in B
}

// Holding tells which parts of an original a document holds: bit i for the i-th of 64 equal parts.
type Holding uint64

const whole = ^Holding(0)

// holds returns the parts that lie in a stretch of the original.
func (g *Generator) holds(s span) (h Holding) {
	n := g.root.body
	for i := range 64 {
		if i*n/64 >= s.from && i*n/64 < s.to {
			h |= 1 << i
		}
	}
	return h
}

// in tells whether at least nine tenths of what h holds is in other.
func (h Holding) in(other Holding) bool {
	return bits.OnesCount64(uint64(h&^other))*10 <= bits.OnesCount64(uint64(h))
}

// kindInfo says what a kind means for a pair.
type kindInfo struct {
	relation dedup.Relation
	drop     dedup.Drop
	own      bool // the document has something of its own to say: it can go for none
}

var kindTable = [...]kindInfo{
	original:   {},
	notice:     {},
	exact:      {dedup.Copy, dedup.DropEither, false},
	edited:     {dedup.Copy, dedup.DropEither, false},
	truncated:  {dedup.Shortened, dedup.DropB, false},
	dropped:    {dedup.Shortened, dedup.DropB, false},
	excerpt:    {dedup.Contained, dedup.DropB, false},
	enlarged:   {dedup.Contained, dedup.DropA, true},
	quote:      {dedup.Revised, dedup.DropNone, true},
	background: {dedup.Revised, dedup.DropNone, true},
	facts:      {dedup.Template, dedup.DropNone, true},
}

// Relation and Drop are what the label says, in the words of package dedup.
func (l Label) Relation() dedup.Relation { return kindTable[l.Kind].relation }

// Drop tells which of the two may go.
func (l Label) Drop() dedup.Drop { return kindTable[l.Kind].drop }

// AppendJSON appends the label's line: the fields of labelled pairs, a, b, relation and drop, and kind and holds (hexadecimal), by which
// members of one family are compared with one another.
func (l Label) AppendJSON(dst []byte) []byte {
	dst = append(dst, `{"a":"`...)
	dst = appendID(dst, l.A)
	dst = append(dst, `","b":"`...)
	dst = appendID(dst, l.B)
	dst = fmt.Appendf(dst, `","relation":%q,"drop":%q,"kind":%q,"holds":"`, l.Relation(), l.Drop(), l.Kind)
	dst = strconv.AppendUint(dst, uint64(l.Holds), 16)
	return append(dst, "\"}\n"...)
}
