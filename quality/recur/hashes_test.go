package recur

import (
	"math/rand/v2"
	"testing"
)

// TestHashes adds hashes that begin to look at few places, and compares with a map.
func TestHashes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, values := range []uint64{3, 1000, 1 << 40} {
		var s hashes
		seen := map[uint64]bool{}
		for range 20_000 {
			h := r.Uint64N(values)
			if values > 1000 {
				h <<= 24
			}
			known := seen[h] || h < 2 && (seen[0] || seen[1])
			if got := s.has(h, 1); got != known {
				t.Fatalf("%x: %v, want %v", h, got, known)
			}
			if !known {
				s.add(h, 1)
				seen[h] = true
			}
		}
		if s.n != len(seen) {
			t.Errorf("%d hashes, want %d", s.n, len(seen))
		}
	}
}
