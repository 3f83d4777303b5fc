package dedup

// tally counts what other documents share with one: a small hash table by open addressing, emptied for the next document. Partners
// are counted where they meet and never listed pair by pair, so that a crowd costs time but no memory.
//
// It is no larger than it must be: one document with many partners leaves room behind, over which those of all that come after would be
// scattered, each a miss of the cache.
type tally struct {
	slots []tallied // as many as are in use; the room behind them is empty
	used  []uint32  // slots in use, in the order of first use
	moved []tallied // work space of grow
}

const leastSlots = 1 << 10

// tallied is one partner.
type tallied struct {
	doc    uint32 // plus one; 0 = the slot is free
	shared [proposals]uint32
}

// reset empties the tally; its cost is that of what was in it.
func (t *tally) reset() {
	if t.slots == nil {
		t.slots = make([]tallied, leastSlots)
	}
	for _, at := range t.used {
		t.slots[at] = tallied{}
	}
	if n := len(t.slots); n > leastSlots && 8*len(t.used) < n {
		t.slots = t.slots[:n/2]
	}
	t.used = t.used[:0]
}

// add counts keys that a document shares.
func (t *tally) add(doc uint32, by int, keys uint32) {
	t.slots[t.slot(doc+1)].shared[by] += keys
}

// slot returns the slot of a document, given plus one; a new one if it has none.
func (t *tally) slot(doc uint32) uint32 {
	mask := uint32(len(t.slots) - 1)
	i := doc * 0x9E3779B1 >> 7 & mask // Knuth's multiplicative hash
	for t.slots[i].doc != doc {
		if t.slots[i].doc == 0 {
			if 2*len(t.used) >= len(t.slots) {
				t.grow()
				return t.slot(doc)
			}
			t.slots[i].doc = doc
			t.used = append(t.used, i)
			return i
		}
		i = (i + 1) & mask
	}
	return i
}

// grow doubles the slots, in the room behind them where there is enough.
func (t *tally) grow() {
	t.moved = t.moved[:0]
	for _, at := range t.used {
		t.moved = append(t.moved, t.slots[at])
		t.slots[at] = tallied{}
	}
	if n := 2 * len(t.slots); n <= cap(t.slots) {
		t.slots = t.slots[:n]
	} else {
		t.slots = make([]tallied, n)
	}
	t.used = t.used[:0]
	for _, s := range t.moved {
		t.slots[t.slot(s.doc)] = s
	}
}
