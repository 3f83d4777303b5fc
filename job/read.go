package job

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
)

// reader is the first pass.
type reader struct {
	*run
	index *index
	free  chan []byte       // chunk buffers that can be used again
	spare chan *dedup.Batch // batches that can be used again
	done  int64             // packed bytes of the shards that are finished

	signals *corpus.ShardWriter // of the shard being read, if they are wanted
}

// block is one chunk of a shard on its way to a worker.
type block struct {
	corpus.Chunk
	position int64        // packed bytes read when it was cut
	codec    corpus.Codec // of its shard
	last     bool         // of its shard: an empty one
}

// batch is what a worker makes of a chunk.
type batch struct {
	block
	documents *dedup.Batch
	places    []place
	ids       []byte // of all of them
	notes     []byte // what was found in some of them
	signals   []byte // lines for signals/, if they are wanted
	defects   []corpus.Defect
}

// place is where a document stands in its chunk.
type place struct {
	line, id, note int  // the line, and where its id and its note end in those of the batch
	rejected       bool // a rule hit it
	length         textLength
}

// read reads all shards and hands their documents to the deduper.
func (r *reader) read(ctx context.Context) error {
	r.free, r.spare = make(chan []byte, 4*r.opt.Workers), make(chan *dedup.Batch, 4*r.opt.Workers)
	if err := ordered(ctx, r.opt.Workers, r.produce, r.worker, r.consume); err != nil {
		return err
	}
	return r.index.places.flush()
}

// produce cuts the shards into chunks, one shard after the other.
func (r *reader) produce(yield func(block) bool) error {
	for i := range r.index.shards {
		if goOn, err := r.produceShard(i, yield); err != nil || !goOn {
			return err
		}
	}
	return nil
}

func (r *reader) produceShard(i int, yield func(block) bool) (goOn bool, err error) {
	s := &r.index.shards[i]
	src, err := corpus.Open(s.read)
	if err != nil {
		return r.unreadable(i, err, yield), nil
	}
	defer src.Close()
	s.opened = true
	digest := xxhash.New()
	chunks := corpus.NewChunks(src, s.Path, i)
	chunks.Limit = r.opt.MaxDocument
	for {
		c, err := chunks.Next(takeBuffer(r.free))
		if err == io.EOF {
			break
		}
		if err != nil {
			return false, err
		}
		digest.Write(c.Data)
		s.bytes += int64(len(c.Data))
		if !yield(block{Chunk: c, position: r.done + src.Position(), codec: src.Codec()}) {
			return false, nil
		}
	}
	s.codec, s.size, s.fingerprint = src.Codec(), src.Size(), digest.Sum64()
	r.done += src.Position()
	return yield(block{Chunk: corpus.Chunk{Shard: i}, position: r.done, codec: s.codec, last: true}), nil
}

// unreadable reports a shard that cannot be opened: it costs the shard, not the run.
func (r *reader) unreadable(i int, err error, yield func(block) bool) bool {
	s := &r.index.shards[i]
	d := &corpus.Defect{File: s.Path, Line: 0, Reason: "cannot be opened: " + err.Error()}
	return yield(block{Chunk: corpus.Chunk{Shard: i, Defect: d}, position: r.done})
}

// takeBuffer returns a buffer to use again, nil if there is none.
func takeBuffer(free chan []byte) []byte {
	select {
	case b := <-free:
		return b
	default:
		return nil
	}
}

// giveBuffer hands a buffer back.
func giveBuffer(free chan []byte, b []byte) {
	if b == nil {
		return
	}
	select {
	case free <- b[:0]:
	default:
	}
}

// worker scans the lines of chunks and takes the fingerprints of their documents.
func (r *reader) worker() func(block) batch {
	w := pageReader{run: r.run, spare: r.spare, cleaner: r.cleaner()}
	w.scanner, _ = corpus.NewScanner(r.opt.Fields) // the fields were checked before
	return func(b block) batch {
		out := w.read(b)
		giveBuffer(r.free, b.Data)
		return out
	}
}

// pageReader is what one goroutine needs to read chunks.
type pageReader struct {
	*run
	spare   chan *dedup.Batch
	scanner *corpus.Scanner
	cleaner *quality.Cleaner
	rec     corpus.Record
	text    []byte
	signals jsonLine
}

