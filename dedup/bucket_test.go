package dedup

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A bucket comes back as it was packed, whatever its size.
func TestBucketsPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 2, 17, fewDocuments - 1, fewDocuments, fewDocuments + 1, 3 * fewDocuments}).Draw(t, "documents")
		docs := slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.Uint32(), n, n, rapid.ID[uint32]).Draw(t, "numbers")))
		packed, err := appendBucket([]byte("before"), docs)
		if err != nil {
			t.Fatal(err)
		}
		var r bucketReader
		got, err := r.unpack(nil, packed[len("before"):])
		if err != nil || !slices.Equal(got, docs) {
			t.Fatalf("%v came back as %v, %v", docs, got, err)
		}
	})
}
