package dedup

import "github.com/RoaringBitmap/roaring/v2"

// candidate is a pair of documents, a < b, that a proposer wants compared.
type candidate struct {
	a, b    uint32
	bands   uint16 // buckets of the sketch that they share
	samples uint16 // sampled shingles that they share
}

// proposer collects the pairs that meet in buckets.
type proposer struct {
	limit int     // documents in a bucket beyond which it is capped
	pairs []entry // a pair packed as a<<32|b, and in the place of a document the number of keys it shares
	cap   Capped
}

// pairHits is a pair packed as a<<32|b and the number of keys it shares.
type pairHits struct {
	pair uint64
	keys uint32
}

// Capped counts what the caps on buckets and postings hid. A capped bucket proposes only pairs of neighbours, about
// neighbours for each document, where it would have proposed all pairs.
type Capped struct {
	Buckets   int    `json:"buckets"`         // sets of documents that were capped
	Keys      int    `json:"keys"`            // keys behind them
	Documents uint64 `json:"documents"`       // documents in at least one of them
	Pairs     uint64 `json:"pairs_not_tried"` // pairs that were not proposed, counted in each capped bucket
	Largest   uint64 `json:"largest"`         // documents of the largest

	docs *roaring.Bitmap
	keys []cappedKey
}

// cappedKey is the key of a capped bucket and how many documents have it.
type cappedKey struct {
	key  uint64
	docs uint64
	doc  uint32 // the first of them
}

// neighbours is how many documents after it each document of a capped bucket is still paired with.
const neighbours = 4

// propose returns the pairs that meet in any bucket, with the number of keys shared.
func propose(buckets []Bucket, limit int) ([]pairHits, Capped) {
	p := proposer{limit: limit, cap: Capped{docs: roaring.New()}}
	var docs []uint32
	for i := range buckets {
		docs = buckets[i].Docs.ToArray()
		if len(docs) > limit {
			p.capBucket(&buckets[i], docs)
			continue
		}
		p.addPairs(docs, len(docs), uint32(buckets[i].Keys))
	}
	p.cap.Documents = p.cap.docs.GetCardinality()
	return mergeHits(p.pairs), p.cap
}

// addPairs adds each document's pairs with the reach documents after it.
func (p *proposer) addPairs(docs []uint32, reach int, keys uint32) {
	for i, a := range docs {
		for _, b := range docs[i+1 : min(i+1+reach, len(docs))] {
			p.pairs = append(p.pairs, entry{uint64(a)<<32 | uint64(b), keys})
		}
	}
}

func (p *proposer) capBucket(b *Bucket, docs []uint32) {
	n, before := uint64(len(docs)), len(p.pairs)
	p.addPairs(docs, neighbours, uint32(b.Keys))
	p.cap.Buckets++
	p.cap.Keys += b.Keys
	p.cap.Pairs += n*(n-1)/2 - uint64(len(p.pairs)-before)
	p.cap.Largest = max(p.cap.Largest, n)
	p.cap.docs.Or(b.Docs)
	p.cap.keys = append(p.cap.keys, cappedKey{key: b.key, docs: n, doc: docs[0]})
}

// mergeHits sorts pairs and adds up the keys of equal ones.
func mergeHits(pairs []entry) []pairHits {
	pairs = sortEntries(pairs, make([]entry, len(pairs)))
	var out []pairHits
	for _, e := range pairs {
		if n := len(out); n > 0 && out[n-1].pair == e.key {
			out[n-1].keys += e.doc
		} else {
			out = append(out, pairHits{e.key, e.doc})
		}
	}
	return out
}

// candidates joins the proposals of bands and of sampled shingles, sorted by pair, and drops those with too little in common to
// matter: a pair that only sampled shingles propose must share enough of the smaller sample.
func candidates(bands, samples []pairHits, sampled []uint32) []candidate {
	var out []candidate
	for len(bands)+len(samples) > 0 {
		var c candidate
		switch {
		case len(samples) == 0 || len(bands) > 0 && bands[0].pair < samples[0].pair:
			c, bands = newCandidate(bands[0].pair, bands[0].keys, 0), bands[1:]
		case len(bands) == 0 || samples[0].pair < bands[0].pair:
			c, samples = newCandidate(samples[0].pair, 0, samples[0].keys), samples[1:]
		default:
			c = newCandidate(bands[0].pair, bands[0].keys, samples[0].keys)
			bands, samples = bands[1:], samples[1:]
		}
		if c.bands > 0 || enoughShared(int(c.samples), int(min(sampled[c.a], sampled[c.b]))) {
			out = append(out, c)
		}
	}
	return out
}

func newCandidate(pair uint64, bands, samples uint32) candidate {
	return candidate{a: uint32(pair >> 32), b: uint32(pair), bands: uint16(min(bands, 1<<16-1)), samples: uint16(min(samples, 1<<16-1))}
}

// enoughShared tells whether shared of n sampled shingles make a containment of .5 or more likely enough to look. Long
// shingles die with every edit: at a containment of .8 by short shingles about half of the long ones survive, so a
// quarter is asked for, and a single one of a handful.
func enoughShared(shared, n int) bool {
	return shared >= 2 && shared*4 >= n || shared == 1 && n <= 4
}