// batch returns an empty batch.
func (p *pageReader) batch() *dedup.Batch {
	select {
	case b := <-p.spare:
		return b
	default:
		return p.deduper.NewBatch()
	}
}

func (p *pageReader) read(b block) batch {
	out := batch{block: b, documents: p.batch()}
	if p.steps.compare {
		out.documents.Reserve(len(b.Data))
	}
	file := p.index.shards[b.Shard].Path
	p.signals.buf = nil // those of the last batch are on their way
	for line := range b.Lines() {
		if err := p.scanner.Scan(line.Raw, &p.rec); err != nil {
			out.defects = append(out.defects, corpus.Locate(err, file, line))
			continue
		}
		p.document(&out, line)
	}
	if b.Defect != nil {
		out.defects = append(out.defects, *b.Defect)
	}
	out.signals = p.signals.buf
	return out
}

// document adds one document to a batch. A text that a rule hits takes no part in the comparison: it can neither go nor stay for another.
func (p *pageReader) document(out *batch, line corpus.Line) {
	from := len(out.ids)
	out.ids = corpus.AppendString(out.ids, line.Raw, p.rec.ID)
	at := place{line: line.Number, id: len(out.ids)}
	doc := dedup.Document{Source: scalar(line.Raw, p.rec.Source), Date: scalar(line.Raw, p.rec.Date)}
	p.text = corpus.AppendString(p.text[:0], line.Raw, p.rec.Text)
	at.length = lengthOf(p.text)
	if p.cleaner != nil {
		f := p.cleaner.CleanBytes(p.text, doc.Source)
		if at.rejected = len(f.Verdicts) > 0; p.steps.repair && !f.None() {
			out.notes = appendNote(out.notes, f)
		}
		if p.signalsWanted() {
			p.writeSignals(&p.index.shards[out.Shard], line.Number, out.ids[from:], f)
		}
		if len(f.Spans) > 0 { // or the text is what it was
			p.text = append(p.text[:0], f.Text...)
			if p.steps.repair {
				at.length.after = lengthOf(p.text).after
			}
		}
	}
	if p.steps.compare && !at.rejected {
		doc.Text = p.text
	}
	at.note = len(out.notes)
	out.documents.Add(doc)
	out.places = append(out.places, at)
}

// scalar returns the text of a string, the digits of a number, and nothing for anything else.
func scalar(line []byte, v corpus.Value) string {
	switch v.Kind {
	case corpus.String:
		return string(corpus.AppendString(nil, line, v))
	case corpus.Number:
		return string(line[v.Start:v.End])
	}
	return ""
}

// consume takes the batches in order and numbers their documents.
func (r *reader) consume(b batch) error {
	x := r.index
	s := &x.shards[b.Shard]
	if s.documents == 0 {
		s.first = x.places.len()
	}
	if len(b.defects) > 0 && r.opt.Strict {
		return fmt.Errorf("%w: %w", ErrStrict, &b.defects[0])
	}
	s.documents += len(b.places)
	s.quarantined += len(b.defects)
	x.defects = append(x.defects, b.defects...)
	if err := r.remember(&b); err != nil {
		return err
	}
	if err := r.keepSignals(s, &b); err != nil {
		return err
	}
	if err := r.deduper.Append(b.documents); err != nil {
		return err
	}
	b.documents.Reset()
	select {
	case r.spare <- b.documents:
	default:
	}
	r.opt.Progress.Advance(b.position, x.places.len())
	return nil
}

// remember notes where the documents of a batch stand and what was found in them.
func (r *reader) remember(b *batch) error {
	x, id, note := r.index, 0, 0
	for _, p := range b.places {
		if doc := uint32(x.places.len()); p.note > note {
			x.found.Add(doc)
			if p.rejected {
				x.rejected.Add(doc)
			}
			if err := x.notes.add(b.notes[note:p.note]); err != nil {
				return err
			}
		}
		name := b.ids[id:p.id]
		if err := errors.Join(x.places.add(p.line, name), x.ids.add(name)); err != nil {
			return err
		}
		x.lengths.add(p.length)
		id, note = p.id, p.note
	}
	return nil
}
