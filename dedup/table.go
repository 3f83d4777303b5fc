package dedup

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// table is the set of the shingles of one text and the places where each stands. Positions are numbers of characters: a shingle for each.
//
// Most shingles of a text are new to it, and most that are looked up are either new too or begin a long stretch. So a filter of one bit
// for each key, which stays in the nearest cache and can be foretold, answers first; only what passes walks a chain of positions.
type table struct {
	outline
	k    int
	n    int   // shingles, repeats included
	size int32 // different shingles

	filter bitset  // by the upper bits of the key
	shift  int     // of the key, for filter
	heads  []int32 // by the lower bits of the key: the last position noted, plus one
	chain  []int32 // of a position, one noted before it with the same head, plus one; of a repeat, one that is none

	many    bitset  // positions that are the first of a shingle that stands more than once
	repeats bitset  // its other positions
	firsts  []int32 // of a repeat, the first position of its shingle
	next    []int32 // of such a first position the last one; of the others the one that comes after, of the last the second

	keys  [keyBatch]uint64 // work space
	known [keyBatch]int32
}

// keyBatch is how many keys are made at a time.
const keyBatch = 256

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	t.set(text)
	t.k, t.n = k, t.shingles(k)
	t.size = int32(t.n)
	t.resize(t.n)
	ends := t.ends(k)
	for from := 0; from < t.n; from += keyBatch {
		some := t.keys[:min(keyBatch, t.n-from)]
		keysOf(some, text, t.chars[from:], ends[from:])
		for _, i := range t.known[:t.note(int32(from), some)] {
			t.settle(i)
		}
	}
}

// note takes the shingles from a position on, by their keys, and lists in known those that the filter knew, which may be repeats. It has no
// branch: whether a shingle is known comes as a surprise. What it needs lies in variables of its own: a field would be read again after
// every write.
func (t *table) note(from int32, keys []uint64) (n int) {
	heads, filter, shift := t.heads, t.filter, t.shift
	chain, known := t.chain[from:][:len(keys)], t.known[:len(keys)]
	for i, h := range keys {
		head := &heads[int(h)&(len(heads)-1)]
		chain[i], *head = *head, from+int32(i)+1
		word := &filter[h>>shift>>6]
		old := *word
		*word = old | 1<<(h>>shift&63)
		known[n] = from + int32(i)
		n += int(old >> (h >> shift & 63) & 1)
	}
	return n
}

// settle finds out whether the shingle at a position stands before it too. Chains lead past repeats, so that a shingle that stands
// thousands of times does not make them long.
func (t *table) settle(i int32) {
	at := t.chain[i]
	if at > 0 && t.repeats.has(at-1) {
		at = t.chain[at-1]
		t.chain[i] = at
	}
	if first := t.first(t.chain[i], t.text[t.chars[i]:t.end(i, t.k)]); first >= 0 {
		t.repeat(first, i)
	}
}

// repeat notes that the shingle that stands first at a position stands at another one too.
func (t *table) repeat(first, i int32) {
	t.size--
	t.next[i] = i
	if t.many.has(first) {
		last := t.next[first]
		t.next[i], t.next[last] = t.next[last], i
	}
	t.next[first], t.firsts[i] = i, first
	t.many.set(first)
	t.repeats.set(i)
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
	t.chain, t.next, t.firsts = grow(t.chain, n), grow(t.next, n), grow(t.firsts, n)
}

// find returns the position where a shingle stands first, or -1.
func (t *table) find(h uint64, s []byte) int32 { return t.first(t.heads[int(h)&(len(t.heads)-1)], s) }

// first returns the first position of the shingle that stands somewhere in a chain, or -1.
func (t *table) first(at int32, s []byte) int32 {
	for ; at > 0; at = t.chain[at-1] {
		i := at - 1
		if same(t.text[t.chars[i]:t.end(i, t.k)], s) {
			if t.repeats.has(i) {
				return t.firsts[i]
			}
			return i
		}
	}
	return -1
}

// same is bytes.Equal, without a call for shingles of usual length.
func same(a, b []byte) bool {
	n := len(a)
	if n != len(b) {
		return false
	}
	if uint(n-8) <= 8 {
		x := binary.LittleEndian.Uint64(a) ^ binary.LittleEndian.Uint64(b)
		y := binary.LittleEndian.Uint64(a[n-8:]) ^ binary.LittleEndian.Uint64(b[n-8:])
		return x|y == 0
	}
	return bytes.Equal(a, b)
}

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
