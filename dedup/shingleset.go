package dedup

import (
	"bytes"
	"math/bits"
)

// shingleSet counts the different ones among some shingles of a text, as table does: by a filter, and by chains where that does not say.
type shingleSet struct {
	keys []uint64
	at   []int32 // the position of each in the text

	filter bitset
	heads  []int32 // by the lower bits of the key: the last place in the list, plus one
	chain  []int32 // of each place in the list, the one before it with the same head
}

// reset empties the set and gives it room for n shingles.
func (d *shingleSet) reset(n int) {
	d.keys, d.at = grow(d.keys, n)[:0], grow(d.at, n)[:0]
}

// add adds the shingles from position i on whose keys stand behind those of the set.
func (d *shingleSet) add(n int, i int32) {
	d.keys = d.keys[:len(d.keys)+n]
	for j := range int32(n) {
		d.at = append(d.at, i+j)
	}
}

// count returns the number of different ones of k characters.
func (d *shingleSet) count(o *outline, k int) int32 {
	if len(d.keys) < 2 {
		return int32(len(d.keys))
	}
	log := bits.Len(uint(len(d.keys) - 1))
	d.heads, d.chain = grow(d.heads, 1<<log), grow(d.chain, len(d.keys))
	clear(d.heads)
	log = min(log+bits.Len(filterBits-1), 31)
	d.filter.reset(1 << log)
	heads, chain, filter, shift, n := d.heads, d.chain, d.filter, 64-log, int32(0)
	for i, h := range d.keys {
		head, word, flag := &heads[int(h)&(len(heads)-1)], &filter[h>>shift>>6], uint64(1)<<(h>>shift&63)
		if *word&flag != 0 && d.knows(o, k, i, *head) {
			continue
		}
		*word |= flag
		chain[i], *head = *head, int32(i+1)
		n++
	}
	return n
}

// knows tells whether a shingle of the list is among those of a chain.
func (d *shingleSet) knows(o *outline, k, i int, at int32) bool {
	s := o.shingle(d.at[i], k)
	for ; at > 0; at = d.chain[at-1] {
		if d.keys[at-1] == d.keys[i] && bytes.Equal(o.shingle(d.at[at-1], k), s) {
			return true
		}
	}
	return false
}
