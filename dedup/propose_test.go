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

// drawLengths draws the documents that the buckets are of.
func drawLengths(t *rapid.T) []docInfo {
	docs := make([]docInfo, 41)
	for i := range docs {
		docs[i].shingles = rapid.Uint32Range(1, 50).Draw(t, "shingles")
	}
	return docs
}

// referencePairs counts the keys of the pairs of the buckets; of a bucket over the limit, apart, only the pairs of which one
// stands at most neighbours places behind the other, or one is the longest (of these the first).
func referencePairs(buckets []Bucket, limit int, docs []docInfo) (hits, capped map[[2]uint32]uint32, notTried uint64) {
	hits, capped = map[[2]uint32]uint32{}, map[[2]uint32]uint32{}
	for _, b := range buckets {
		of := b.Docs.ToArray()
		hub := of[0]
		for _, d := range of {
			if docs[d].shingles > docs[hub].shingles {
				hub = d
			}
		}
		for i := range of {
			for j := i + 1; j < len(of); j++ {
				pair := [2]uint32{of[i], of[j]}
				switch {
				case len(of) <= limit:
					hits[pair] += uint32(b.Keys)
				case j-i <= neighbours || of[i] == hub || of[j] == hub:
					capped[pair] += uint32(b.Keys)
				default:
					notTried++
				}
			}
		}
	}
	return hits, capped, notTried
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
		in, docs := drawBuckets(t), drawLengths(t)
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		want, wantCapped, notTried := referencePairs(in, limit, docs)
		pairs, cappedPairs, capped := propose(in, limit, docs)
		if d := cmp.Diff(want, hitsOf(t, pairs)); d != "" {
			t.Fatal(d)
		}
		if d := cmp.Diff(wantCapped, hitsOf(t, cappedPairs)); d != "" {
			t.Fatal(d)
		}
		checkCapped(t, in, limit, notTried, capped)
	})
}

// checkCapped counts again what the cap hid.
func checkCapped(t *rapid.T, in []Bucket, limit int, notTried uint64, got Capped) {
	want, docs := Capped{Pairs: notTried, perDoc: make([]uint32, 41)}, map[uint32]bool{}
	var keys []cappedKey
	for _, b := range in {
		if n := b.Docs.GetCardinality(); n > uint64(limit) {
			want.Buckets++
			want.Keys += b.Keys
			want.Largest = max(want.Largest, n)
			for _, d := range b.Docs.ToArray() {
				docs[d] = true
				want.perDoc[d] += uint32(b.Keys)
			}
			keys = append(keys, cappedKey{key: b.key, docs: n, doc: b.Docs.Minimum()})
		}
	}
	want.Documents = uint64(len(docs))
	if got.Buckets != want.Buckets || got.Keys != want.Keys || got.Documents != want.Documents || got.Pairs != want.Pairs || got.Largest != want.Largest {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
	if d := cmp.Diff(want.perDoc, got.perDoc); d != "" {
		t.Fatalf("keys of capped buckets by document: %s", d)
	}
	if d := cmp.Diff(keys, got.keys, cmp.AllowUnexported(cappedKey{})); d != "" {
		t.Fatal(d)
	}
}

// TestCandidates checks the join of the proposals against maps.
func TestCandidates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := drawLengths(t)
		var hits [proposals][]pairHits
		var in [proposals]map[[2]uint32]uint32
		for i := range hits {
			hits[i], _, _ = propose(drawBuckets(t), 40, docs)
			in[i] = hitsOf(t, hits[i])
		}
		free := freeSamples{make([]uint32, 41), make([]uint32, 41)}
		for i := range free.all {
			free.all[i] = rapid.Uint32Range(0, 40).Draw(t, "sampled")
			free.capped[i] = rapid.Uint32Range(0, free.all[i]).Draw(t, "capped")
		}
		want, boilerplate, crowded := referenceCandidates(in, free)
		got, gotBoilerplate, gotCrowded := candidates(hits, free)
		if d := cmp.Diff(want, got, cmp.AllowUnexported(candidate{})); d != "" {
			t.Fatal(d)
		}
		if boilerplate != gotBoilerplate || crowded != gotCrowded {
			t.Fatalf("%d boilerplate and %d crowded, want %d and %d", gotBoilerplate, gotCrowded, boilerplate, crowded)
		}
	})
}

func referenceCandidates(in [proposals]map[[2]uint32]uint32, free freeSamples) (out []candidate, boilerplate, crowded int) {
	for a := range uint32(41) {
		bandsAlone := 0
		for b := a + 1; b < 41; b++ {
			pair := [2]uint32{a, b}
			c := candidate{a: a, b: b, shared: [proposals]uint32{in[byBand][pair], in[bySample][pair], in[byCapped][pair]}}
			if c.shared == [proposals]uint32{} {
				continue
			}
			own := min(free.all[a]-free.capped[a], free.all[b]-free.capped[b])
			if c.shared[bySample] == 0 && own >= telling {
				boilerplate++
				continue
			}
			if c.shared[byBand] == 0 && !enoughShared(int(c.shared[bySample]+c.shared[byCapped]), int(min(free.all[a], free.all[b]))) {
				continue
			}
			if c.shared[bySample]+c.shared[byCapped] == 0 {
				if bandsAlone++; bandsAlone > crowd {
					crowded++
					continue
				}
			}
			out = append(out, c)
		}
	}
	return out, boilerplate, crowded
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
