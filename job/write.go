package job

import (
	"context"
	"fmt"
	"io"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/quality"
)

// writer is the second pass: it copies each line to kept/ or removed/, repaired where something was found, and writes the
// decisions in the order of the input. The lines are made by workers, chunk by chunk; files are written by one goroutine.
type writer struct {
	*run
	to        fileWriter      // decisions
	gone      *roaring.Bitmap // removed documents
	done      int64           // packed bytes of the shards that are finished
	documents int
	free      chan []byte             // chunk buffers that can be used again
	cuts      func(quality.Span) bool // whether a span is cut, or only marked

	kept, removed *corpus.ShardWriter // of the shard being written; nil in a dry run
}

// page is what is to be written of a chunk.
type page struct {
	block
	lines     []outLine
	decisions []byte
	found     findings
	err       error
}

// outLine is one line for kept/ or removed/.
type outLine struct {
	raw     []byte
	removed bool
}

func newWriter(r *run, to fileWriter) *writer {
	gone := r.gone()
	r.found = newFindings(len(r.deduper.Sources()))
	r.index.divide(gone)
	w := &writer{run: r, to: to, gone: gone, free: make(chan []byte, 4*r.opt.Workers)}
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
	err := ordered(ctx, w.opt.Workers, w.produce, worker, w.consume)
	if err == nil && w.documents != w.index.places.len() {
		return fmt.Errorf("the input changed while it was read; run again when nothing writes to it")
	}
	return err
}

// produce cuts the shards into chunks again and checks that they are what the first pass read. Each shard ends with an empty chunk.
func (w *writer) produce(yield func(block) bool) error {
	for i := range w.index.shards {
		if !w.index.shards[i].opened {
			continue // nothing of it was read, and an empty file might not be one of its compression
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
	end := block{Chunk: corpus.Chunk{Shard: i}, position: w.done, last: true}
	if s.documents == 0 {
		return yield(end), nil
	}
	src, err := corpus.Open(s.read)
	if err != nil {
		return false, fmt.Errorf("read %s again: %w", s.Path, err)
	}
	defer src.Close()
	chunks := corpus.NewChunks(src, s.Path, i)
	chunks.Limit = w.opt.MaxDocument
	digest := xxhash.New()
	for {
		c, err := chunks.Next(takeBuffer(w.free))
		if err == io.EOF {
			break
		}
		if err != nil {
			return false, err
		}
		digest.Write(c.Data)
		if !yield(block{Chunk: c, position: w.done + src.Position()}) {
			return false, nil
		}
	}
	w.done += src.Position()
	if digest.Sum64() != s.fingerprint {
		return false, fmt.Errorf("%s changed while it was read; run again when nothing writes to it", s.Path)
	}
	end.position = w.done
	return yield(end), nil
}

// consume writes the pages in order.
func (w *writer) consume(p page) error {
	if p.err != nil {
		return p.err
	}
	s := &w.index.shards[p.Shard]
	if err := w.open(s); err != nil {
		return err
	}
	if w.kept != nil && len(p.Head) > 0 {
		if _, err := w.kept.Write(p.Head); err != nil {
			return err
		}
	}
	for _, line := range p.lines {
		if err := w.line(line); err != nil {
			return err
		}
	}
	giveBuffer(w.free, p.Data)
	if _, err := w.to.Write(p.decisions); err != nil {
		return err
	}
	w.run.found.add(&p.found)
	w.documents += len(p.lines)
	w.opt.Progress.Advance(p.position, w.documents)
	if p.last {
		return w.close()
	}
	return nil
}

func (w *writer) line(line outLine) error {
	to := w.kept
	if line.removed {
		to = w.removed
	}
	if to == nil {
		return nil
	}
	return to.WriteLine(line.raw)
}

// open creates the files of a shard, unless they are open or nothing is to be written.
func (w *writer) open(s *shard) (err error) {
	if w.opt.DryRun || w.kept != nil {
		return nil
	}
	if w.kept, err = w.out.Writer("kept", s.Name, s.codec); err != nil {
		return err
	}
	w.removed, err = w.out.Writer("removed", s.Name, s.codec)
	return err
}

// close ends the files of a shard.
func (w *writer) close() error {
	for _, to := range []**corpus.ShardWriter{&w.kept, &w.removed} {
		if *to == nil {
			continue
		}
		if err := (*to).Close(); err != nil {
			return err
		}
		*to = nil
	}
	return nil
}
