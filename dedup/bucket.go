package dedup

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Bucket is a set of two or more documents that met, and the number of keys under which exactly these met. Near copies meet
// under many keys; they make one bucket.
type Bucket struct {
	Docs *roaring.Bitmap
	Keys int
	key  uint64 // one of the keys, to find what they share
}

// buckets returns the buckets of sorted entries. Keys that only one document has are passed over: they never become bitmaps.
func buckets(sorted []entry) []Bucket {
	sets := memberSets(sorted)
	out := make([]Bucket, 0, len(sets))
	for i := 0; i < len(sets); {
		j := i + 1
		for j < len(sets) && sets[j].hash == sets[i].hash && slices.Equal(sets[j].docs, sets[i].docs) {
			j++
		}
		out = append(out, Bucket{Docs: roaring.BitmapOf(sets[i].docs...), Keys: j - i, key: sets[i].key})
		i = j
	}
	return out
}

// memberSet is the documents of one key, ascending.
type memberSet struct {
	hash uint64 // of docs
	key  uint64
	docs []uint32
}

// memberSets returns the member set of each key that two or more documents have, equal sets side by side.
func memberSets(sorted []entry) []memberSet {
	var sets []memberSet
	var arena []uint32
	for i := 0; i < len(sorted); {
		j := i + 1
		for j < len(sorted) && sorted[j].key == sorted[i].key {
			j++
		}
		if sorted[j-1].doc != sorted[i].doc {
			from, hash := len(arena), uint64(0)
			for _, e := range sorted[i:j] {
				if len(arena) == from || arena[len(arena)-1] != e.doc {
					arena = append(arena, e.doc)
					hash = remix(hash ^ uint64(e.doc))
				}
			}
			sets = append(sets, memberSet{hash: hash, key: sorted[i].key, docs: arena[from:len(arena):len(arena)]})
		}
		i = j
	}
	return sideBySide(sets)
}

// sideBySide brings equal sets together.
func sideBySide(sets []memberSet) []memberSet {
	order := make([]entry, len(sets))
	for i := range sets {
		order[i] = entry{sets[i].hash, uint32(i)}
	}
	out := make([]memberSet, 0, len(sets))
	for _, e := range sortEntries(order, make([]entry, len(order))) {
		out = append(out, sets[e.doc])
	}
	return out
}
