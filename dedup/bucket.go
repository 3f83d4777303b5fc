package dedup

import (
	"encoding/binary"
	"errors"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// bucketLog holds buckets that are too large to list their pairs, as roaring bitmaps of document numbers; those of few documents as the steps from
// one to the next, since these have a container of the bitmap almost each to themselves. What is walked over again and again has a number of
// four bytes and lies, packed, in memory or in a file.
type bucketLog struct {
	mu     sync.Mutex
	log    *spill.Log
	places paged[int64]
	packed []byte // work space of add
}

func newBucketLog(space *spill.Space) *bucketLog { return &bucketLog{log: spill.NewLog(space)} }

// fewDocuments is the size of the largest bucket that is packed as steps.
const fewDocuments = 256

// The first byte of a packed bucket.
const (
	packedSteps  = iota // uvarints follow
	packedBitmap        // a roaring bitmap in its usual format follows
)

// add packs a bucket and returns its number. Goroutines that share the log hold the lock.
func (l *bucketLog) add(docs []uint32) (number uint32, err error) {
	if l.packed, err = appendBucket(l.packed[:0], docs); err != nil {
		return 0, err
	}
	l.places.add(l.log.Append(l.packed))
	return uint32(l.places.len() - 1), nil
}

// appendBucket packs documents, ascending.
func appendBucket(dst []byte, docs []uint32) ([]byte, error) {
	if len(docs) > fewDocuments {
		b := roaring.BitmapOf(docs...)
		b.RunOptimize()
		packed, err := b.ToBytes()
		return append(append(dst, packedBitmap), packed...), err
	}
	dst = append(dst, packedSteps)
	last := uint32(0)
	for _, d := range docs {
		dst = binary.AppendUvarint(dst, uint64(d-last))
		last = d
	}
	return dst, nil
}

// len is the number of buckets.
func (l *bucketLog) len() int { return l.places.len() }

// bucketReader unpacks buckets of a log that is complete; one for each goroutine. Documents that stand near each other are in the
// same buckets: the last ones unpacked are kept.
type bucketReader struct {
	log    *bucketLog
	bitmap roaring.Bitmap
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
	if at.docs, err = r.unpack(at.docs, raw); err != nil {
		return nil, err
	}
	at.number = number + 1
	return at.docs, nil
}

// unpack returns the documents of a packed bucket, in buf where it is long enough.
func (r *bucketReader) unpack(buf []uint32, raw []byte) ([]uint32, error) {
	if raw[0] == packedSteps {
		return unpackSteps(buf[:0], raw[1:])
	}
	if _, err := r.bitmap.FromBuffer(raw[1:]); err != nil {
		return nil, err
	}
	buf = grow(buf, int(r.bitmap.GetCardinality()))
	r.bitmap.ManyIterator().NextMany(buf)
	return buf, nil
}

func unpackSteps(dst []uint32, raw []byte) ([]uint32, error) {
	doc := uint32(0)
	for len(raw) > 0 {
		step, n := binary.Uvarint(raw)
		if n <= 0 {
			return nil, errors.New("a bucket is damaged")
		}
		doc += uint32(step)
		dst, raw = append(dst, doc), raw[n:]
	}
	return dst, nil
}
