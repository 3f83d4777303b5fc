package dedup

import "math/bits"

// exactTable finds the first document that has a text, by the upper 32 bits of the text's XXH64: a hash table by open addressing, eight
// bytes a slot, at most three of four slots in use.
type exactTable struct {
	slots []exactSlot
	used  int
}

type exactSlot struct {
	hash uint32
	doc  uint32 // plus one; 0 = the slot is free
}

// maxCollisions bounds how many texts are compared with one that has the same hash: hashes can be made to collide on purpose, and what
// is not found here is still compared later, as any pair.
const maxCollisions = 4

// find returns the document with the hash for which equal holds. Where there is none, doc is entered under the hash.
func (t *exactTable) find(hash uint64, doc uint32, equal func(doc uint32) (bool, error)) (first uint32, found bool, err error) {
	if 4*t.used >= 3*len(t.slots) {
		t.grow()
	}
	upper := uint32(hash >> 32)
	i := t.start(upper)
	for collisions := 0; t.slots[i].doc != 0; i = t.after(i) {
		if t.slots[i].hash != upper {
			continue
		}
		first = t.slots[i].doc - 1
		if found, err = equal(first); found || err != nil {
			return first, found, err
		}
		if collisions++; collisions == maxCollisions {
			return 0, false, nil
		}
	}
	t.slots[i] = exactSlot{upper, doc + 1}
	t.used++
	return 0, false, nil
}

// start is where the search for a hash begins: slots are in the order of the hashes.
func (t *exactTable) start(hash uint32) int {
	return int(uint64(hash) * uint64(len(t.slots)) >> 32)
}

func (t *exactTable) after(i int) int { return (i + 1) & (len(t.slots) - 1) }

func (t *exactTable) grow() {
	old := t.slots
	t.slots = make([]exactSlot, max(1<<10, 1<<bits.Len(uint(len(old)))))
	for _, s := range old {
		if s.doc == 0 {
			continue
		}
		i := t.start(s.hash)
		for ; t.slots[i].doc != 0; i = t.after(i) {
		}
		t.slots[i] = s
	}
}
