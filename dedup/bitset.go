package dedup

import "math/bits"

// bitset is a set of positions of a text, or of numbers of documents.
type bitset []uint64

// reset empties the set and gives it room for positions below n.
func (s *bitset) reset(n int) {
	*s = grow(*s, n>>6+1) // one word more than needed: a run that ends at n has a word to end in
	clear(*s)
}

func (s bitset) has(i int32) bool { return s[i>>6]>>(i&63)&1 != 0 }

func (s bitset) set(i int32) { s[i>>6] |= 1 << (i & 63) }

func (s bitset) unset(i int32) { s[i>>6] &^= 1 << (i & 63) }

// count returns the number of members.
func (s bitset) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// setRange adds the positions from i to before j, i < j.
func (s bitset) setRange(i, j int32) {
	first, last := i>>6, (j-1)>>6
	head, tail := ^uint64(0)<<(i&63), ^uint64(0)>>(63-(j-1)&63)
	if first == last {
		s[first] |= head & tail
		return
	}
	s[first] |= head
	for w := first + 1; w < last; w++ {
		s[w] = ^uint64(0)
	}
	s[last] |= tail
}

// nextRun returns the first run of members, one after the other, that begins at i or after: from its first to before its end. It is empty when
// there is none below n.
func (s bitset) nextRun(i, n int32) (from, end int32) {
	from = s.next(i, n, 0)
	return from, s.next(from, n, ^uint64(0))
}

// next returns the first position from i on that is a member, or with all ones to flip, that is none; n when there is none before.
func (s bitset) next(i, n int32, flip uint64) int32 {
	if i >= n {
		return n
	}
	w := i >> 6
	for word := (s[w] ^ flip) & (^uint64(0) << (i & 63)); ; word = s[w] ^ flip {
		if word != 0 {
			return min(n, w<<6+int32(bits.TrailingZeros64(word)))
		}
		if w++; w<<6 >= n {
			return n
		}
	}
}

// some returns which of n positions from i on are members, n from 1 to 64: the first is the lowest bit.
func (s bitset) some(i, n int32) uint64 {
	w, shift := i>>6, i&63
	some := s[w] >> shift
	if shift+n > 64 {
		some |= s[w+1] << (64 - shift)
	}
	return some & (^uint64(0) >> (64 - n))
}

// add adds positions from i on, as some tells them.
func (s bitset) add(i int32, some uint64) {
	w, shift := i>>6, i&63
	s[w] |= some << shift
	if over := some >> 1 >> (63 - shift); over != 0 {
		s[w+1] |= over
	}
}

// countWithout returns the number of members that are not in other.
func (s bitset) countWithout(other bitset) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w &^ other[i])
	}
	return n
}
