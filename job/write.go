package job

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/quality"
)

// writer is the second pass: it copies each record to kept/ or removed/, repaired where something was found, and writes the
// decisions in the order of the input. The records are made by workers, chunk by chunk; files are written by one goroutine.
type writer struct {
	*run
	gone      *roaring.Bitmap // removed documents
	documents int
	blocks    blocks
	cuts      func(quality.Span) bool // whether a span is cut, or only marked

	kept, removed *corpus.RecordWriter // of the shard being written; nil in a dry run
	decisions     int64                // bytes written
	sum           *xxhash.Digest       // of those about the shard being written
}

// page is what is to be written of a chunk.
type page struct {
	block
	lines     []outLine
	documents int // of these
	decisions []byte
	found     findings
	err       error
}

// outLine is one record for kept/ or removed/, or something else that belongs to the file.
type outLine struct {
	corpus.Line
	removed bool
}

func newWriter(r *run) *writer {
	r.found = newFindings()
	w := &writer{run: r, gone: r.gone(), blocks: newBlocks(&r.opt), decisions: r.made.decisions, sum: xxhash.New()}
	if c := r.cleaner(); c != nil {
		w.cuts = c.Cuts
	}
	return w
}

func (w *writer) write(ctx context.Context) error {
	worker := func() func(block) page {
		p := newPageWriter(w)
		return p.page
	}
	if err := w.passWritten(); err != nil {
		return err
	}
	err := ordered(ctx, w.opt.Workers, w.produce, worker, w.consume)
	if err == nil && w.documents != w.index.places.len() {
		return fmt.Errorf("the input changed while it was read; run again when nothing writes to it")
	}
	return err
}

// passWritten counts what an earlier run has written.
func (w *writer) passWritten() error {
	var f quality.Findings
	var buf []byte
	for i := range w.made.written {
		s := &w.index.shards[i]
		w.blocks.done += max(0, w.keeper.begun.Inputs[i].Size)
		w.documents += s.documents
	}
	for number, docs := 0, w.index.found.Iterator(); docs.HasNext() && docs.PeekNext() < uint32(w.documents); number++ {
		var err error
		if buf, err = w.index.notes.read(number, &f, buf); err != nil {
			return err
		}
		doc := int(docs.Next())
		w.run.found.count(w.run.documents.Source(doc), &f, w.cuts, w.gone.ContainsInt(doc))
	}
	return nil
}

// produce cuts the shards into chunks again and checks that they are what the first pass read. Each shard ends with an empty chunk.
func (w *writer) produce(yield func(block) bool) error {
	for i := w.made.written; i < len(w.index.shards); i++ {
		if !w.index.shards[i].opened {
			continue // nothing of it was read, and an empty file might not be one of its format
		}
		goOn, err := w.produceShard(i, yield)
		if err != nil || !goOn {
			return err
		}
	}
	return nil
}

func (w *writer) produceShard(i int, yield func(block) bool) (goOn bool, err error) {
	s := &w.index.shards[i]
	src, err := corpus.OpenShard(s.Shard, i, w.opt.reading())
	if err != nil {
		return false, fmt.Errorf("read %s again: %w", s.Path, err)
	}
	defer src.Close()
	if goOn, err = w.blocks.of(src, yield); err != nil || !goOn {
		return false, err
	}
	now := shard{opened: true, format: src.Layout().Format(), codec: src.Layout().Codec()}
	now.fingerprint, now.bytes = src.Fingerprint()
	if !s.same(&now) {
		return false, s.changed()
	}
	return yield(w.blocks.end(src, i)), nil
}

// consume writes the pages in order.
func (w *writer) consume(p page) error {
	if p.err != nil {
		return p.err
	}
	s := &w.index.shards[p.Shard]
	if err := w.open(s, p.layout); err != nil {
		return err
	}
	if w.kept != nil {
		if err := w.kept.Head(p.Head); err != nil {
			return err
		}
	}
	for i := range p.lines {
		if err := w.line(&p.lines[i]); err != nil {
			return err
		}
	}
	w.blocks.give(p.Data)
	if _, err := w.to.Write(p.decisions); err != nil {
		return err
	}
	w.decisions += int64(len(p.decisions))
	w.sum.Write(p.decisions)
	w.run.found.add(&p.found)
	w.documents += p.documents
	w.opt.Progress.Advance(p.position, w.documents)
	if p.last {
		return w.end(p.Shard)
	}
	return nil
}

// end ends a shard, and notes that it is written.
func (w *writer) end(shard int) error {
	note := written{Shard: shard, Decisions: w.decisions, Sum: w.sum.Sum64()}
	w.sum.Reset()
	for _, to := range []*corpus.RecordWriter{w.kept, w.removed} {
		if to == nil {
			continue
		}
		if err := to.Close(); err != nil {
			return err
		}
		if sum, ok := to.Sum(); ok {
			note.Files = append(note.Files, sum)
			w.run.knowLines(sum.Name, to.Marks())
		}
	}
	w.kept, w.removed = nil, nil
	return w.keeper.keepWritten(note, w.to)
}

// knowLines keeps where lines of a file begin, for the page.
func (r *run) knowLines(name string, marks []corpus.LineMark) {
	if len(marks) == 0 {
		return
	}
	if r.lines == nil {
		r.lines = map[string][]corpus.LineMark{}
	}
	r.lines[name] = marks
}

func (w *writer) line(line *outLine) error {
	to := w.kept
	if line.removed {
		to = w.removed
	}
	if to == nil {
		return nil
	}
	return to.Write(&line.Line)
}

// open creates the files of a shard, unless they are open or nothing is to be written.
func (w *writer) open(s *shard, l *corpus.Layout) (err error) {
	if w.opt.DryRun || w.kept != nil {
		return nil
	}
	if w.kept, err = w.out.Records("kept", s.Name, l); err != nil {
		return err
	}
	w.removed, err = w.out.Records("removed", s.Name, l)
	return err
}
