package dedup

import "bytes"

// shingleSet counts the different ones among some shingles of a text.
type shingleSet struct {
	chains
	keys []uint64
	at   []int32 // the position of each in the text
}

// reset empties the set and gives it room for n shingles.
func (d *shingleSet) reset(n int) {
	d.keys, d.at = grow(d.keys, n)[:0], grow(d.at, n)[:0]
}

// add adds the n shingles from position i on whose keys stand behind those of the set.
func (d *shingleSet) add(n int, i int32) {
	size := len(d.keys)
	d.keys, d.at = d.keys[:size+n], d.at[:size+n]
	at := d.at[size:]
	for j := range at {
		at[j] = i + int32(j)
	}
}

// count returns the number of different ones of k characters.
func (d *shingleSet) count(o *outline, k int) int32 {
	if len(d.keys) < 2 {
		return int32(len(d.keys))
	}
	d.chains.reset(len(d.keys))
	n := len(d.keys)
	for from := 0; from < len(d.keys); from += keyBatch {
		for _, i := range d.note(int32(from), d.keys[from:min(from+keyBatch, len(d.keys))]) {
			if d.knows(o, k, i, d.before(i)) {
				d.repeats.set(i)
				n--
			}
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
