package dedup

import (
	"bytes"
	"math/bits"

	"github.com/corpusctl/corpusctl/shingle"
)

// table is the set of the shingles of one text and the places where each stands. Positions are numbers of characters: a shingle for each.
//
// Most shingles of a text are new to it, and most that are looked up are either new too or begin a long stretch. So a filter of one bit
// for each key, which stays in the nearest cache and can be foretold, answers first; only what passes walks a chain of positions.
type table struct {
	text  []byte
	k     int
	chars []int32 // the place in bytes of each character, then the end of the text
	n     int     // shingles, repeats included
	size  int32   // different shingles

	filter bitset  // by the upper bits of the key
	shift  int     // of the key, for filter
	heads  []int32 // by the lower bits of the key: the last position noted, plus one
	chain  []int32 // of a position noted, the one noted before it, plus one; of a repeat, the first position of its shingle

	many    bitset  // positions that are the first of a shingle that stands more than once
	repeats bitset  // its other positions
	next    []int32 // of such a first position the last one; of the others the one that comes after, of the last the second

	keys [256]uint64 // work space
}

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	t.text, t.k, t.n, t.size = text, k, 0, 0
	t.chars = characters(t.chars, text)
	if len(text) > 0 {
		t.n = max(1, len(t.chars)-k)
	}
	t.resize(t.n)
	ends := t.chars[min(k, len(t.chars)-1):] // of the shingles; a text of fewer characters than k is one
	for from := 0; from < t.n; from += len(t.keys) {
		some := t.keys[:min(len(t.keys), t.n-from)]
		keysOf(some, text, t.chars[from:], ends[from:])
		t.note(int32(from), some)
	}
}

// note takes the shingles from a position on, by their keys. What it needs lies in variables of its own: a field would be read again
// after every write.
func (t *table) note(from int32, keys []uint64) {
	heads, chain, filter, shift := t.heads, t.chain[from:], t.filter, t.shift
	for i, h := range keys {
		at := from + int32(i)
		head := &heads[int(h)&(len(heads)-1)]
		word, flag := &filter[h>>shift>>6], uint64(1)<<(h>>shift&63)
		if *word&flag != 0 {
			if first := t.first(*head, t.text[t.chars[at]:t.end(at)]); first >= 0 {
				t.repeat(first, at)
				continue
			}
		}
		*word |= flag
		chain[i], *head = *head, at+1
		t.size++
	}
}

// repeat notes that the shingle that stands first at a position stands at another one too.
func (t *table) repeat(first, i int32) {
	t.next[i] = i
	if t.many.has(first) {
		last := t.next[first]
		t.next[i], t.next[last] = t.next[last], i
	}
	t.next[first], t.chain[i] = i, first
	t.many.set(first)
	t.repeats.set(i)
}

// characters returns the places where the characters of a text begin, and its end, in the room of dst.
func characters(dst []int32, text []byte) []int32 {
	dst = grow(dst, shingle.Count(text, 1)+1)
	dst[0] = 0 // whatever the first byte is
	n := 1
	for i := 1; i < len(text); i++ {
		dst[n] = int32(i) // overwritten while no character begins
		n += 1 - continues(text[i])
	}
	dst[len(dst)-1] = int32(len(text))
	return dst
}

// filterBits is the number of bits in the filter for each shingle, at the least: one look-up in so many passes for nothing.
const filterBits = 16

// resize empties the table and gives it room for n shingles.
func (t *table) resize(n int) {
	log := bits.Len(uint(max(n, 8) - 1))
	t.heads = grow(t.heads, 1<<log)
	clear(t.heads)
	log = min(log+bits.Len(filterBits-1), 31)
	t.shift = 64 - log
	t.filter.reset(1 << log)
	t.many.reset(n)
	t.repeats.reset(n)
	t.chain, t.next = grow(t.chain, n), grow(t.next, n)
}

// find returns the position where a shingle stands first, or -1.
func (t *table) find(h uint64, s []byte) int32 {
	if !t.filter.has(int32(h >> t.shift)) {
		return -1
	}
	return t.first(t.heads[int(h)&(len(t.heads)-1)], s)
}

// first returns the position of a shingle among those of a chain, or -1.
func (t *table) first(at int32, s []byte) int32 {
	for ; at > 0; at = t.chain[at-1] {
		if t.isAt(at-1, s) {
			return at - 1
		}
	}
	return -1
}

// isAt tells whether a shingle is that at position i.
func (t *table) isAt(i int32, s []byte) bool {
	return bytes.Equal(t.text[t.chars[i]:t.end(i)], s)
}

// end returns the place where the shingle at position i ends.
func (t *table) end(i int32) int32 { return t.chars[min(int(i)+t.k, len(t.chars)-1)] }

// occurrences bounds the search for a place that is not passed yet, so that a text that repeats itself stays cheap.
const occurrences = 16

// place returns the first position from expected on where the shingle stands that stands first at the given one; when none of the
// first few is, that one.
func (t *table) place(first, expected int32) int32 {
	if first >= expected || !t.many.has(first) {
		return first
	}
	last := t.next[first]
	for p, tries := t.next[last], 1; tries < occurrences; p, tries = t.next[p], tries+1 {
		if p >= expected {
			return p
		}
		if p == last {
			break
		}
	}
	return first
}

// grow returns a slice of length n, reusing s where it is long enough. Its content is undefined.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
