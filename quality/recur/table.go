package recur

import (
	"math/bits"
	"math/rand/v2"
)

// table finds the stats of a Counter by their keys: open addressing, linear probing, half empty at least. A slot holds the upper bits
// of a key and one more than its place in stats, 0 if it is free; the rest of the key is compared there.
//
// Where a key begins to look depends on a random number, so that nobody can choose texts whose keys meet. What is found does not.
type table struct {
	slots []uint64
	seed  uint64
	shift int
	n     int

	homes []int  // scratch of warm
	loads uint64 // what warm read
}

const (
	placeBits = 24
	placeMask = 1<<placeBits - 1
	minSlots  = 1 << 10
)

func newTable() table {
	t := table{seed: rand.Uint64() | 1}
	t.resize(minSlots)
	return t
}

func (t *table) resize(slots int) {
	t.slots, t.shift, t.n = make([]uint64, slots), 64-bits.TrailingZeros(uint(slots)), 0
}

// home returns the slot where a key begins to look.
func (t *table) home(key uint64) int { return int(key * t.seed >> t.shift) }

// find returns the place of a key in stats, or -1.
func (t *table) find(stats []stat, key uint64) int {
	for i := t.home(key); ; i++ {
		s := t.slots[i&(len(t.slots)-1)]
		if s == 0 {
			return -1
		}
		if at := int(s&placeMask) - 1; s>>placeBits == key>>placeBits && stats[at].salted == key {
			return at
		}
	}
}

// add takes a key that is not there, which is that of the last of stats.
func (t *table) add(stats []stat) {
	if t.n*2 >= len(t.slots) {
		t.resize(2 * len(t.slots))
		t.fill(stats)
		return
	}
	t.put(stats[len(stats)-1].salted, len(stats)-1)
}

// rebuild takes the keys of stats in place of all it had.
func (t *table) rebuild(stats []stat) {
	clear(t.slots)
	t.n = 0
	t.fill(stats)
}

func (t *table) fill(stats []stat) {
	for i := range stats {
		t.put(stats[i].salted, i)
	}
}

func (t *table) put(key uint64, at int) {
	i := t.home(key)
	for t.slots[i&(len(t.slots)-1)] != 0 {
		i++
	}
	t.slots[i&(len(t.slots)-1)] = key&^placeMask | uint64(at+1)
	t.n++
}

// warm brings to the processor what the counting of marks is about to look at, all at once, where find would wait for one after the
// other. It takes no branch that depends on what it reads.
func (t *table) warm(stats []stat, salt uint64, marks []mark, leads []leadMark) {
	t.homes = t.homes[:0]
	n := 0
	for i := range marks {
		t.homes = append(t.homes, t.home(marks[i].key^salt))
		n += int(marks[i].leads)
	}
	for i := range leads[:n] {
		t.homes = append(t.homes, t.home(leads[i].key^salt))
	}
	for i, h := range t.homes {
		t.homes[i] = int(t.slots[h] & placeMask)
	}
	for _, at := range t.homes {
		if at < len(stats) { // as good as always
			t.loads += stats[at].salted
		}
	}
}
