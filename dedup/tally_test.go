package dedup

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTally counts the partners of one document after the other, some with many and most with few, as a map does.
func TestTally(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tally tally
		for range rapid.IntRange(1, 12).Draw(t, "documents") {
			tally.reset()
			want := map[uint32][proposals]uint32{}
			most := rapid.SampledFrom([]uint32{0, 3, 100, 3000}).Draw(t, "partners")
			seed := rapid.Uint64().Draw(t, "seed")
			for i := range 2 * most {
				seed = remix(seed + uint64(i))
				doc, by := uint32(seed)%most, int(seed>>32)%proposals
				tally.add(doc, by, 1)
				shared := want[doc]
				shared[by]++
				want[doc] = shared
			}
			if len(tally.used) != len(want) {
				t.Fatalf("%d partners, want %d", len(tally.used), len(want))
			}
			for _, at := range tally.used {
				if s := tally.slots[at]; want[s.doc-1] != s.shared {
					t.Fatalf("document %d shares %v, want %v", s.doc-1, s.shared, want[s.doc-1])
				}
			}
		}
		for range 16 { // what was many is few again
			tally.reset()
		}
		for i, s := range tally.slots[:cap(tally.slots)] {
			if s != (tallied{}) {
				t.Fatalf("slot %d is not empty", i)
			}
		}
		if len(tally.slots) != leastSlots {
			t.Fatalf("%d slots are left", len(tally.slots))
		}
	})
}
