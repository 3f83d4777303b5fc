package dedup

import "github.com/corpusctl/corpusctl/shingle"

// verifier compares one text, loaded once, with any number of others.
type verifier struct {
	k     int
	table table // of the text loaded, side a

	// The text matched last, side b.
	text   []byte
	starts []int32
	slots  []int32 // for each position of b, the slot in a's table of the same shingle, or -1
	shared int     // different shingles that both have

	endsEarly bool // of the texts related last, the one that could go ends where the other goes on

	// Work space.
	hashes       [block]uint64
	blockBuf     []blockPair
	chainBuf     []blockPair
	weight, from []int32
	sharedA      []bool
	sharedB      []bool
	spansA       []span
	spansB       []span
	gaps         []gap
}

// load takes side a.
func (v *verifier) load(a []byte) { v.table.load(a, v.k) }

// match finds the shingles of side b in the table of side a, and marks those of a that b has.
func (v *verifier) match(b []byte) {
	n := shingle.Count(b, v.k)
	v.text, v.starts, v.slots = b, grow(v.starts, n), grow(v.slots, n)
	v.shared = 0
	t := &v.table
	t.round++
	s := shingle.NewStream(b, v.k)
	for from := 0; from < n; from += block {
		size := min(block, n-from)
		s.Next(v.hashes[:size], v.starts[from:from+size])
		for i, h := range v.hashes[:size] {
			at := t.find(h)
			slot := &t.slots[at]
			if slot.first == 0 {
				v.slots[from+i] = -1
				continue
			}
			v.slots[from+i] = int32(at)
			if slot.seen != t.round {
				slot.seen = t.round
				v.shared++
			}
		}
	}
}
