package dedup

import (
	"bytes"
	"encoding/binary"
)

// table is the set of the shingles of one text and the places where each stands. Positions are numbers of characters: a shingle for each.
type table struct {
	outline
	chains // of positions
	k      int
	n      int   // shingles, repeats included
	size   int32 // different shingles

	many   bitset  // positions that are the first of a shingle that stands more than once; repeats are the others
	firsts []int32 // of a repeat, the first position of its shingle
	next   []int32 // of such a first position the last one; of the others the one that comes after, of the last the second

	copied []copiedRow // the repeats once more, in rows

	keys [keyBatch]uint64 // work space
}

// copiedRow is a row of repeats, at most 64, whose shingles stand first in a row too.
type copiedRow struct{ at, first, length int32 }

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	t.set(text)
	t.k, t.n = k, t.shingles(k)
	t.size = int32(t.n)
	t.reset(t.n)
	t.many.reset(t.n)
	t.copied = t.copied[:0]
	t.next, t.firsts = grow(t.next, t.n), grow(t.firsts, t.n)
	ends := t.ends(k)
	for from := 0; from < t.n; from += keyBatch {
		some := t.keys[:min(keyBatch, t.n-from)]
		keysOf(some, text, t.chars[from:], ends[from:])
		t.settle(t.note(int32(from), some))
	}
}

// settle finds out which of some positions are repeats. What follows on a repeat is mostly one too, of what follows on its first.
func (t *table) settle(known []int32) {
	last, guess := int32(-1), int32(-1)
	for _, i := range known {
		at, s, first := t.before(i), t.shingle(i, t.k), int32(-1)
		if i == last+1 && guess > 0 && same(t.shingle(guess, t.k), s) {
			first = t.firstOf(guess)
		} else {
			first = t.first(at, s)
		}
		if last, guess = i, first+1; first >= 0 {
			t.repeat(first, i)
		}
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
	if last := len(t.copied) - 1; last >= 0 && t.copied[last].goesOn(first, i) {
		t.copied[last].length++
	} else {
		t.copied = append(t.copied, copiedRow{i, first, 1})
	}
}

// goesOn tells whether a repeat, of the shingle that stands first at a position, is the next of the row.
func (c *copiedRow) goesOn(first, i int32) bool {
	return c.at+c.length == i && c.first+c.length == first && c.length < 64
}

// find returns the position where a shingle stands first, or -1.
func (t *table) find(h uint64, s []byte) int32 { return t.first(t.head(h), s) }

// first returns the first position of the shingle that stands somewhere in a chain, or -1.
func (t *table) first(at int32, s []byte) int32 {
	for ; at > 0; at = t.chain[at-1] {
		if same(t.shingle(at-1, t.k), s) {
			return t.firstOf(at - 1)
		}
	}
	return -1
}

// firstOf returns the first position of the shingle at a position.
func (t *table) firstOf(i int32) int32 {
	if t.repeats.has(i) {
		return t.firsts[i]
	}
	return i
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
