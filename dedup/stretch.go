package dedup

import (
	"bytes"
	"math/bits"
)

// stretch is a stretch of a text with its key.
type stretch struct {
	key uint64
	at  span
}

// stretchSet counts the different stretches among some of a text, as table does: by a filter, and by chains where that does not say.
type stretchSet struct {
	filter bitset
	heads  []int32 // by the lower bits of the key: the last place in the list, plus one
	chain  []int32 // of each place in the list, the one before it with the same head
}

func (d *stretchSet) count(text []byte, list []stretch) int32 {
	if len(list) < 2 {
		return int32(len(list))
	}
	log := bits.Len(uint(len(list) - 1))
	d.heads, d.chain = grow(d.heads, 1<<log), grow(d.chain, len(list))
	clear(d.heads)
	log = min(log+bits.Len(filterBits-1), 31)
	d.filter.reset(1 << log)
	n := int32(0)
	for i, s := range list {
		bit, head := int32(s.key>>(64-log)), &d.heads[int(s.key)&(len(d.heads)-1)]
		if d.filter.has(bit) && d.knows(text, list, s, *head) {
			continue
		}
		d.filter.set(bit)
		d.chain[i], *head = *head, int32(i+1)
		n++
	}
	return n
}

// knows tells whether a stretch is among those of a chain.
func (d *stretchSet) knows(text []byte, list []stretch, s stretch, at int32) bool {
	for ; at > 0; at = d.chain[at-1] {
		if o := list[at-1]; o.key == s.key && bytes.Equal(text[o.at.start:o.at.end], text[s.at.start:s.at.end]) {
			return true
		}
	}
	return false
}
