// Package ranks tells how many members of a set of numbers stand before one, in one step, where a roaring bitmap adds up all that stands before:
// among millions of documents that is asked millions of times.
package ranks

import "math/bits"

// Set is a set of numbers below its size: a bit each, and four bytes for 64 of them.
type Set struct {
	words  []uint64
	before []uint32 // members before each word, and all of them; nil until Count has counted them
}

// New returns an empty set of numbers below size.
func New(size int) *Set { return &Set{words: make([]uint64, size>>6+1)} }

// Add adds numbers.
func (s *Set) Add(numbers ...uint32) {
	for _, n := range numbers {
		s.words[n>>6] |= 1 << (n & 63)
	}
}

// Count counts the members. It must be called after Add and before Before.
func (s *Set) Count() int {
	s.before = make([]uint32, len(s.words)+1)
	for i, w := range s.words {
		s.before[i+1] = s.before[i] + uint32(bits.OnesCount64(w))
	}
	return int(s.before[len(s.words)])
}

// Before returns how many members are less than n, which is at most the size. Any number of goroutines may ask.
func (s *Set) Before(n int) int {
	return int(s.before[n>>6]) + bits.OnesCount64(s.words[n>>6]&(1<<(n&63)-1))
}
