package dedup

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var compareEntries = cmp.AllowUnexported(entry{})

// drawEntries draws entries of few different keys, many of which agree in their upper or lower 32 bits; documents ascend.
func drawEntries(t *rapid.T, most int) []entry {
	half := rapid.SampledFrom([]uint64{0, 1, 2, 0xFF, 0x100, 0x10000, 0x1000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF})
	n, doc := rapid.IntRange(0, most).Draw(t, "entries"), uint32(0)
	e := make([]entry, n)
	if rapid.Bool().Draw(t, "free keys") {
		half = rapid.Uint64Range(0, 1<<32-1)
	}
	for i := range e {
		doc += rapid.Uint32Range(0, 1).Draw(t, "step")
		e[i] = newEntry(half.Draw(t, "high")<<32|half.Draw(t, "low"), doc)
	}
	return e
}

// TestSortEntries checks the sort against a stable one by comparison: the same entries, equal keys side by side and in the order
// in which they came.
func TestSortEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntries(t, 600)
		want := slices.Clone(e)
		slices.SortStableFunc(want, compareKeys)
		if d := cmp.Diff(want, sortEntries(e, make([]entry, len(e))), compareEntries); d != "" {
			t.Fatal(d)
		}
	})
}

// TestSortEntriesOfEveryByte has keys that differ in each single byte, in descending order, beyond the size that is sorted by
// comparison.
func TestSortEntriesOfEveryByte(t *testing.T) {
	var e []entry
	for shift := 56; shift >= 0; shift -= 8 {
		for b := uint64(255); b > 0; b-- {
			e = append(e, newEntry(b<<shift, uint32(len(e))))
		}
	}
	want := slices.Clone(e)
	slices.SortStableFunc(want, compareKeys)
	if d := cmp.Diff(want, sortEntries(e, make([]entry, len(e))), compareEntries); d != "" {
		t.Fatal(d)
	}
}

// TestSortManyEntries sorts entries of a partition of which most keys are free and some stand hundreds of times among their neighbours.
func TestSortManyEntries(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	e := make([]entry, 1<<16)
	for i := range e {
		key := random.Uint64() >> partitionBits
		if i%3 == 0 {
			key = remix(key%20)>>partitionBits&^3 | key&3 // neighbours, each of them often
		}
		e[i] = newEntry(key, uint32(i))
	}
	want := slices.Clone(e)
	slices.SortStableFunc(want, compareKeys)
	if !slices.Equal(want, sortEntries(e, make([]entry, len(e)))) {
		t.Fatal("not in order")
	}
}
