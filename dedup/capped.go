package dedup

import (
	"sync"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// Capped counts what the caps on buckets and postings hid. A capped bucket proposes, for each document, only the pairs with the
// next few and with the longest of the bucket, where it would have proposed all pairs.
type Capped struct {
	Buckets   int    `json:"buckets"`         // sets of documents that were capped
	Keys      int    `json:"keys"`            // keys behind them
	Documents uint64 `json:"documents"`       // documents in at least one of them
	Pairs     uint64 `json:"pairs_not_tried"` // pairs that were not proposed, counted in each capped bucket
	Largest   uint64 `json:"largest"`         // documents of the largest
}

// cappedBuckets are the different sets of documents over the cap. A footer puts the same documents into dozens of buckets: they are
// one set with dozens of keys.
type cappedBuckets struct {
	log  *bucketLog
	mu   sync.Mutex
	sets []cappedSet       // by number in the log
	by   map[uint64]uint32 // the number of a set, by the hash of its documents
	docs bitset            // in at least one of them
	Capped
}

type cappedSet struct {
	key  uint64 // the smallest of its keys
	keys uint32
	n    uint32 // documents
	doc  uint32 // the first of them
}

func newCappedBuckets(space *spill.Space, documents int) *cappedBuckets {
	c := &cappedBuckets{log: newBucketLog(space), by: map[uint64]uint32{}}
	c.docs.reset(documents)
	return c
}

// add notes a bucket over the cap. It may be called by many goroutines at once; the numbers of the sets depend on their order, and
// nothing else does.
func (c *cappedBuckets) add(key uint64, docs []uint32) error {
	hash := uint64(len(docs))
	for _, d := range docs {
		hash = remix(hash ^ uint64(d))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if number, ok := c.by[hash]; ok {
		s := &c.sets[number]
		s.keys++
		s.key = min(s.key, key)
		return nil
	}
	number, err := c.log.add(docs)
	if err != nil {
		return err
	}
	c.by[hash] = number
	c.sets = append(c.sets, cappedSet{key: key, keys: 1, n: uint32(len(docs)), doc: docs[0]})
	return c.log.log.Settle()
}

// count adds up what the cap hid of a set.
func (c *cappedBuckets) count(docs []uint32, hub int, keys uint32) {
	n := len(docs)
	c.Buckets++
	c.Keys += int(keys)
	c.Pairs += uint64(n)*uint64(n-1)/2 - uint64(pairsOfCapped(n, hub))
	c.Largest = max(c.Largest, uint64(n))
	for _, doc := range docs {
		c.docs.set(int32(doc))
	}
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
