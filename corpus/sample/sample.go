package sample

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/corpusctl/corpusctl/corpus"
)

// Options say what is drawn.
type Options struct {
	Reading   corpus.ReadOptions
	Documents int   // at most; 0 means DefaultDocuments
	Bytes     int64 // of folded text (of a distinct sample) or of records, at most; 0 means DefaultBytes
	Seed      uint64
	Distinct  bool // draw different texts instead of documents
	Workers   int  // 0: one for each processor; never changes the result
}

// The limits of a sample of which nothing else is said.
const (
	DefaultDocuments = 20_000
	DefaultBytes     = 128 << 20
)

// Document is one that was drawn.
type Document struct {
	Shard  int    // number of its shard
	Line   int    // its place there
	Format string // of the shard
	Raw    []byte // the record, without what stands around it
	Record corpus.Record
	Copies int // documents with the same folded text, itself included; 1 in a sample that is not distinct

	priority uint64
	size     int64
}

// Text returns the document's text.
func (d *Document) Text() []byte { return corpus.AppendString(nil, d.Raw, d.Record.Text) }

// ID returns its id, "" if it has none.
func (d *Document) ID() string { return d.value(d.Record.ID) }

// Source returns its source, "" if it has none.
func (d *Document) Source() string { return d.value(d.Record.Source) }

// Date returns its date, "" if it has none.
func (d *Document) Date() string { return d.value(d.Record.Date) }

func (d *Document) value(v corpus.Value) string {
	return string(corpus.AppendString(nil, d.Raw, v))
}

// Sample is what was drawn, and what was counted on the way.
type Sample struct {
	Shards    []corpus.Shard
	Documents []Document // in the order of the input
	Rate      float64    // the probability with which a document, or a text, is in the sample; 1 if all are
	Read      int        // documents of the corpus
	TextBytes int64      // of all their texts
	Bytes     int64      // of all their records
	Packed    int64      // of the files, as they are packed
	Longest   int        // bytes of the longest text
	Defects   int
	Reasons   map[string]int // what was wrong with records, the first hundred kinds of it
	Records   [][]byte       // some records as they stand, also such as could not be read, for who looks at their fields
}

// someRecords is how many records are kept as they stand.
const someRecords = 200

// Distinct is about how many documents, or different texts, the corpus has: exact if all are in the sample.
func (s *Sample) Distinct() float64 { return float64(len(s.Documents)) / s.Rate }

// Draw reads shards once. A shard that cannot be opened is a defect; an error is one of the options, or the context's.
func Draw(ctx context.Context, shards []corpus.Shard, o Options) (*Sample, error) {
	if _, err := corpus.NewDecoder(o.Reading); err != nil {
		return nil, err
	}
	o.Documents = cmp.Or(o.Documents, DefaultDocuments)
	o.Bytes = cmp.Or(o.Bytes, DefaultBytes)
	if o.Documents < 1 || o.Bytes < 1 {
		return nil, errors.New("sample: the limits must be above 0")
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	p := pass{opt: o, shards: shards, blocks: make(chan block, o.Workers)}
	p.bar.Store(math.MaxUint64)
	drawers := make([]*drawer, o.Workers)
	var wg sync.WaitGroup
	for i := range drawers {
		drawers[i] = newDrawer(&p)
		wg.Go(drawers[i].run)
	}
	err := p.read(ctx)
	wg.Wait()
	if err != nil {
		return nil, err
	}
	return p.merge(drawers), nil
}

// block is a chunk on its way to a drawer.
type block struct {
	corpus.Chunk
	format string
}

// pass is one pass over the shards.
type pass struct {
	opt    Options
	shards []corpus.Shard
	blocks chan block
	packed int64
	bar    atomic.Uint64 // no document with a priority above it can be in the sample
}

func (p *pass) read(ctx context.Context) error {
	defer close(p.blocks)
	for i := range p.shards {
		if err := p.readShard(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) readShard(ctx context.Context, i int) error {
	src, err := corpus.OpenShard(p.shards[i], i, p.opt.Reading)
	if err != nil {
		d := corpus.Unreadable(err, p.shards[i].Path)
		p.blocks <- block{Chunk: corpus.Chunk{Shard: i, Defect: &d}}
		return nil
	}
	defer src.Close()
	for {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		c, err := src.Next(nil)
		if err == io.EOF {
			p.packed += src.Position()
			return nil
		}
		if err != nil {
			return err
		}
		p.blocks <- block{c, src.Layout().Format()}
	}
}

// lower makes the bar that of the worker, if it is lower.
func (p *pass) lower(bar uint64) {
	for {
		now := p.bar.Load()
		if bar >= now || p.bar.CompareAndSwap(now, bar) {
			return
		}
	}
}

// merge puts together what the drawers have.
func (p *pass) merge(drawers []*drawer) *Sample {
	s := &Sample{Shards: p.shards, Rate: 1, Packed: p.packed, Reasons: map[string]int{}}
	all := drawers[0].heap
	all.bar = min(all.bar, p.bar.Load())
	var records []record
	for i, d := range drawers {
		s.Read, s.TextBytes, s.Bytes, s.Defects = s.Read+d.read, s.TextBytes+d.textBytes, s.Bytes+d.bytes, s.Defects+d.defects
		s.Longest = max(s.Longest, d.longest)
		for reason, n := range d.reasons {
			s.Reasons[reason] += n
		}
		records = append(records, d.records...)
		if i > 0 {
			for _, doc := range d.heap.docs {
				all.add(doc)
			}
		}
	}
	all.shrink()
	s.Documents = make([]Document, 0, len(all.docs))
	for _, doc := range all.docs {
		s.Documents = append(s.Documents, *doc)
	}
	if all.bar != math.MaxUint64 {
		s.Rate = float64(all.bar) / math.MaxUint64
	}
	slices.SortFunc(s.Documents, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Shard, b.Shard), cmp.Compare(a.Line, b.Line))
	})
	slices.SortFunc(records, func(a, b record) int {
		return cmp.Or(cmp.Compare(a.shard, b.shard), cmp.Compare(a.line, b.line))
	})
	for _, r := range records[:min(len(records), someRecords)] {
		s.Records = append(s.Records, r.raw)
	}
	return s
}

// Nothing says why a sample is empty.
func (s *Sample) Nothing() error {
	if s.Defects == 0 {
		return errors.New("the input holds no documents")
	}
	reasons := slices.SortedFunc(maps.Keys(s.Reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Reasons[b], s.Reasons[a]), strings.Compare(a, b))
	})
	return fmt.Errorf("none of %d records could be read; %d: %s", s.Defects, s.Reasons[reasons[0]], reasons[0])
}

// generic is a reason as it is counted. Of a field that is missing the details stay: they name those that are there.
func generic(reason string) string {
	if strings.HasPrefix(reason, "no field ") {
		return reason
	}
	return corpus.GenericReason(reason)
}
