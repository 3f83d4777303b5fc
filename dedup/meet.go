package dedup

import (
	"cmp"
	"context"
	"slices"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// encounter is a pair of documents, a < b, that met, and the number of keys under which they did.
type encounter struct{ a, b, keys uint32 }

// visit says that a document is in a bucket of a bucketLog.
type visit struct{ doc, bucket uint32 }

// meetings are who met whom, in ranges of documents: a pair belongs to the range of the document that was read first, so that all
// that is to be known of a document's partners lies in one place, in memory or in a file.
//
// Small buckets are listed pair by pair. A larger one is kept whole, as a bitmap, and each of its documents only notes that it is in
// it. One over the cap proposes a few pairs for each document, and is listed by these.
type meetings struct {
	shift    uint // a range is 1<<shift documents
	listed   int  // documents of the largest bucket that is listed pair by pair
	docs     *paged[docInfo]
	partners [proposals]*spill.Records[encounter]
	visits   [2]*spill.Records[visit]
	buckets  [2]*bucketLog
	capped   [2]*cappedBuckets
	counts   [2]int // buckets: keys that two or more documents have
	samples  []sampleCount
}

// sampleCount is the number of sampled shingles of a document, and of these, those whose postings are capped.
type sampleCount struct{ all, capped uint32 }

const (
	listedBucket = 16  // documents of the largest bucket that is listed pair by pair
	rangeBlock   = 128 // records that a range grows by
	minRange     = 8   // bits of the smallest range
	manyRanges   = 512
)

func newMeetings(space *spill.Space, docs *paged[docInfo]) *meetings {
	m := &meetings{shift: minRange, docs: docs, samples: make([]sampleCount, docs.len())}
	for i := range m.samples {
		m.samples[i].all = docs.at(uint32(i)).samples
	}
	for docs.len()>>m.shift >= manyRanges {
		m.shift++
	}
	for i := range m.partners {
		m.partners[i] = spill.NewRecords[encounter](space, m.ranges(), rangeBlock)
	}
	for i := range m.visits {
		m.visits[i] = spill.NewRecords[visit](space, m.ranges(), rangeBlock)
		m.buckets[i] = newBucketLog(space)
		m.capped[i] = newCappedBuckets(space)
	}
	return m
}

// ranges is the number of ranges.
func (m *meetings) ranges() int { return (m.docs.len() + 1<<m.shift - 1) >> m.shift }

// meeter finds the meetings of one partition of keys after the other; one for each goroutine.
type meeter struct {
	*meetings
	sorter   keySorter
	work     []uint32
	partners []encounter
	visits   []visit
	err      error
}

// partition notes who met under the keys of one partition. Buckets of more than limit documents are capped.
func (m *meeter) partition(k keyStore, part, by, limit int) error {
	sorted, err := m.sorter.sorted(k, part)
	if err != nil {
		return err
	}
	m.partners, m.visits = m.partners[:0], m.visits[:0]
	count := 0
	m.work = eachBucket(sorted, m.work, func(key uint64, docs []uint32) {
		count++
		switch n := len(docs); {
		case n > limit:
			m.fail(m.capped[by].add(key, docs))
		case n > m.listed:
			m.large(by, docs)
		default:
			m.list(docs)
		}
	})
	m.deliver(by)
	lock(m.buckets[by], func() {
		m.counts[by] += count
		m.fail(m.buckets[by].log.Settle())
	})
	return m.err
}

func (m *meeter) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

// list notes all pairs of a bucket.
func (m *meeter) list(docs []uint32) {
	for i, a := range docs {
		for _, b := range docs[i+1:] {
			m.partners = append(m.partners, encounter{a, b, 1})
		}
	}
}

// large keeps a bucket whole.
func (m *meeter) large(by int, docs []uint32) {
	var number uint32
	lock(m.buckets[by], func() {
		var err error
		number, err = m.buckets[by].add(docs)
		m.fail(err)
	})
	for _, d := range docs[:len(docs)-1] { // the last has none after it
		m.visits = append(m.visits, visit{d, number})
	}
}

func lock(l *bucketLog, do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do()
}

// deliver hands what was noted to the ranges.
func (m *meeter) deliver(by int) {
	to := m.meetings.partners[by]
	to.Lock()
	for _, p := range m.partners {
		to.Append(int(p.a>>m.shift), p)
	}
	m.fail(to.Settle())
	to.Unlock()
	if len(m.visits) == 0 {
		return
	}
	visits := m.meetings.visits[by]
	visits.Lock()
	for _, v := range m.visits {
		visits.Append(int(v.doc>>m.shift), v)
	}
	m.fail(visits.Settle())
	visits.Unlock()
}

// meet notes who met, by both proposers.
func (d *Deduper) meet(ctx context.Context) (*meetings, error) {
	m := newMeetings(d.space, &d.docs)
	m.listed = d.opt.scaled(listedBucket, 2)
	const parts = 1 << partitionBits
	err := d.parallel(ctx, 2*parts, func() func(int) error {
		w := meeter{meetings: m}
		return func(task int) error {
			if task < parts {
				return w.partition(d.bands, task, byBand, d.opt.scaled(d.opt.MaxBucket, 2))
			}
			return w.partition(d.samples, task-parts, bySample, d.opt.scaled(d.opt.MaxPosting, 2))
		}
	})
	if err == nil {
		err = d.parallel(ctx, len(m.capped), func() func(int) error {
			return func(by int) error { return m.listCapped(ctx, by) }
		})
	}
	return m, err
}

// listCapped notes the few pairs that the capped buckets of a proposer propose.
func (m *meetings) listCapped(ctx context.Context, by int) error {
	c := m.capped[by]
	w := meeter{meetings: m}
	r := bucketReader{log: c.log}
	for i := range c.sets {
		docs, err := r.read(uint32(i))
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		hub, keys := longest(docs, m.docs), c.sets[i].keys
		w.listHub(docs, hub, keys)
		c.count(docs, hub, keys)
		if by == bySample {
			for _, doc := range docs {
				m.samples[doc].capped += keys
			}
		}
		w.deliver(byCapped)
		w.partners = w.partners[:0]
	}
	c.Documents = c.docs.GetCardinality()
	return w.err
}

// listHub notes of a capped bucket the pairs of each document with the next few, and those of the longest with all.
func (m *meeter) listHub(docs []uint32, hub int, keys uint32) {
	for i, a := range docs {
		after := docs[i+1:]
		if i != hub {
			after = after[:min(neighbours, len(after))]
		}
		for _, b := range after {
			m.partners = append(m.partners, encounter{a, b, keys})
		}
		if hub > i+neighbours {
			m.partners = append(m.partners, encounter{a, docs[hub], keys})
		}
	}
}

// neighbours is how many documents after it each document of a capped bucket is still paired with.
const neighbours = 4

// longest returns the place of the longest document, of several the first.
func longest(members []uint32, docs *paged[docInfo]) int {
	hub := 0
	for i, d := range members {
		if docs.at(d).shingles > docs.at(members[hub]).shingles {
			hub = i
		}
	}
	return hub
}

// rangeReader walks over the documents of a range with what is noted of each; one for each goroutine.
type rangeReader struct {
	*meetings
	readers  [2]bucketReader
	partners [proposals]byDocument[encounter]
	visits   [2]byDocument[visit]
}

func newRangeReader(m *meetings) *rangeReader {
	r := &rangeReader{meetings: m}
	for by := range r.readers {
		r.readers[by].log = m.buckets[by]
	}
	return r
}

// load takes what is noted of the documents of a range.
func (r *rangeReader) load(number int) (err error) {
	from, n := uint32(number)<<r.shift, 1<<r.shift
	for by, p := range r.meetings.partners {
		at := &r.partners[by]
		if at.taken, err = p.Take(number, at.taken); err != nil {
			return err
		}
		at.arrange(from, n, func(e encounter) uint32 { return e.a })
	}
	for by, v := range r.meetings.visits {
		at := &r.visits[by]
		if at.taken, err = v.Take(number, at.taken); err != nil {
			return err
		}
		at.arrange(from, n, func(v visit) uint32 { return v.doc })
	}
	return nil
}

// tally counts what the partners of a document of the range share with it, those that come after it.
func (r *rangeReader) tally(t *tally, doc uint32) error {
	for by := range r.partners {
		for _, e := range r.partners[by].of(doc) {
			t.add(e.b, by, e.keys)
		}
	}
	for by, counts := range [...]int{byBand, byCommon} {
		for _, v := range r.visits[by].of(doc) {
			docs, err := r.readers[by].read(v.bucket)
			if err != nil {
				return err
			}
			after, _ := slices.BinarySearch(docs, doc+1)
			for _, b := range docs[after:] {
				t.add(b, counts, 1)
			}
		}
	}
	return nil
}

// byDocument are the records of a range of documents, those of one document side by side.
type byDocument[T any] struct {
	taken []T // as they came
	recs  []T
	from  uint32   // first document of the range
	first []uint32 // where the records of each document begin; one more than there are
}

// arrange brings the records taken into the order of the n documents of the range, by counting.
func (b *byDocument[T]) arrange(from uint32, n int, doc func(T) uint32) {
	b.from, b.recs, b.first = from, grow(b.recs, len(b.taken)), grow(b.first, n+1)
	clear(b.first)
	for _, rec := range b.taken {
		b.first[doc(rec)-from+1]++
	}
	for i := range n {
		b.first[i+1] += b.first[i]
	}
	for i := len(b.taken) - 1; i >= 0; i-- { // from behind, for the ends move to the beginnings
		at := &b.first[doc(b.taken[i])-from+1]
		*at--
		b.recs[*at] = b.taken[i]
	}
	copy(b.first, b.first[1:])
	b.first[n] = uint32(len(b.recs))
}

// of returns the records of a document.
func (b *byDocument[T]) of(doc uint32) []T {
	i := doc - b.from
	return b.recs[b.first[i]:b.first[i+1]]
}

// close gives memory and files back.
func (m *meetings) close() error {
	var err error
	for _, p := range m.partners {
		err = cmp.Or(err, p.Close())
	}
	for by := range m.visits {
		err = cmp.Or(err, m.visits[by].Close(), m.buckets[by].log.Close(), m.capped[by].log.log.Close())
	}
	return err
}
