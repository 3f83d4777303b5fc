package dedup

import "math/bits"

// chains finds a shingle among others by its key. Shingles have numbers, given in order.
//
// Most are new. So a filter of one bit for each key, which stays in the nearest cache, answers first; only what it knows walks a chain.
type chains struct {
	filter  bitset  // by the upper bits of the key
	shift   int     // of the key, for filter
	heads   []int32 // by the lower bits of the key: the last shingle noted, plus one
	chain   []int32 // of a shingle, one noted before it with the same head, plus one; of a repeat, one that is none
	repeats bitset  // shingles that are equal to an earlier one

	known []int32 // shingles that the filter knew when they were noted, which may be repeats
}

// filterBits is the number of bits in the filter for each shingle, at the least: one look-up in so many passes for nothing.
const filterBits = 16

// reset forgets all and makes room for n shingles.
func (c *chains) reset(n int) {
	log := bits.Len(uint(max(n, 8) - 1))
	c.heads, c.chain, c.known = grow(c.heads, 1<<log), grow(c.chain, n), grow(c.known, n)[:0]
	clear(c.heads)
	log = min(log+bits.Len(filterBits-1), 31)
	c.shift = 64 - log
	c.filter.reset(1 << log)
	c.repeats.reset(n)
}

// note takes the shingles from a number on, by their keys.
func (c *chains) note(from int32, keys []uint64) {
	if len(keys) == 0 {
		return
	}
	found := len(c.known)
	known := c.known[found : found+len(keys)]
	n := noteOf(keys, from, c.heads, c.chain[from:][:len(keys)], c.filter, c.shift, known)
	c.known = c.known[:found+n]
}

// notePlain puts shingles from a number on, by their keys, at the heads of their chains and into the filter. It writes those that the filter knew to
// known, one after the other, and returns how many. It has no branch: whether a shingle is known comes as a surprise.
func notePlain(keys []uint64, from int32, heads, chain []int32, filter bitset, shift int, known []int32) (n int) {
	chain, known, shift = chain[:len(keys)], known[:len(keys)], shift&63
	for i, h := range keys {
		head := &heads[int(h)&(len(heads)-1)]
		chain[i], *head = *head, from+int32(i)+1
		h >>= shift
		word := &filter[h>>6]
		old := *word
		*word = old | 1<<(h&63)
		known[n] = from + int32(i)
		n += int(old >> (h & 63) & 1)
	}
	return n
}

// before returns the first of the chain that leads back from a shingle. Of those known it must be asked in their order, so that chains lead
// past repeats: a shingle that stands thousands of times does not make them long.
func (c *chains) before(i int32) int32 {
	at := c.chain[i]
	if at > 0 && c.repeats.has(at-1) {
		at = c.chain[at-1]
		c.chain[i] = at
	}
	return at
}

// head returns the first of the chain in which a shingle would be.
func (c *chains) head(key uint64) int32 { return c.heads[int(key)&(len(c.heads)-1)] }
