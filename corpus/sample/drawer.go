package sample

import (
	"bytes"
	"container/heap"
	"math"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/corpus"
)

// drawer looks at chunks; one for each goroutine.
type drawer struct {
	*pass
	decoder *corpus.Decoder
	heap    drawn
	text    []byte
	folded  []byte

	read      int
	textBytes int64
	bytes     int64
	longest   int
	defects   int
	reasons   map[string]int
	records   []record
}

// record is a record as it stands, of the first of its shard.
type record struct {
	shard, line int
	raw         []byte
}

func newDrawer(p *pass) *drawer {
	d := &drawer{pass: p, reasons: map[string]int{}, heap: newDrawn(p.opt)}
	d.decoder, _ = corpus.NewDecoder(p.opt.Reading) // the options were checked before
	return d
}

func (d *drawer) run() {
	for b := range d.blocks {
		for line := range b.Lines() {
			if !line.Pass {
				d.line(&b, line)
			}
		}
		if b.Defect != nil {
			d.defect(b.Defect.Reason)
		}
	}
}

func (d *drawer) defect(reason string) {
	const kinds = 100
	d.defects++
	if reason = generic(reason); d.reasons[reason] > 0 || len(d.reasons) < kinds {
		d.reasons[reason]++
	}
}

func (d *drawer) line(b *block, line corpus.Line) {
	d.keepRecord(b, line)
	doc := Document{Shard: b.Shard, Line: line.Number, Format: b.format, Raw: line.Raw, Copies: 1}
	if err := d.decoder.Decode(&b.Chunk, &line, &doc.Record); err != nil {
		found := corpus.Locate(err, d.shards[b.Shard].Path, line)
		d.defect(found.Reason)
		return
	}
	d.text = corpus.AppendString(d.text[:0], line.Raw, doc.Record.Text)
	d.read++
	d.textBytes += int64(len(d.text))
	d.bytes += int64(len(line.Raw))
	d.longest = max(d.longest, len(d.text))
	doc.priority, doc.size = d.rank(&doc)
	if doc.priority > d.bar.Load() || doc.priority > d.heap.bar {
		return
	}
	doc.Raw = bytes.Clone(line.Raw)
	d.heap.add(&doc)
	d.lower(d.heap.bar)
}

// keepRecord keeps a record that stands among the first of its shard.
func (d *drawer) keepRecord(b *block, line corpus.Line) {
	if len(d.records) < someRecords && line.Number <= someRecords && (b.format == "jsonl" || b.format == "json") {
		const most = 1 << 16
		d.records = append(d.records, record{b.Shard, line.Number, bytes.Clone(line.Raw[:min(len(line.Raw), most)])})
	}
}

// rank returns the priority of a document whose text is decoded, and what it counts towards the limit.
func (d *drawer) rank(doc *Document) (priority uint64, size int64) {
	if d.opt.Distinct {
		d.folded = arabic.AppendFold(slices.Grow(d.folded[:0], len(d.text)+arabic.Slack), d.text)
		if len(d.folded) > 0 { // empty texts are no copies of each other
			return mix(xxhash.Sum64(d.folded), d.opt.Seed), int64(len(d.folded))
		}
	}
	place := mix(uint64(doc.Shard)<<40^uint64(doc.Line), ^d.opt.Seed)
	return place, int64(len(doc.Raw))
}

// mix is the finaliser of SplitMix64 over two numbers.
func mix(x, seed uint64) uint64 {
	x += (seed + 1) * 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// drawn are the documents of the smallest priorities so far, the largest on top. bar is the smallest priority that was put out: none
// from there on is in the sample.
type drawn struct {
	limit int
	room  int64
	size  int64
	bar   uint64
	docs  []*Document
	by    map[uint64]*Document
}

func newDrawn(o Options) drawn {
	return drawn{limit: o.Documents, room: o.Bytes, bar: math.MaxUint64, by: map[uint64]*Document{}}
}

// add takes a document, or counts it as a copy, and puts out what there is no room for.
func (h *drawn) add(doc *Document) {
	if doc.priority >= h.bar {
		return
	}
	if same := h.by[doc.priority]; same != nil {
		copies := same.Copies + doc.Copies
		if doc.Shard < same.Shard || doc.Shard == same.Shard && doc.Line < same.Line {
			h.size += doc.size - same.size
			*same = *doc
		}
		same.Copies = copies
		return
	}
	h.by[doc.priority] = doc
	h.size += doc.size
	heap.Push(h, doc)
	h.shrink()
}

// shrink puts out what there is no room for; the smallest stays in any case.
func (h *drawn) shrink() {
	for len(h.docs) > 1 && (len(h.docs) > h.limit || h.size > h.room || h.docs[0].priority >= h.bar) {
		out := heap.Pop(h).(*Document)
		h.size -= out.size
		h.bar = min(h.bar, out.priority)
		delete(h.by, out.priority)
	}
}

// Len is the number of documents.
func (h *drawn) Len() int { return len(h.docs) }

// Less puts larger priorities first.
func (h *drawn) Less(i, j int) bool { return h.docs[i].priority > h.docs[j].priority }

// Swap exchanges two documents.
func (h *drawn) Swap(i, j int) { h.docs[i], h.docs[j] = h.docs[j], h.docs[i] }

// Push puts a document behind the others, for package heap.
func (h *drawn) Push(x any) { h.docs = append(h.docs, x.(*Document)) }

// Pop takes the last document out, for package heap.
func (h *drawn) Pop() any {
	last := h.docs[len(h.docs)-1]
	h.docs[len(h.docs)-1] = nil
	h.docs = h.docs[:len(h.docs)-1]
	return last
}
