package dedup

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// referenceBuckets counts, for each set of two or more documents, written as text, the keys that exactly these have.
func referenceBuckets(entries []entry) (keys map[string]int, setOf map[uint64]string) {
	docs := map[uint64][]uint32{}
	for _, e := range entries {
		docs[e.key] = append(docs[e.key], e.doc)
	}
	keys, setOf = map[string]int{}, map[uint64]string{}
	for key, d := range docs {
		slices.Sort(d)
		if d = slices.Compact(d); len(d) > 1 {
			setOf[key] = fmt.Sprint(d)
			keys[setOf[key]]++
		}
	}
	return keys, setOf
}

func TestBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntries(t, 400)
		want, setOf := referenceBuckets(e)
		got := map[string]int{}
		for _, b := range buckets(sortEntries(e, make([]entry, len(e)))) {
			set := fmt.Sprint(b.Docs.ToArray())
			if got[set] > 0 {
				t.Fatalf("two buckets hold %s", set)
			}
			got[set] = b.Keys
			if setOf[b.key] != set {
				t.Fatalf("the bucket %s names a key of %s", set, setOf[b.key])
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

// TestBucketsOfOneDocument checks that keys of one document make no bucket, however often it has them.
func TestBucketsOfOneDocument(t *testing.T) {
	if b := buckets([]entry{{1, 7}, {1, 7}, {2, 8}, {3, 7}}); len(b) != 0 {
		t.Errorf("%d buckets, want none", len(b))
	}
}
