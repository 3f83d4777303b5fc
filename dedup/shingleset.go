package dedup

import "bytes"

// shingleSet counts the different ones among some shingles of a text.
type shingleSet struct {
	chains
	keys []uint64
	at   []int32 // the position of each in the text
}

// take makes the set those of n shingles, given by their keys, that are not among others.
func (d *shingleSet) take(keys []uint64, others bitset, n int32) {
	d.keys, d.at = grow(d.keys, int(n))[:0], grow(d.at, int(n))[:0]
	for i := others.next(0, n, ^uint64(0)); i < n; i = others.next(i+1, n, ^uint64(0)) {
		d.keys, d.at = append(d.keys, keys[i]), append(d.at, i)
	}
}

// count returns the number of different ones of k characters.
func (d *shingleSet) count(o *outline, k int) int32 {
	if len(d.keys) < 2 {
		return int32(len(d.keys))
	}
	d.chains.reset(len(d.keys))
	n := len(d.keys)
	d.note(0, d.keys)
	for _, i := range d.known {
		if d.knows(o, k, i, d.before(i)) {
			d.repeats.set(i)
			n--
		}
	}
	return int32(n)
}

// knows tells whether a shingle of the list is among those of a chain.
func (d *shingleSet) knows(o *outline, k int, i, at int32) bool {
	for ; at > 0; at = d.chain[at-1] {
		if d.keys[at-1] == d.keys[i] && bytes.Equal(o.shingle(d.at[at-1], k), o.shingle(d.at[i], k)) {
			return true
		}
	}
	return false
}
