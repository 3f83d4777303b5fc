package dedup

import (
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/shingle"
)

// Document is what is compared and what the keep policy looks at.
type Document struct {
	Text   []byte // as it was written, UTF-8; folded before it is compared
	Source string // the paper or site; may be empty
	Date   string // ISO 8601 or another usual form; may be empty
}

// Batch holds the fingerprints of consecutive documents. Batches are filled by any number of goroutines, one each, and
// appended to a Deduper in the order of their documents.
type Batch struct {
	opt     Options
	docs    []batchDoc
	texts   []byte   // folded, one after the other
	bands   []uint64 // opt.Bands keys a document; none for a text that is only compared whole
	samples []uint64

	// Work space of Add.
	dates   dateReader
	repeats repeats
	stream  shingle.Stream
	sketch  Sketch
	hashes  []uint64
	starts  []int32
	picked  []int32
}

type batchDoc struct {
	source    string
	date      int64  // see parseDate
	exact     uint64 // XXH64 of the folded text
	shingles  int    // positions, repeats included
	textEnd   int    // in texts
	bandEnd   int    // in bands
	sampleEnd int    // in samples
}

// block is the number of shingles hashed at a time: hashes and places stay in the first-level cache.
const block = 1024

func newBatch(opt Options) *Batch {
	return &Batch{
		opt:    opt,
		sketch: make(Sketch, opt.Bands*opt.Rows),
		hashes: make([]uint64, block),
		starts: make([]int32, block),
	}
}

// Reserve makes room for the folded texts of documents of about so many bytes in all, so that adding them copies nothing.
func (b *Batch) Reserve(bytes int) { b.texts = slices.Grow(b.texts, bytes) }

// Reset empties the batch, to be filled again.
func (b *Batch) Reset() {
	clear(b.docs)
	b.docs, b.texts, b.bands, b.samples = b.docs[:0], b.texts[:0], b.bands[:0], b.samples[:0]
}

// Len returns the number of documents added.
func (b *Batch) Len() int { return len(b.docs) }

// Add folds a document's text and takes its fingerprint: a pass over the text to fold it and one over its shingles. Nothing
// of the document is kept but its source and date.
func (b *Batch) Add(d Document) {
	from := len(b.texts)
	if free := cap(b.texts) - from; free < len(d.Text)+arabic.Slack {
		b.Reserve(max(len(d.Text)+arabic.Slack, cap(b.texts))) // append would grow by a quarter, and copy five times as much in all
	}
	b.texts = arabic.AppendFold(b.texts, d.Text)
	folded := b.texts[from:]
	doc := batchDoc{source: d.Source, date: b.dates.parse(d.Date), exact: xxhash.Sum64(folded), shingles: b.fingerprint(folded)}
	doc.textEnd, doc.bandEnd, doc.sampleEnd = len(b.texts), len(b.bands), len(b.samples)
	b.docs = append(b.docs, doc)
}

// fingerprint appends the band keys and the sampled hashes of a folded text, unless it is too short for them, and returns how
// many shingles it has.
func (b *Batch) fingerprint(folded []byte) (shingles int) {
	b.stream.Reset(folded, b.opt.Shingle)
	n := b.stream.Next(b.hashes, b.starts)
	all := n
	if n == block && b.opt.MinShingles > block {
		all = shingle.Count(folded, b.opt.Shingle)
	}
	if all < b.opt.MinShingles {
		return all
	}
	b.sketch.Reset()
	for ; n > 0; n = b.stream.Next(b.hashes, b.starts) {
		b.sketch.Add(b.hashes[:n])
		b.sample(folded, b.hashes[:n], b.starts[:n])
		shingles += n
	}
	for round := uint64(1); round < rounds && b.sketch.Empty() > 0; round++ {
		b.sketchRound(folded, shingles, round)
	}
	b.samples = b.repeats.remove(b.samples, b.sampled())
	b.sketch.Densify()
	b.bands = b.sketch.AppendBandKeys(b.bands, Bands{b.opt.Bands, b.opt.Rows})
	return shingles
}

// sketchRound is a later round of the sketch. It is for short texts, whose hashes are mostly still there from the first.
func (b *Batch) sketchRound(folded []byte, shingles int, round uint64) {
	if shingles <= block {
		b.sketch.AddRound(b.hashes[:shingles], round)
		return
	}
	b.stream.Reset(folded, b.opt.Shingle)
	for n := b.stream.Next(b.hashes, nil); n > 0; n = b.stream.Next(b.hashes, nil) {
		b.sketch.AddRound(b.hashes[:n], round)
	}
}

// sampled is where the samples of the document that is being added begin.
func (b *Batch) sampled() int {
	if n := len(b.docs); n > 0 {
		return b.docs[n-1].sampleEnd
	}
	return 0
}

// repeats finds keys that stand twice among those of a document: a passage that stands ten times in a text is sampled ten times, but can
// be shared once.
type repeats struct {
	slots []uint16 // places in the list of keys, plus one, by open addressing
}

// remove takes repeats out of keys[from:]; the first of each stays where it is.
func (r *repeats) remove(keys []uint64, from int) []uint64 {
	list := keys[from:]
	if len(list) >= 1<<15 {
		slices.Sort(list)
		return keys[:from+len(slices.Compact(list))]
	}
	size := 1 << bits.Len(uint(2*len(list)))
	r.slots = grow(r.slots, size)
	clear(r.slots)
	n := 0
	for _, key := range list {
		i := int(key*mixer>>32) & (size - 1)
		for r.slots[i] != 0 && list[r.slots[i]-1] != key {
			i = (i + 1) & (size - 1)
		}
		if r.slots[i] == 0 {
			list[n] = key
			n++
			r.slots[i] = uint16(n)
		}
	}
	return keys[:from+n]
}

// sample appends the hashes of the sampled shingles among those that begin at the given places.
//
// A place is sampled when the hash of its short shingle is among the lowest 1/SampleRate of all hashes; what is posted is the
// hash of the long shingle that begins there. The choice depends on the content alone, so two texts that share a passage sample
// the same places in it (scaled MinHash), and only one long shingle in SampleRate has to be hashed.
func (b *Batch) sample(folded []byte, hashes []uint64, starts []int32) {
	b.picked = shingle.Below(b.picked[:0], hashes, b.opt.sampledBelow())
	for _, i := range b.picked {
		if end := placeOf(folded, starts, int(i)+b.opt.SampleShingle); end > 0 {
			b.samples = append(b.samples, xxhash.Sum64(folded[starts[i]:end]))
		}
	}
}

// placeOf returns the place of character i of a folded text, counted from starts[0]: from the places in starts, or from the last
// of them on. It is 0 where the text has no such place; its end is one.
func placeOf(folded []byte, starts []int32, i int) int {
	last := len(starts) - 1
	if i <= last {
		return int(starts[i])
	}
	return skip(folded, int(starts[last]), i-last)
}

// skip returns the place n characters after place i of a folded text, or 0 where fewer are left.
func skip(text []byte, i, n int) int {
	for ; n > 0; n-- {
		if i >= len(text) {
			return 0
		}
		for i++; i < len(text) && text[i]&0xC0 == 0x80; i++ {
		}
	}
	return i
}
