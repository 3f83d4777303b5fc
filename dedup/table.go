package dedup

import (
	"bytes"
	"encoding/binary"
)

// table is the set of the shingles of one text and the places where each stands. Positions are numbers of characters: a shingle for each.
// Which of them are repeats is told by settle, that is, only for a text that may be related to another.
type table struct {
	outline
	chains         // of positions
	tails  []int32 // where each shingle ends
	n      int     // shingles, repeats included
	size   int32   // different shingles; before settle, a number that there are at least
	open   bool    // settle is yet to come

	many   bitset  // positions that are the first of a shingle that stands more than once; repeats are the others
	firsts []int32 // of a repeat, the first position of its shingle
	next   []int32 // of such a first position the last one; of the others the one that comes after, of the last the second

	copied []copiedRow // the repeats once more, in rows

	keys [keyBatch]uint64 // work space
}

// copiedRow is a row of repeats, at most 64, whose shingles stand first in a row too.
type copiedRow struct{ at, first, length int32 }

// keyBatch is how many keys are made at a time.
const keyBatch = 256

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	t.set(text)
	t.tails, t.n = t.ends(k), t.shingles(k)
	t.reset(t.n)
	for from := 0; from < t.n; from += keyBatch {
		some := t.keys[:min(keyBatch, t.n-from)]
		keysOf(some, text, t.chars[from:], t.tails[from:])
		t.note(int32(from), some)
	}
	t.size, t.open = int32(t.n-len(t.known)), true
}

// settle finds out which positions are repeats. What follows on a repeat is mostly one too, of what follows on its first: that takes a look
// at one character more.
func (t *table) settle() {
	if !t.open {
		return
	}
	t.size, t.open = int32(t.n), false
	t.many.reset(t.n)
	t.copied = t.copied[:0]
	t.next, t.firsts = grow(t.next, t.n), grow(t.firsts, t.n)
	last, guess := int32(-1), int32(-1)
	for _, i := range t.known {
		at, first := t.before(i), int32(-1)
		if i == last+1 && guess > 0 && sameCharacter(t.text[t.tails[last]:t.tails[i]], t.text[t.tails[guess-1]:t.tails[guess]]) {
			first = t.firstOf(guess)
		} else {
			first = t.first(at, t.text[t.chars[i]:t.tails[i]])
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

// sameCharacter is bytes.Equal, without a call for usual letters and spaces.
func sameCharacter(a, b []byte) bool {
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[0] && a[1] == b[1]
	}
	return len(a) == len(b) && a[0] == b[0] && (len(a) == 1 || bytes.Equal(a, b))
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
