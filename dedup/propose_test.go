package dedup

import (
	gocmp "cmp"
	"context"
	"slices"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// bucket is a set of documents and the keys that all of them have.
type bucket struct {
	docs []uint32
	keys []uint64
}

// drawBuckets draws different sets of documents, in some of which many are consecutive; no two share a key.
func drawBuckets(t *rapid.T) []bucket {
	var out []bucket
	for range rapid.IntRange(0, 12).Draw(t, "buckets") {
		docs := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 40), 2, 30, rapid.ID[uint32]).Draw(t, "docs")
		slices.Sort(docs)
		if slices.ContainsFunc(out, func(b bucket) bool { return slices.Equal(b.docs, docs) }) {
			continue
		}
		b := bucket{docs: docs}
		for range rapid.IntRange(1, 5).Draw(t, "keys") {
			b.keys = append(b.keys, remix(uint64(len(out)*8+len(b.keys))))
		}
		out = append(out, b)
	}
	return out
}

// meetingsOf makes a Deduper of 41 documents with these buckets, and lays out who met.
func meetingsOf(t *rapid.T, bands, samples []bucket, opt Options, docs []docInfo) (*Deduper, *meetings) {
	opt, err := opt.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	d := &Deduper{opt: opt, docs: *pagedOf(docs...), bands: newKeyStore(nil), samples: newKeyStore(nil), texts: newTexts(nil)}
	for doc := range uint32(41) {
		d.texts.add([]byte("x"), xxhash.Sum64String("x"))
		for by, buckets := range [][]bucket{bands, samples} {
			for _, b := range buckets {
				if slices.Contains(b.docs, doc) {
					[]keyStore{d.bands, d.samples}[by].add(b.keys, doc)
				}
			}
		}
	}
	m, err := d.meet(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d, m
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
func referencePairs(buckets []bucket, limit int, docs []docInfo) (hits, capped map[[2]uint32]uint32, notTried uint64) {
	hits, capped = map[[2]uint32]uint32{}, map[[2]uint32]uint32{}
	for _, b := range buckets {
		of, keys := b.docs, uint32(len(b.keys))
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
					hits[pair] += keys
				case j-i <= neighbours || of[i] == hub || of[j] == hub:
					capped[pair] += keys
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
	r := newRangeReader(m)
	for number := range m.ranges() {
		if err := r.load(number); err != nil {
			t.Fatal(err)
		}
		for doc := uint32(number) << m.shift; doc < min(uint32(number+1)<<m.shift, 41); doc++ {
			tally.reset()
			if err := r.tally(&tally, doc); err != nil {
				t.Fatal(err)
			}
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
	}
	return hits, capped
}

func TestMeetings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, docs := drawBuckets(t), drawLengths(t)
		most := rapid.IntRange(2, 400).Draw(t, "most") // with a sample of a tenth, buckets of more than 6 are kept whole
		opt := Options{MaxBucket: most, MaxPosting: most, Workers: 2, Sampled: rapid.SampledFrom([]float64{.1, 1}).Draw(t, "sampled")}
		limit := opt.scaled(most, 2)
		want, wantCapped, notTried := referencePairs(in, limit, docs)
		_, m := meetingsOf(t, in, nil, opt, docs)
		hits, capped := tallies(t, m, byBand)
		if d := cmp.Diff(want, hits); d != "" {
			t.Fatal(d)
		}
		if d := cmp.Diff(wantCapped, capped); d != "" {
			t.Fatal(d)
		}
		checkCapped(t, in, limit, notTried, m.capped[byBand])
		_, m = meetingsOf(t, nil, in, opt, docs)
		checkPerDoc(t, in, limit, cappedOf(m))
	})
}

// checkCapped counts again what the cap hid.
func checkCapped(t *rapid.T, in []bucket, limit int, notTried uint64, got *cappedBuckets) {
	want, docs := Capped{Pairs: notTried}, map[uint32]bool{}
	var sets []cappedSet
	for _, b := range in {
		if n := len(b.docs); n > limit {
			want.Buckets++
			want.Keys += len(b.keys)
			want.Largest = max(want.Largest, uint64(n))
			for _, d := range b.docs {
				docs[d] = true
			}
			sets = append(sets, cappedSet{key: slices.Min(b.keys), keys: uint32(len(b.keys)), n: uint32(n), doc: b.docs[0]})
		}
	}
	want.Documents = uint64(len(docs))
	if got.Capped != want {
		t.Fatalf("got  %+v\nwant %+v", got.Capped, want)
	}
	byKey := func(x, y cappedSet) int { return gocmp.Compare(x.key, y.key) }
	slices.SortFunc(sets, byKey)
	found := slices.SortedFunc(slices.Values(got.sets), byKey)
	if !slices.Equal(sets, found) {
		t.Fatalf("got %+v, want %+v", found, sets)
	}
}

// cappedOf lists the keys of capped postings of each document.
func cappedOf(m *meetings) (out []uint32) {
	for _, s := range m.samples {
		out = append(out, s.capped)
	}
	return out
}

// checkPerDoc counts again the keys of capped postings that each document has.
func checkPerDoc(t *rapid.T, in []bucket, limit int, got []uint32) {
	want := make([]uint32, 41)
	for _, b := range in {
		if len(b.docs) > limit {
			for _, d := range b.docs {
				want[d] += uint32(len(b.keys))
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
}

// TestCandidates checks the join of the proposals, and the limit on weak ones, against maps; for any number of workers.
func TestCandidates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := drawLengths(t)
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		bands, samples := drawBuckets(t), drawBuckets(t)
		for i := range docs {
			docs[i].samples = 60 + rapid.Uint32Range(0, 40).Draw(t, "sampled")
		}
		opt := Options{MaxBucket: limit, MaxPosting: limit, Workers: rapid.IntRange(1, 2).Draw(t, "workers")}
		_, m := meetingsOf(t, bands, samples, opt, docs)
		most, asked := rapid.IntRange(0, 9).Draw(t, "most"), rapid.IntRange(250, 500).Draw(t, "asked")
		want := referenceCandidates(bands, samples, limit, most, asked, docs, cappedOf(m))
		p := proposer{meetings: m, reader: newRangeReader(m), few: crowd, most: most, asked: asked}
		if err := p.proposeRange(0); err != nil || m.ranges() != 1 {
			t.Fatal(err, m.ranges())
		}
		if d := cmp.Diff(want, p.proposed, cmp.AllowUnexported(candidate{}, proposed{}), cmpopts.EquateEmpty()); d != "" {
			t.Fatal(d)
		}
	})
}

func referenceCandidates(bands, samples []bucket, limit, most, asked int, docs []docInfo, cappedOf []uint32) proposed {
	inBand, cappedBand, _ := referencePairs(bands, limit, docs)
	inSample, cappedSample, _ := referencePairs(samples, limit, docs)
	inRare, _, _ := referencePairs(samples, min(limit, listedBucket), docs)
	var out proposed
	for a := range uint32(41) {
		var weak, faint, strong []candidate
		for b := a + 1; b < 41; b++ {
			pair := [2]uint32{a, b}
			band, sample, capped := inBand[pair], inSample[pair], cappedBand[pair]+cappedSample[pair]
			rare := inRare[pair]
			c := candidate{a: a, b: b, shared: [proposals]uint32{band, rare, sample - rare, capped}}
			own, all := min(docs[a].samples-cappedOf[a], docs[b].samples-cappedOf[b]), int(min(docs[a].samples, docs[b].samples))
			switch {
			case band+sample+capped == 0:
			case sample == 0 && own >= telling:
				out.boilerplate++
			case band == 0 && !enoughShared(int(sample+capped), all):
			case sample == 0 && !enoughShared(int(capped), all):
				weak = append(weak, c)
			case band == 0 && !enoughShared(int(rare), all) && 2*int(sample+capped) < all:
				if float64(2*rare+(sample-rare)+capped)/float64(all) >= float64(asked)/1000 {
					faint = append(faint, c)
				}
			default:
				strong = append(strong, c)
			}
		}
		for list, limit := range map[*[]candidate]int{&weak: crowd, &faint: most} {
			slices.SortStableFunc(*list, func(x, y candidate) int { return int(y.weight()) - int(x.weight()) })
			some := (*list)[:min(limit, len(*list))]
			out.crowded += len(*list) - len(some)
			strong = append(strong, some...)
		}
		slices.SortFunc(strong, func(x, y candidate) int { return int(x.b) - int(y.b) })
		out.pairs = append(out.pairs, strong...)
	}
	return out
}

// TestFaint checks what is asked of pairs of little in common by the size of the corpus.
func TestFaint(t *testing.T) {
	for _, c := range []struct{ documents, most, asked int }{
		{0, 128, 250}, {1, 128, 250}, {31_030, 128, 250}, {100_000, 41, 250}, {1 << 17, 32, 250}, {1 << 18, 16, 273},
		{1_000_000, 4, 317}, {10_000_000, 2, 393}, {1_000_000_000, 2, 546},
	} {
		if most, asked := faintCrowd(c.documents), faintAsked(c.documents); most != c.most || asked != c.asked {
			t.Errorf("%d documents: %d pairs a document, %d thousandths, want %d, %d", c.documents, most, asked, c.most, c.asked)
		}
	}
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
