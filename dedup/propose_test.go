package dedup

import (
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawBuckets draws sets of documents, in some of which many are consecutive.
func drawBuckets(t *rapid.T) []Bucket {
	out := make([]Bucket, rapid.IntRange(0, 12).Draw(t, "buckets"))
	for i := range out {
		docs := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 40), 2, 30, rapid.ID[uint32]).Draw(t, "docs")
		out[i] = Bucket{Docs: roaring.BitmapOf(docs...), Keys: rapid.IntRange(1, 5).Draw(t, "keys"), key: uint64(i)}
	}
	return out
}

// referencePairs counts the keys of the pairs of the buckets; of a bucket over the limit only the pairs of which one stands at
// most neighbours places behind the other.
func referencePairs(buckets []Bucket, limit int) (hits map[[2]uint32]uint32, notTried uint64) {
	hits = map[[2]uint32]uint32{}
	for _, b := range buckets {
		docs := b.Docs.ToArray()
		for i := range docs {
			for j := i + 1; j < len(docs); j++ {
				if len(docs) > limit && j-i > neighbours {
					notTried++
					continue
				}
				hits[[2]uint32{docs[i], docs[j]}] += uint32(b.Keys)
			}
		}
	}
	return hits, notTried
}

// hitsOf turns proposed pairs into a map, after checking their order.
func hitsOf(t *rapid.T, pairs []pairHits) map[[2]uint32]uint32 {
	out := map[[2]uint32]uint32{}
	for i, p := range pairs {
		if i > 0 && pairs[i-1].pair >= p.pair {
			t.Fatalf("pair %#x stands after %#x", p.pair, pairs[i-1].pair)
		}
		out[[2]uint32{uint32(p.pair >> 32), uint32(p.pair)}] = p.keys
	}
	return out
}

func TestPropose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawBuckets(t)
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		want, notTried := referencePairs(in, limit)
		pairs, capped := propose(in, limit)
		if d := cmp.Diff(want, hitsOf(t, pairs)); d != "" {
			t.Fatal(d)
		}
		checkCapped(t, in, limit, notTried, capped)
	})
}

// checkCapped counts again what the cap hid.
func checkCapped(t *rapid.T, in []Bucket, limit int, notTried uint64, got Capped) {
	want, docs := Capped{Pairs: notTried}, map[uint32]bool{}
	var keys []cappedKey
	for _, b := range in {
		if n := b.Docs.GetCardinality(); n > uint64(limit) {
			want.Buckets++
			want.Keys += b.Keys
			want.Largest = max(want.Largest, n)
			for _, d := range b.Docs.ToArray() {
				docs[d] = true
			}
			keys = append(keys, cappedKey{key: b.key, docs: n, doc: b.Docs.Minimum()})
		}
	}
	want.Documents = uint64(len(docs))
	if got.Buckets != want.Buckets || got.Keys != want.Keys || got.Documents != want.Documents || got.Pairs != want.Pairs || got.Largest != want.Largest {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
	if d := cmp.Diff(keys, got.keys, cmp.AllowUnexported(cappedKey{})); d != "" {
		t.Fatal(d)
	}
}

// TestCandidates checks the join of the two proposals against maps.
func TestCandidates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bands, _ := propose(drawBuckets(t), 40)
		samples, _ := propose(drawBuckets(t), 40)
		sampled := rapid.SliceOfN(rapid.Uint32Range(0, 20), 41, 41).Draw(t, "sampled")
		want, inBands := hitsOf(t, samples), hitsOf(t, bands)
		for pair, n := range want {
			if inBands[pair] == 0 && !enoughShared(int(n), int(min(sampled[pair[0]], sampled[pair[1]]))) {
				delete(want, pair)
			}
		}
		for pair := range inBands {
			want[pair] += 0
		}
		got := map[[2]uint32]uint32{}
		last := uint64(0)
		for _, c := range candidates(bands, samples, sampled) {
			if at := uint64(c.a)<<32 | uint64(c.b); at <= last {
				t.Fatalf("candidate %d, %d out of order", c.a, c.b)
			} else {
				last = at
			}
			pair := [2]uint32{c.a, c.b}
			got[pair] = uint32(c.samples)
			if uint32(c.bands) != inBands[pair] {
				t.Fatalf("%v shares %d buckets, want %d", pair, c.bands, inBands[pair])
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func TestEnoughShared(t *testing.T) {
	for _, c := range []struct {
		shared, of int
		want       bool
	}{{0, 0, false}, {0, 4, false}, {1, 1, true}, {1, 4, true}, {1, 5, false}, {2, 5, true}, {2, 8, true}, {2, 9, false}, {25, 100, true}, {24, 100, false}} {
		if got := enoughShared(c.shared, c.of); got != c.want {
			t.Errorf("enoughShared(%d, %d) = %v", c.shared, c.of, got)
		}
	}
}

func TestManyKeysDoNotWrap(t *testing.T) {
	if c := newCandidate(3<<32|9, 1<<20, 1<<16); c != (candidate{a: 3, b: 9, bands: 1<<16 - 1, samples: 1<<16 - 1}) {
		t.Errorf("got %+v", c)
	}
}
