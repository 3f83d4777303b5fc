package dedup

import (
	"bytes"
	"context"
	"errors"
	"runtime"
)

// Deduper finds the duplicates among documents that are added in order. A document's number is its place in that order.
//
// NewBatch may be called, and batches filled, by many goroutines at once; Append and Run by one.
type Deduper struct {
	opt Options

	docs    []docInfo
	texts   [][]byte // folded text of each document; an exact copy shares its first's
	exact   map[uint64]uint32
	sources map[string]uint32
	names   []string // of sources

	bands   []entry
	samples []entry
	bytes   int64 // of texts
	ran     bool
}

// docInfo is what the keep policy and the verdicts need to know of a document.
type docInfo struct {
	date     int64
	source   uint32
	shingles uint32 // positions, repeats included
	first    uint32 // the first document with the same folded text; itself when there is none
	copies   uint32 // for a first: how many documents have its text
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
	return &Deduper{opt: opt, exact: map[uint64]uint32{}, sources: map[string]uint32{}}, nil
}

// Options returns the options in force, defaults filled in.
func (d *Deduper) Options() Options { return d.opt }

// NewBatch returns an empty batch for the documents that come next. It is safe to call from any goroutine.
func (d *Deduper) NewBatch() *Batch { return newBatch(d.opt) }

// Len returns the number of documents appended.
func (d *Deduper) Len() int { return len(d.docs) }

// Footprint returns about how many bytes Run will need for what was appended: the folded texts, the keys and as much again to
// sort them, and the documents.
func (d *Deduper) Footprint() int64 {
	const keyBytes, docBytes = 2 * 16, 128
	return d.bytes + keyBytes*int64(len(d.bands)+len(d.samples)) + docBytes*int64(len(d.docs))
}

// Source returns the number of a document's source: its place in Sources.
func (d *Deduper) Source(doc int) int { return int(d.docs[doc].source) }

// Sources returns the names of all sources, in the order in which they were met.
func (d *Deduper) Sources() []string { return d.names }

// Append adds the documents of a batch after those appended before. The batch must not be used again: its texts are kept.
//
// A text equal to an earlier one is only noted: it takes no part in anything that follows, so that a text that stands a
// thousand times costs a thousand steps.
func (d *Deduper) Append(b *Batch) {
	textAt, bandAt, sampleAt := 0, 0, 0
	d.bytes += int64(cap(b.texts))
	for i := range b.docs {
		doc := &b.docs[i]
		n := uint32(len(d.docs))
		text := b.texts[textAt:doc.textEnd:doc.textEnd]
		info := docInfo{date: parseDate(doc.date), source: d.sourceNumber(doc.source), shingles: uint32(doc.shingles), first: n, copies: 1}
		if first, ok := d.exactCopy(doc.exact, text); ok {
			info.first, text = first, d.texts[first]
			d.docs[first].copies++
		} else {
			d.exact[doc.exact] = n
			d.index(n, b.bands[bandAt:doc.bandEnd], b.samples[sampleAt:doc.sampleEnd])
		}
		d.docs, d.texts = append(d.docs, info), append(d.texts, text)
		textAt, bandAt, sampleAt = doc.textEnd, doc.bandEnd, doc.sampleEnd
	}
}

// exactCopy finds an earlier document with the same text. The bytes are compared too: XXH64 is no match for somebody who makes
// two texts collide on purpose.
func (d *Deduper) exactCopy(hash uint64, text []byte) (uint32, bool) {
	first, ok := d.exact[hash]
	return first, ok && len(text) > 0 && bytes.Equal(d.texts[first], text)
}

func (d *Deduper) index(n uint32, bands, samples []uint64) {
	for _, key := range bands {
		d.bands = append(d.bands, entry{key, n})
	}
	for _, key := range samples {
		d.samples = append(d.samples, entry{key, n})
	}
}

// sourceNumber returns the number of a source's name, a new one if it was not met before.
func (d *Deduper) sourceNumber(name string) uint32 {
	n, ok := d.sources[name]
	if !ok {
		n = uint32(len(d.names))
		d.sources[name] = n
		d.names = append(d.names, name)
	}
	return n
}

// Run compares the documents appended and decides which may go. It stops early, with the context's error, when the context is
// cancelled. The result depends on the documents, their order and the options alone. It uses up what it sorts: it can be called
// once, and nothing may be appended after.
func (d *Deduper) Run(ctx context.Context) (*Result, error) {
	if d.ran {
		return nil, errors.New("dedup: Run was called before; a Deduper runs once")
	}
	d.ran = true
	stats := Stats{Documents: len(d.docs), BandKeys: len(d.bands), SampleKeys: len(d.samples)}
	proposed := d.propose(ctx, &stats)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	pairs, err := d.verify(ctx, proposed, &stats)
	if err != nil {
		return nil, err
	}
	return d.decide(pairs, stats), nil
}

// propose lays out what met, by bands and by samples side by side, and returns the pairs worth a comparison.
func (d *Deduper) propose(ctx context.Context, stats *Stats) []candidate {
	var bands, samples *meetings
	var sampled []uint32
	d.parallel(2, func() func(int) {
		return func(task int) {
			if task == 0 {
				sets := buckets(sortEntries(d.bands, make([]entry, len(d.bands))))
				d.bands, stats.Buckets = nil, len(sets)
				bands = meet(sets, d.opt.MaxBucket, d.docs)
			} else {
				byKey := sortEntries(d.samples, make([]entry, len(d.samples)))
				sampled = distinctKeys(byKey, len(d.docs))
				sets := buckets(byKey)
				d.samples, stats.Postings = nil, len(sets)
				samples = meet(sets, d.opt.MaxPosting, d.docs)
			}
		}
	})
	stats.CappedBuckets, stats.CappedPostings = bands.cap, samples.cap
	stats.Boilerplate = d.nameBoilerplate(stats.CappedPostings.keys)
	found := d.candidates(ctx, bands, samples, freeSamples{sampled, samples.cap.perDoc})
	stats.Candidates, stats.BoilerplatePairs, stats.CrowdedPairs = len(found.pairs), found.boilerplate, found.crowded
	return found.pairs
}

// distinctKeys counts the different keys of each document in sorted entries: a passage that stands ten times in a text is sampled
// ten times, but can be shared once.
func distinctKeys(sorted []entry, docs int) []uint32 {
	out := make([]uint32, docs)
	for i, e := range sorted {
		if i == 0 || e != sorted[i-1] {
			out[e.doc]++
		}
	}
	return out
}
