package dedup

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// Deduper finds the duplicates among documents that are added in order. A document's number is its place in that order.
//
// NewBatch may be called, and batches filled, by many goroutines at once; Append and Run by one. What does not fit in
// Options.Memory goes to temporary files; it is the same work then, and the same result.
type Deduper struct {
	opt   Options
	space *spill.Space // nil without a limit

	docs      paged[docInfo]
	texts     *texts
	exact     exactTable
	buf       []byte // for a text read back
	sources   map[string]uint32
	names     []string // of sources
	nameBytes int

	bands, samples       keyStore
	bandKeys, sampleKeys int
	ran                  bool
	times                Times
}

// New returns an empty Deduper. It fails on options out of range.
func New(opt Options) (*Deduper, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	d := &Deduper{opt: opt, sources: map[string]uint32{}}
	if opt.Memory > 0 {
		d.space = spill.NewSpace(opt.TempDir)
	}
	d.texts, d.bands, d.samples = newTexts(d.space), newKeyStore(d.space), newKeyStore(d.space)
	return d, nil
}

// Options returns the options in force, defaults filled in.
func (d *Deduper) Options() Options { return d.opt }

// NewBatch returns an empty batch for the documents that come next. It is safe to call from any goroutine.
func (d *Deduper) NewBatch() *Batch { return newBatch(d.opt) }

// Len returns the number of documents appended.
func (d *Deduper) Len() int { return d.docs.len() }

// Source returns the number of a document's source: its place in Sources.
func (d *Deduper) Source(doc int) int { return int(d.docs.at(uint32(doc)).source) }

// Sources returns the names of the sources, in the order in which they were met: the first 65,536 or 4 MiB of names, and
// those that the keep policy names. If there are more, OtherSources is one of them and stands for them.
func (d *Deduper) Sources() []string { return d.names }

// Append adds the documents of a batch after those appended before. The batch can be used again after Reset.
//
// A text equal to an earlier one is only noted: it takes no part in anything that follows, so that a text that stands a
// thousand times costs a thousand steps.
func (d *Deduper) Append(b *Batch) error {
	textAt, bandAt, sampleAt := 0, 0, 0
	for i := range b.docs {
		doc := &b.docs[i]
		n := uint32(d.docs.len())
		info := docInfo{date: doc.date, source: d.sourceNumber(doc.source), shingles: uint32(doc.shingles), first: n, copies: 1}
		text, samples := b.texts[textAt:doc.textEnd], b.samples[sampleAt:doc.sampleEnd]
		first, copied, err := d.exactCopy(doc.exact, n, text)
		if err != nil {
			return err
		}
		if copied {
			info.first = first
			d.docs.at(first).copies++
			d.texts.skip()
		} else {
			info.samples = uint32(len(samples))
			d.texts.add(text, doc.exact)
			d.bands.add(b.bands[bandAt:doc.bandEnd], n)
			d.samples.add(samples, n)
			d.bandKeys, d.sampleKeys = d.bandKeys+doc.bandEnd-bandAt, d.sampleKeys+len(samples)
		}
		d.docs.add(info)
		textAt, bandAt, sampleAt = doc.textEnd, doc.bandEnd, doc.sampleEnd
	}
	return d.settle()
}

// settle moves to files what may not stay in memory.
func (d *Deduper) settle() error {
	d.share(readStores)
	return errors.Join(d.texts.log.Settle(), d.bands.Settle(), d.samples.Settle())
}

// The number of stores that fill up at the same time, in the two halves of a run.
const (
	readStores = 4
	meetStores = 14
)

// share divides the memory allowed, without what documents take that cannot go to a file: a third among the stores, for what is read
// back and worked on takes as much again, and garbage the rest.
func (d *Deduper) share(stores int64) {
	const perDoc, least = 64, 1 << 20
	d.space.SetShare(max(least, (d.opt.Memory-perDoc*int64(d.docs.len()))/3/stores))
}

// exactCopy finds an earlier document with the same text; a text that is new is entered as that of document n. The bytes are compared
// too: XXH64 is no match for somebody who makes two texts collide on purpose.
func (d *Deduper) exactCopy(hash uint64, n uint32, text []byte) (first uint32, found bool, err error) {
	if len(text) == 0 {
		return 0, false, nil
	}
	return d.exact.find(hash, n, func(doc uint32) (equal bool, err error) {
		if d.texts.length(doc) != len(text) {
			return false, nil
		}
		var other []byte
		other, d.buf, err = d.texts.read(doc, d.buf)
		return bytes.Equal(other, text), err
	})
}

// OtherSources is the name of all sources that came when too many were known.
const OtherSources = "(other sources)"

// The bounds of what sites do not come near, but a field with more values than there are sites does.
const (
	maxSources = 1 << 16
	maxNames   = 4 << 20 // bytes of their names
)

// sourceNumber returns the number of a source's name, a new one if it was not met before.
func (d *Deduper) sourceNumber(name string) uint32 {
	n, ok := d.sources[name]
	if ok {
		return n
	}
	full := len(d.names) >= maxSources || d.nameBytes+len(name) > maxNames
	if full && name != OtherSources && !d.opt.Keep.names(name) {
		return d.sourceNumber(OtherSources)
	}
	n = uint32(len(d.names))
	d.sources[name] = n
	d.names = append(d.names, name)
	d.nameBytes += len(name)
	return n
}

// Run compares the documents appended and decides which may go. It stops early, with the context's error, when the context is
// cancelled. The result depends on the documents, their order and the options alone. It uses up what it sorts: it can be called
// once, and nothing may be appended after.
func (d *Deduper) Run(ctx context.Context) (_ *Result, err error) {
	if d.ran {
		return nil, errors.New("dedup: Run was called before; a Deduper runs once")
	}
	d.ran, d.exact = true, exactTable{}
	defer func() { err = errors.Join(err, d.Close()) }()
	stats := Stats{Documents: d.docs.len(), BandKeys: d.bandKeys, SampleKeys: d.sampleKeys}
	d.share(meetStores)
	d.texts.log.Seal()
	d.bands.Seal()
	d.samples.Seal()
	begun := time.Now()
	work, err := d.propose(ctx, &stats)
	if err != nil {
		return nil, err
	}
	proposed := time.Now()
	pairs, err := d.verify(ctx, work)
	if err != nil {
		return nil, err
	}
	verified := time.Now()
	result, err := d.decide(pairs, stats)
	d.times = Times{proposed.Sub(begun).Seconds(), verified.Sub(proposed).Seconds(), time.Since(verified).Seconds()}
	return result, err
}

// Times returns how long the parts of Run took.
func (d *Deduper) Times() Times { return d.times }

// Close deletes the temporary files of a Deduper that does not come to its Run; after Run it does nothing.
func (d *Deduper) Close() error {
	return errors.Join(d.texts.close(), d.space.Close())
}

// parallel runs n tasks on the workers; each worker makes its own task function, with its work space. It returns the error of the
// first task that failed, or that of the context, and begins no task after it.
func (d *Deduper) parallel(ctx context.Context, n int, worker func() func(task int) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	var once sync.Once
	var failed error
	fail := func(err error) {
		once.Do(func() { failed = err })
		next.Store(int64(n))
	}
	for range min(d.opt.Workers, n) {
		wg.Go(func() {
			run := worker()
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				err := ctx.Err()
				if err == nil {
					err = run(int(i))
				}
				if err != nil {
					fail(err)
				}
			}
		})
	}
	wg.Wait()
	return failed
}
