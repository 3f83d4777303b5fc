package dedup

import (
	"github.com/RoaringBitmap/roaring/v2"
)

// meetings are the buckets of one proposer laid out for walking: from a document to its buckets, from a bucket to its members.
type meetings struct {
	members []uint32 // of all buckets, bucket after bucket, ascending within each
	buckets []meeting
	visits  []visit // of all documents, document after document
	first   []int   // where a document's visits begin; one more than there are documents
	cap     Capped
}

// meeting is one bucket.
type meeting struct {
	start, end int // in members
	keys       uint32
	hub        int // of a capped bucket, the place of its longest document; else notCapped
}

const notCapped = -1

// visit is a document's place in a bucket.
type visit struct{ bucket, place uint32 }

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

// meet lays buckets out. Those of more than limit documents are capped.
func meet(buckets []Bucket, limit int, docs []docInfo) *meetings {
	m := &meetings{first: make([]int, len(docs)+1), cap: Capped{docs: roaring.New(), perDoc: make([]uint32, len(docs))}}
	for i := range buckets {
		start := len(m.members)
		m.members = append(m.members, buckets[i].Docs.ToArray()...)
		m.buckets = append(m.buckets, meeting{start: start, end: len(m.members), keys: uint32(buckets[i].Keys), hub: notCapped})
		if len(m.members)-start > limit {
			m.capBucket(i, &buckets[i], docs)
		}
	}
	m.cap.Documents = m.cap.docs.GetCardinality()
	m.visit()
	return m
}

// visit notes for each document the buckets it is in.
func (m *meetings) visit() {
	for _, doc := range m.members {
		m.first[doc+1]++
	}
	for doc := 1; doc < len(m.first); doc++ {
		m.first[doc] += m.first[doc-1]
	}
	m.visits = make([]visit, len(m.members))
	next := append([]int(nil), m.first...)
	for i, b := range m.buckets {
		for place, doc := range m.members[b.start:b.end] {
			m.visits[next[doc]] = visit{uint32(i), uint32(place)}
			next[doc]++
		}
	}
}

func (m *meetings) capBucket(i int, b *Bucket, docs []docInfo) {
	members := m.members[m.buckets[i].start:]
	hub := longest(members, docs)
	m.buckets[i].hub = hub
	n, c := len(members), &m.cap
	c.Buckets++
	c.Keys += b.Keys
	c.Pairs += uint64(n)*uint64(n-1)/2 - uint64(pairsOfCapped(n, hub))
	c.Largest = max(c.Largest, uint64(n))
	c.docs.Or(b.Docs)
	c.keys = append(c.keys, cappedKey{key: b.key, docs: uint64(n), doc: members[0]})
	for _, d := range members {
		c.perDoc[d] += uint32(b.Keys)
	}
}

// longest returns the place of the longest document, of several the first.
func longest(members []uint32, docs []docInfo) int {
	hub := 0
	for i, d := range members {
		if docs[d].shingles > docs[members[hub]].shingles {
			hub = i
		}
	}
	return hub
}

// pairsOfCapped is how many pairs a capped bucket of n documents proposes: each document's with its neighbours, and the hub's with
// all others.
func pairsOfCapped(n, hub int) int {
	pairs := max(0, hub-neighbours) + max(0, n-1-hub-neighbours)
	for after := range n {
		pairs += min(neighbours, after)
	}
	return pairs
}

// tallyPartners counts what the partners of a document share with it, those that come after it. Of a capped bucket these are the
// next few and its longest document: a crowd of copies then still meets the one that is kept.
func (m *meetings) tallyPartners(t *tally, doc uint32, by int) {
	for _, v := range m.visits[m.first[doc]:m.first[doc+1]] {
		b, place := &m.buckets[v.bucket], int(v.place)
		members := m.members[b.start:b.end]
		after := members[place+1:]
		if b.hub == notCapped {
			t.addAll(after, by, b.keys)
			continue
		}
		if place != b.hub {
			after = after[:min(neighbours, len(after))]
		}
		t.addAll(after, byCapped, b.keys)
		if b.hub > place+neighbours {
			t.addAll(members[b.hub:b.hub+1], byCapped, b.keys)
		}
	}
}
