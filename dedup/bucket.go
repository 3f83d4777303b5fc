package dedup

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// bucketLog holds buckets that are too large to list their pairs, as roaring bitmaps of document numbers. What is walked over again and
// again has a number of four bytes and lies, packed, in memory or in a file.
type bucketLog struct {
	mu     sync.Mutex
	log    *spill.Log
	places paged[int64]
}

func newBucketLog(space *spill.Space) *bucketLog { return &bucketLog{log: spill.NewLog(space)} }

// add packs a bucket and returns its number. Goroutines that share the log hold the lock.
func (l *bucketLog) add(docs []uint32) (number uint32, err error) {
	b := roaring.BitmapOf(docs...)
	b.RunOptimize()
	packed, err := b.ToBytes()
	if err != nil {
		return 0, err
	}
	l.places.add(l.log.Append(packed))
	return uint32(l.places.len() - 1), nil
}

// len is the number of buckets.
func (l *bucketLog) len() int { return l.places.len() }

// bucketReader unpacks buckets of a log that is complete; one for each goroutine. Documents that stand near each other are in the
// same buckets: the last ones unpacked are kept.
type bucketReader struct {
	log    *bucketLog
	bitmap *roaring.Bitmap
	buf    []byte
	recent [recentBuckets]struct {
		number uint32 // plus one
		docs   []uint32
	}
}

const recentBuckets = 64

// read returns the documents of a bucket, ascending; they are good until the next call.
func (r *bucketReader) read(number uint32) ([]uint32, error) {
	at := &r.recent[number%recentBuckets]
	if at.number == number+1 {
		return at.docs, nil
	}
	place := *r.log.places.at(number)
	next := r.log.log.End()
	if int(number)+1 < r.log.len() {
		next = *r.log.places.at(number + 1)
	}
	var raw []byte
	var err error
	if raw, r.buf, err = r.log.log.Read(place, spill.Length(place, next), r.buf); err != nil {
		return nil, err
	}
	if r.bitmap == nil {
		r.bitmap = roaring.New()
	}
	if _, err = r.bitmap.FromBuffer(raw); err != nil {
		return nil, err
	}
	n := int(r.bitmap.GetCardinality())
	at.docs = grow(at.docs, n)
	r.bitmap.ManyIterator().NextMany(at.docs)
	at.number = number + 1
	return at.docs, nil
}
