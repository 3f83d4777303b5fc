package dedup

import (
	"math/bits"

	"github.com/corpusctl/corpusctl/shingle"
)

// table is the set of shingle hashes of one text, by open addressing, with what verification wants to know of each: where
// it stands first, and whether the text compared with it has it too.
type table struct {
	slots []slot
	mask  uint64
	size  int // different shingles
	round uint32

	text   []byte
	at     []int32  // for each position, the slot of its shingle
	next   []int32  // for each position, the next with the same shingle, or -1
	starts []int32  // for each position, the place in bytes
	hashes []uint64 // work space
}

type slot struct {
	hash  uint64
	first int32  // position of the first shingle with this hash, plus one; 0 = the slot is free
	seen  uint32 // the round in which the other text had it
}

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	n := shingle.Count(text, k)
	t.resize(n)
	t.text, t.size, t.round = text, 0, 0
	t.hashes, t.starts, t.at, t.next = grow(t.hashes, n), grow(t.starts, n), grow(t.at, n), grow(t.next, n)
	s := shingle.NewStream(text, k)
	s.Next(t.hashes, t.starts)
	for i := n - 1; i >= 0; i-- { // backwards, so that the first position is the one that stays
		at := t.find(t.hashes[i])
		s := &t.slots[at]
		if s.first == 0 {
			s.hash = t.hashes[i]
			t.size++
		}
		t.next[i], s.first = s.first-1, int32(i)+1
		t.at[i] = int32(at)
	}
}

// resize empties the table and gives it room for n hashes at a load of at most one half.
func (t *table) resize(n int) {
	size := 1 << bits.Len(uint(max(n, 8))*2-1)
	t.slots = grow(t.slots, size)
	clear(t.slots)
	t.mask = uint64(size - 1)
}

// find returns the slot of a hash, or the free slot where it would go.
func (t *table) find(h uint64) int {
	i := h & t.mask
	for t.slots[i].first != 0 && t.slots[i].hash != h {
		i = (i + 1) & t.mask
	}
	return int(i)
}

// grow returns a slice of length n, reusing s where it is long enough. Its content is undefined.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
