package dedup

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// encounter is a pair of documents, a < b, that met under a key.
type encounter struct{ a, b uint32 }

// visit says that a document is in a bucket of a bucketLog.
type visit struct{ doc, bucket uint32 }

// meetings are who met whom, in ranges of documents: a pair belongs to the range of the document that was read first, so that all
// that is to be known of a document's partners lies in one place, in memory or in a file.
//
// Small buckets are listed pair by pair. Of a larger one each document notes those that follow it there. The largest are kept whole, as bitmaps,
// and each of their documents only notes that it is in it. Where one is over the cap, each document notes a few.
type meetings struct {
	shift    uint // a range is 1<<shift documents
	listed   int  // documents of the largest bucket that is listed pair by pair
	rowed    int  // and of which rows are noted
	docs     *paged[docInfo]
	partners [2]*spill.Records[encounter]
	rows     [len(rowsCount)]*spill.Records[uint32] // a document, under how many keys, how many follow it in a bucket, and these
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
	rowBucket    = 64  // documents of the largest bucket of which each document notes those that follow
	rangeBlock   = 128 // records that a range grows by
	minRange     = 8   // bits of the smallest range
	manyRanges   = 512
)

// rowsCount is by which proposer the documents of rows are counted, those of capped buckets last.
var rowsCount = [...]int{byBand, byCommon, byCapped}

const cappedRows = 2

func newMeetings(space *spill.Space, docs *paged[docInfo]) *meetings {
	m := &meetings{shift: minRange, docs: docs, samples: make([]sampleCount, docs.len())}
	for i := range m.samples {
		m.samples[i].all = docs.at(uint32(i)).samples
	}
	for docs.len()>>m.shift >= manyRanges {
		m.shift++
	}
	for i := range m.rows {
		m.rows[i] = spill.NewRecords[uint32](space, m.ranges(), 4*rangeBlock)
	}
	for i := range m.visits {
		m.partners[i] = spill.NewRecords[encounter](space, m.ranges(), rangeBlock)
		m.visits[i] = spill.NewRecords[visit](space, m.ranges(), rangeBlock)
		m.buckets[i] = newBucketLog(space)
		m.capped[i] = newCappedBuckets(space, docs.len())
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
	rows     []uint32 // buckets: how many documents, and these
	visits   []visit
	err      error
}

// partition notes who met under the keys of one partition. Buckets of more than limit documents are capped.
func (m *meeter) partition(k keyStore, part, by, limit int) error {
	sorted, err := m.sorter.sorted(k, part)
	if err != nil {
		return err
	}
	m.partners, m.rows, m.visits = m.partners[:0], m.rows[:0], m.visits[:0]
	count := 0
	m.work = eachBucket(sorted, m.work, func(key uint64, docs []uint32) {
		count++
		switch n := len(docs); {
		case n > limit:
			m.fail(m.capped[by].add(key, docs))
		case n > m.rowed:
			m.large(by, docs)
		case n > m.listed:
			m.rows = append(append(m.rows, uint32(n)), docs...)
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
			m.partners = append(m.partners, encounter{a, b})
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
	m.deliverRows(by)
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

// deliverRows hands to the range of each document of a bucket the row of those that follow it.
func (m *meeter) deliverRows(by int) {
	if len(m.rows) == 0 {
		return
	}
	to := m.meetings.rows[by]
	to.Lock()
	defer to.Unlock()
	for rest := m.rows; len(rest) > 0; {
		docs := rest[1 : 1+rest[0]]
		rest = rest[1+rest[0]:]
		for ; len(docs) > 1; docs = docs[1:] { // the last has none after it
			m.row(to, docs[0], 1, docs[1:])
		}
	}
	m.fail(to.Settle())
}

// row adds the row of a document, for so many keys.
func (m *meeter) row(to *spill.Records[uint32], doc, keys uint32, after []uint32) {
	part := int(doc >> m.shift)
	to.Append(part, doc)
	to.Append(part, keys)
	to.Append(part, uint32(len(after)))
	to.AppendAll(part, after)
}

// meet notes who met, by both proposers.
func (d *Deduper) meet(ctx context.Context) (*meetings, error) {
	m := newMeetings(d.space, &d.docs)
	m.listed, m.rowed = d.opt.scaled(listedBucket, 2), d.opt.scaled(rowBucket, 2)
	err := m.meetBy(ctx, d, byBand, d.bands, d.opt.scaled(d.opt.MaxBucket, 2))
	if err == nil {
		err = m.meetBy(ctx, d, bySample, d.samples, d.opt.scaled(d.opt.MaxPosting, 2))
	}
	if err == nil {
		err = d.parallel(ctx, len(m.capped), func() func(int) error {
			return func(by int) error { return m.listCapped(ctx, by) }
		})
	}
	return m, err
}

// meetBy notes who met by one proposer, and closes its keys: what is noted then finds room on the disk.
func (m *meetings) meetBy(ctx context.Context, d *Deduper, by int, keys keyStore, limit int) error {
	err := d.parallel(ctx, 1<<partitionBits, func() func(int) error {
		w := meeter{meetings: m}
		return func(part int) error { return w.partition(keys, part, by, limit) }
	})
	return errors.Join(err, keys.Close())
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
	}
	c.Documents = uint64(c.docs.count())
	return w.err
}

// listHub notes of a capped bucket for each document the next few, for the longest all, and the longest for all.
func (m *meeter) listHub(docs []uint32, hub int, keys uint32) {
	to := m.meetings.rows[cappedRows]
	to.Lock()
	defer to.Unlock()
	for i, a := range docs[:len(docs)-1] {
		after := docs[i+1:]
		if i != hub {
			after = after[:min(neighbours, len(after))]
		}
		if hub > i+neighbours {
			m.work = append(append(m.work[:0], after...), docs[hub])
			after = m.work
		}
		m.row(to, a, keys, after)
	}
	m.fail(to.Settle())
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
	partners [2]byDocument[encounter]
	words    [len(rowsCount)][]uint32          // rows
	rows     [len(rowsCount)]byDocument[rowAt] // where they are
	visits   [2]byDocument[visit]
}

// rowAt says where the row of a document's followers begins.
type rowAt struct{ doc, at uint32 }

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
	for by, rows := range r.meetings.rows {
		if r.words[by], err = rows.Take(number, r.words[by]); err != nil {
			return err
		}
		at := &r.rows[by]
		at.taken = appendRows(at.taken[:0], r.words[by])
		at.arrange(from, n, func(row rowAt) uint32 { return row.doc })
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

// appendRows finds out where each row begins.
func appendRows(dst []rowAt, words []uint32) []rowAt {
	for at := 0; at < len(words); at += 3 + int(words[at+2]) {
		dst = append(dst, rowAt{words[at], uint32(at + 1)})
	}
	return dst
}

// tally counts what the partners of a document of the range share with it, those that come after it.
func (r *rangeReader) tally(t *tally, doc uint32) error {
	for by := range r.partners {
		for _, e := range r.partners[by].of(doc) {
			t.add(e.b, by, 1)
		}
	}
	for i, counts := range rowsCount {
		for _, row := range r.rows[i].of(doc) {
			words := r.words[i][row.at:]
			for _, b := range words[2:][:words[1]] {
				t.add(b, counts, words[0])
			}
		}
	}
	for by, counts := range rowsCount[:len(r.visits)] {
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
	for _, rows := range m.rows {
		err = cmp.Or(err, rows.Close())
	}
	for by := range m.visits {
		err = cmp.Or(err, m.partners[by].Close(), m.visits[by].Close(), m.buckets[by].log.Close(), m.capped[by].log.log.Close())
	}
	return err
}
