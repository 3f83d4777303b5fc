package dedup

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// referenceBuckets lists the documents of each key that two or more have.
func referenceBuckets(entries []entry) map[uint64][]uint32 {
	docs := map[uint64][]uint32{}
	for _, e := range entries {
		docs[e.key()] = append(docs[e.key()], e.doc)
	}
	for key, d := range docs {
		slices.Sort(d)
		if docs[key] = slices.Compact(d); len(docs[key]) < 2 {
			delete(docs, key)
		}
	}
	return docs
}

func TestEachBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntries(t, 400)
		want, got := referenceBuckets(e), map[uint64][]uint32{}
		eachBucket(sortEntries(e, make([]entry, len(e))), nil, func(key uint64, docs []uint32) {
			if got[key] != nil {
				t.Fatalf("two buckets of the key %x", key)
			}
			got[key] = slices.Clone(docs)
		})
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

// TestEachBucketOfOneDocument checks that keys of one document make no bucket, however often it has them.
func TestEachBucketOfOneDocument(t *testing.T) {
	sorted := []entry{newEntry(1, 7), newEntry(1, 7), newEntry(2, 8), newEntry(3, 7)}
	eachBucket(sorted, nil, func(key uint64, docs []uint32) { t.Errorf("bucket %v of key %x, want none", docs, key) })
}
