package ranks

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestBefore compares a set with a list.
func TestBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(0, 300).Draw(t, "size")
		s, member := New(size), make([]bool, size)
		if size > 0 {
			for _, n := range rapid.SliceOf(rapid.Uint32Range(0, uint32(size)-1)).Draw(t, "members") {
				s.Add(n)
				member[n] = true
			}
		}
		want := 0
		if got := s.Count(); got != len(slices.DeleteFunc(slices.Clone(member), func(m bool) bool { return !m })) {
			t.Fatalf("%d members counted", got)
		}
		for n := range size {
			if got := s.Before(n); got != want {
				t.Fatalf("%d before %d, not %d", got, n, want)
			}
			if member[n] {
				want++
			}
		}
		if got := s.Before(size); got != want {
			t.Fatalf("%d before the end, not %d", got, want)
		}
	})
}
