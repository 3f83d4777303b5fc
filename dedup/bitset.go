package dedup

import "math/bits"

// bitset is a set of positions of a text.
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

// eachIn calls f with every member that is in other too. What f adds to other further on may be called.
func (s bitset) eachIn(other bitset, f func(i int32)) {
	for w := range s {
		for word := s[w] & other[w]; word != 0; word &= word - 1 {
			f(int32(w<<6 + bits.TrailingZeros64(word)))
		}
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
