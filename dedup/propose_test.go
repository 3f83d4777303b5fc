package dedup

import (
	"slices"
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

// tallies counts the keys of all pairs by walking from document to document.
func tallies(t *rapid.T, m *meetings, by int) (hits, capped map[[2]uint32]uint32) {
	hits, capped = map[[2]uint32]uint32{}, map[[2]uint32]uint32{}
	tally := tally{slots: make([]tallied, 2)} // so that it must grow
	for doc := range uint32(41) {
		tally.reset()
		m.tallyPartners(&tally, doc, by)
		for _, at := range tally.used {
			s := tally.slots[at]
			pair := [2]uint32{doc, s.doc - 1}
			if s.doc-1 <= doc {
				t.Fatalf("%d is a partner of %d", s.doc-1, doc)
			}
			if s.shared[by] > 0 {
				hits[pair] = s.shared[by]
			}
			if s.shared[byCapped] > 0 {
				capped[pair] = s.shared[byCapped]
			}
		}
	}
	return hits, capped
}

func TestMeetings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, docs := drawBuckets(t), drawLengths(t)
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		want, wantCapped, notTried := referencePairs(in, limit, docs)
		m := meet(in, limit, docs)
		hits, capped := tallies(t, m, byBand)
		if d := cmp.Diff(want, hits); d != "" {
			t.Fatal(d)
		}
		if d := cmp.Diff(wantCapped, capped); d != "" {
			t.Fatal(d)
		}
		checkCapped(t, in, limit, notTried, m.cap)
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

// TestCandidates checks the join of the proposals, and the limit on weak ones, against maps; for any number of workers.
func TestCandidates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := drawLengths(t)
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		bands, samples := drawBuckets(t), drawBuckets(t)
		free := freeSamples{make([]uint32, 41), make([]uint32, 41)}
		for i := range free.all {
			free.all[i] = rapid.Uint32Range(0, 40).Draw(t, "sampled")
			free.capped[i] = rapid.Uint32Range(0, free.all[i]).Draw(t, "capped")
		}
		want := referenceCandidates(bands, samples, limit, docs, free)
		for workers := 1; workers < 3; workers++ {
			d := Deduper{opt: Options{Workers: workers}, docs: docs}
			got := d.candidates(t.Context(), meet(bands, limit, docs), meet(samples, limit, docs), free)
			if d := cmp.Diff(want, got, cmp.AllowUnexported(candidate{}, proposed{})); d != "" {
				t.Fatal(d)
			}
		}
	})
}

func referenceCandidates(bands, samples []Bucket, limit int, docs []docInfo, free freeSamples) proposed {
	inBand, cappedBand, _ := referencePairs(bands, limit, docs)
	inSample, cappedSample, _ := referencePairs(samples, limit, docs)
	var out proposed
	for a := range uint32(41) {
		var weak, strong []candidate
		for b := a + 1; b < 41; b++ {
			pair := [2]uint32{a, b}
			band, sample, capped := inBand[pair], inSample[pair], cappedBand[pair]+cappedSample[pair]
			c := candidate{a: a, b: b, shared: [proposals]uint32{band, sample, capped}}
			own, all := min(free.all[a]-free.capped[a], free.all[b]-free.capped[b]), int(min(free.all[a], free.all[b]))
			switch {
			case band+sample+capped == 0:
			case sample == 0 && own >= telling:
				out.boilerplate++
			case band == 0 && !enoughShared(int(sample+capped), all):
			case sample == 0 && !enoughShared(int(capped), all):
				weak = append(weak, c)
			default:
				strong = append(strong, c)
			}
		}
		slices.SortStableFunc(weak, func(x, y candidate) int { return int(y.weight()) - int(x.weight()) })
		if len(weak) > crowd {
			out.crowded += len(weak) - crowd
			weak = weak[:crowd]
		}
		strong = append(strong, weak...)
		slices.SortFunc(strong, func(x, y candidate) int { return int(x.b) - int(y.b) })
		out.pairs = append(out.pairs, strong...)
	}
	return out
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
