package dedup

import (
	"bytes"
	"encoding/binary"
)

// table is the set of the shingles of one text and the places where each stands. Positions are numbers of characters: a shingle for each.
type table struct {
	outline
	chains         // of positions
	tails  []int32 // where each shingle ends
	n      int     // shingles, repeats included
	size   int32   // different shingles

	many   bitset  // positions that are the first of a shingle that stands more than once; repeats are the others
	firsts []int32 // of a repeat, the first position of its shingle
	next   []int32 // of such a first position the last one; of the others the one that comes after, of the last the second

	copied []copiedRow // the repeats once more, in rows

	keys [keyBatch]uint64 // work space
}

// copiedRow is a row of repeats, at most 64, whose shingles stand side by side before the row too, perhaps as repeats.
type copiedRow struct{ at, before, length int32 }

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	t.set(text)
	t.tails, t.n = t.ends(k), t.shingles(k)
	t.size = int32(t.n)
	t.reset(t.n)
	t.many.reset(t.n)
	t.copied = t.copied[:0]
	t.next, t.firsts = grow(t.next, t.n), grow(t.firsts, t.n)
	for from := 0; from < t.n; from += keyBatch {
		some := t.keys[:min(keyBatch, t.n-from)]
		keysOf(some, text, t.chars[from:], t.tails[from:])
		t.settle(t.note(int32(from), some), int32(from+len(some)))
	}
}

// settle finds out which of some positions before end are repeats, and takes them row by row: what follows on a repeat is mostly one too, of what
// follows on the shingle found. How far, the bytes say.
func (t *table) settle(known []int32, end int32) {
	for len(known) > 0 {
		i, n := known[0], int32(1)
		if first := t.first(t.before(i), t.text[t.chars[i]:t.tails[i]]); first >= 0 {
			from := int(t.tails[i])
			n += int32(t.rank(from+agree(&t.outline, from, int(t.tails[end-1]), &t.outline, int(t.tails[first]))) - t.rank(from))
			t.repeat(first, i, n)
		}
		known = known[n:] // the filter knew all of the row
	}
}

// repeat notes that the n shingles from a position on stand side by side before too.
func (t *table) repeat(before, i, n int32) {
	t.size -= n
	t.repeats.setRange(i, i+n)
	for at, end := i, i+n; at < end; {
		length := min(end-at, at-before, 64)
		t.copied = append(t.copied, copiedRow{at, before, length})
		for range length {
			t.before(at)
			t.link(t.firstOf(before), at)
			at, before = at+1, before+1
		}
	}
}

// link adds a position to those where the shingle stands that stands first at another one.
func (t *table) link(first, i int32) {
	t.next[i] = i
	if t.many.has(first) {
		last := t.next[first]
		t.next[i], t.next[last] = t.next[last], i
	}
	t.next[first], t.firsts[i] = i, first
	t.many.set(first)
}

// find returns the position where a shingle stands first, or -1.
func (t *table) find(h uint64, s []byte) int32 { return t.first(t.head(h), s) }

// first returns the first position of the shingle that stands somewhere in a chain, or -1.
func (t *table) first(at int32, s []byte) int32 {
	for ; at > 0; at = t.chain[at-1] {
		if from := t.chars[at-1]; t.tails[at-1]-from == int32(len(s)) && same(t.text[from:t.tails[at-1]], s) {
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
	switch {
	case n != len(b):
		return false
	case uint(n-8) <= 8:
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
