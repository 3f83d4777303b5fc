package dedup

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// candidate is a pair of documents, a < b, that a proposer wants compared.
type candidate struct {
	a, b   uint32
	shared [proposals]uint32 // keys that they share, by the proposer
}

// The proposers.
const (
	byBand   = iota // buckets of the sketch
	bySample        // postings of sampled shingles
	byCapped        // buckets and postings that were capped: pairs of neighbours
	proposals
)

// proposer collects the pairs that meet in buckets.
type proposer struct {
	limit  int // documents in a bucket beyond which it is capped
	docs   []docInfo
	pairs  []entry // a pair packed as a<<32|b, and in the place of a document the number of keys it shares
	capped []entry // the same from capped buckets
	cap    Capped
}

// pairHits is a pair packed as a<<32|b and the number of keys it shares.
type pairHits struct {
	pair uint64
	keys uint32
}

// Capped counts what the caps on buckets and postings hid. A capped bucket proposes, for each document, only the pairs with the
// next few and with the longest of the bucket, where it would have proposed all pairs.
type Capped struct {
	Buckets   int    `json:"buckets"`         // sets of documents that were capped
	Keys      int    `json:"keys"`            // keys behind them
	Documents uint64 `json:"documents"`       // documents in at least one of them
	Pairs     uint64 `json:"pairs_not_tried"` // pairs that were not proposed, counted in each capped bucket
	Largest   uint64 `json:"largest"`         // documents of the largest

	docs   *roaring.Bitmap
	keys   []cappedKey
	perDoc []uint32 // keys of capped buckets that each document has
}

// cappedKey is the key of a capped bucket and how many documents have it.
type cappedKey struct {
	key  uint64
	docs uint64
	doc  uint32 // the first of them
}

// neighbours is how many documents after it each document of a capped bucket is still paired with.
const neighbours = 4

// propose returns the pairs of documents that meet in any bucket, and those that capped buckets propose, with the number of
// keys shared.
func propose(buckets []Bucket, limit int, docs []docInfo) (pairs, capped []pairHits, _ Capped) {
	p := proposer{limit: limit, docs: docs, cap: Capped{docs: roaring.New(), perDoc: make([]uint32, len(docs))}}
	for i := range buckets {
		docs := buckets[i].Docs.ToArray()
		if len(docs) > limit {
			p.capBucket(&buckets[i], docs)
			continue
		}
		p.pairs = appendPairs(p.pairs, docs, len(docs), uint32(buckets[i].Keys))
	}
	p.cap.Documents = p.cap.docs.GetCardinality()
	return mergeHits(p.pairs), mergeHits(p.capped), p.cap
}

// appendPairs appends each document's pairs with the reach documents after it.
func appendPairs(dst []entry, docs []uint32, reach int, keys uint32) []entry {
	for i, a := range docs {
		for _, b := range docs[i+1 : min(i+1+reach, len(docs))] {
			dst = append(dst, entry{uint64(a)<<32 | uint64(b), keys})
		}
	}
	return dst
}

func (p *proposer) capBucket(b *Bucket, docs []uint32) {
	n, keys := uint64(len(docs)), uint32(b.Keys)
	before := len(p.capped)
	p.capped = appendPairs(p.capped, docs, neighbours, keys)
	p.capped = p.appendHub(p.capped, docs, keys)
	p.cap.Buckets++
	p.cap.Keys += b.Keys
	p.cap.Pairs += n*(n-1)/2 - uint64(len(p.capped)-before)
	p.cap.Largest = max(p.cap.Largest, n)
	p.cap.docs.Or(b.Docs)
	p.cap.keys = append(p.cap.keys, cappedKey{key: b.key, docs: n, doc: docs[0]})
	for _, d := range docs {
		p.cap.perDoc[d] += keys
	}
}

// appendHub appends the pairs of a bucket's longest document with those that are not its neighbours: a crowd of copies then still meets
// the one that is kept.
func (p *proposer) appendHub(dst []entry, docs []uint32, keys uint32) []entry {
	hub := 0
	for i, d := range docs {
		if p.docs[d].shingles > p.docs[docs[hub]].shingles {
			hub = i
		}
	}
	for i, d := range docs {
		if i+neighbours < hub || i > hub+neighbours {
			a, b := min(d, docs[hub]), max(d, docs[hub])
			dst = append(dst, entry{uint64(a)<<32 | uint64(b), keys})
		}
	}
	return dst
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

// joinHits adds up two sorted lists of pairs.
func joinHits(x, y []pairHits) []pairHits {
	all := make([]entry, 0, len(x)+len(y))
	for _, h := range slices.Concat(x, y) {
		all = append(all, entry{h.pair, h.keys})
	}
	return mergeHits(all)
}

// candidates joins the proposals, each sorted by pair, and drops those with too little in common to matter. It returns how many
// pairs it dropped because all they share is boilerplate, and how many because their document has too many that bands alone
// speak for: in a crowd of texts that share half of their words, every one looks a little like every other.
func candidates(hits [proposals][]pairHits, free freeSamples) (out []candidate, boilerplate, crowded int) {
	var bandOnly crowdCount
	for {
		pair := ^uint64(0)
		for _, h := range hits {
			if len(h) > 0 {
				pair = min(pair, h[0].pair)
			}
		}
		if pair == ^uint64(0) {
			return out, boilerplate, crowded
		}
		c := candidate{a: uint32(pair >> 32), b: uint32(pair)}
		for i, h := range hits {
			if len(h) > 0 && h[0].pair == pair {
				c.shared[i], hits[i] = h[0].keys, h[1:]
			}
		}
		switch {
		case c.shared[bySample] == 0 && free.ofPair(c) >= telling:
			boilerplate++
		case c.shared[byBand] == 0 && !enoughShared(int(c.shared[bySample]+c.shared[byCapped]), free.sampled(c)):
		case c.shared[bySample] == 0 && c.shared[byCapped] == 0 && bandOnly.full(c.a):
			crowded++
		default:
			out = append(out, c)
		}
	}
}

// crowd is how many pairs each document may have with later ones for which bands alone speak.
const crowd = 16

// crowdCount counts such pairs of one document after the other.
type crowdCount struct {
	doc   uint32
	pairs int
}

// full counts a pair of the document and tells whether it has too many.
func (n *crowdCount) full(doc uint32) bool {
	if n.doc != doc {
		*n = crowdCount{doc: doc}
	}
	n.pairs++
	return n.pairs > crowd
}

// telling is the number of sampled shingles, capped ones aside, from which it tells that two texts share none of them: what
// brought them together is boilerplate. Of a pair worth listing, more than a third of the sampled shingles are shared.
const telling = 12

// freeSamples counts the sampled shingles of documents.
type freeSamples struct {
	all    []uint32 // of each document
	capped []uint32 // of these, those whose postings are capped
}

// ofPair is the number of samples that are not capped of the document that has fewer of them.
func (f freeSamples) ofPair(c candidate) uint32 {
	return min(f.all[c.a]-f.capped[c.a], f.all[c.b]-f.capped[c.b])
}

// sampled is the number of samples of the document that has fewer.
func (f freeSamples) sampled(c candidate) int { return int(min(f.all[c.a], f.all[c.b])) }

// enoughShared tells whether shared of n sampled shingles make a containment of .5 or more likely enough to look. Long
// shingles die with every edit: at a containment of .8 by short shingles about half of the long ones survive, so a
// quarter is asked for, and a single one of a handful.
func enoughShared(shared, n int) bool {
	return shared >= 2 && shared*4 >= n || shared == 1 && n <= 4
}
