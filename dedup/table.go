package dedup

import (
	"bytes"
	"math/bits"

	"github.com/corpusctl/corpusctl/shingle"
)

// table is the set of the shingles of one text, by open addressing, and the places where each stands. Positions are numbers of
// characters: a shingle for each.
type table struct {
	text  []byte
	k     int
	chars []int32 // the place in bytes of each character, then the end of the text
	n     int     // shingles, repeats included
	size  int     // different shingles

	slots   []slot
	shift   int
	link    []int32 // of the first position of a shingle the last one, of any other the first
	next    []int32 // the next position of the same shingle, or -1
	repeats bitset  // the positions that are not the first of their shingle
}

// slot is eight bytes, so that the table of an article stays in the nearest cache.
type slot struct {
	tag   uint32 // of the key; the others decide the place
	first int32  // first position of the shingle, plus one; 0 = the slot is free
}

// load makes the table that of text.
func (t *table) load(text []byte, k int) {
	t.text, t.k, t.n, t.size = text, k, shingle.Count(text, k), 0
	t.chars = characters(t.chars, text)
	t.resize(t.n)
	for i := range int32(t.n) {
		s := t.text[t.chars[i]:t.end(i)]
		h := key(s)
		found := t.find(h, s)
		t.next[i] = -1
		if found.first == 0 {
			*found = slot{uint32(h), i + 1}
			t.link[i] = i
			t.size++
			continue
		}
		first := found.first - 1
		last := t.link[first]
		t.next[last], t.link[first], t.link[i] = i, i, first
		t.repeats.set(i)
	}
}

// characters returns the places where the characters of a text begin, and its end, in the room of dst.
func characters(dst []int32, text []byte) []int32 {
	dst = grow(dst, shingle.Count(text, 1)+1)
	n := 0
	for i, c := range text {
		dst[n] = int32(i) // overwritten while no character begins
		n += int(^(c>>7)|c>>6) & 1
	}
	dst[len(dst)-1] = int32(len(text))
	return dst
}

// resize empties the table and gives it room for n shingles at a load of at most one half.
func (t *table) resize(n int) {
	log := bits.Len(uint(max(n, 8))*2 - 1)
	t.shift = 64 - log
	t.slots, t.link, t.next = grow(t.slots, 1<<log), grow(t.link, n), grow(t.next, n)
	clear(t.slots)
	t.repeats.reset(n)
}

// find returns the slot of a shingle, or the free slot where it would go.
func (t *table) find(h uint64, s []byte) *slot {
	mask := len(t.slots) - 1
	for i := int(h >> t.shift); ; i = (i + 1) & mask {
		found := &t.slots[i&mask]
		if found.first == 0 || found.tag == uint32(h) && t.isAt(found.first-1, s) {
			return found
		}
	}
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
	for p, tries := first, 0; p >= 0 && tries < occurrences; p, tries = t.next[p], tries+1 {
		if p >= expected {
			return p
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
