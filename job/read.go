package job

import (
	"context"
	"errors"
	"fmt"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
)

// reader is the first pass.
type reader struct {
	*run
	index  *index
	blocks blocks
	spare  chan *dedup.Batch // batches that can be used again

	signals *corpus.ShardWriter // of the shard being read, if they are wanted
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
	line, id, note int  // its number in the shard, and where its id and its note end in those of the batch
	rejected       bool // a rule hit it
	vanishes       bool // of its text nothing is left, and its format has no records without one
	length         textLength
}

// read reads all shards and hands their documents to the deduper.
func (r *reader) read(ctx context.Context) error {
	r.blocks, r.spare = newBlocks(&r.opt), make(chan *dedup.Batch, 4*r.opt.Workers)
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
	src, err := corpus.OpenShard(s.Shard, i, r.opt.reading())
	if err != nil { // it costs the shard, not the run
		d := corpus.Unreadable(err, s.Path)
		return yield(block{Chunk: corpus.Chunk{Shard: i, Defect: &d}, position: r.blocks.done}), nil
	}
	defer src.Close()
	s.opened, s.format, s.codec = true, src.Layout().Format(), src.Layout().Codec()
	if goOn, err = r.blocks.of(src, yield); err != nil || !goOn {
		return false, err
	}
	s.fingerprint, s.bytes = src.Fingerprint()
	return yield(r.blocks.end(src, i)), nil
}

// worker decodes the records of chunks and takes the fingerprints of their documents.
func (r *reader) worker() func(block) batch {
	w := pageReader{run: r.run, spare: r.spare, cleaner: r.cleaner()}
	w.decoder, _ = corpus.NewDecoder(r.opt.reading()) // the options were checked before
	return func(b block) batch {
		out := w.read(b)
		r.blocks.give(b.Data)
		return out
	}
}

// pageReader is what one goroutine needs to read chunks.
type pageReader struct {
	*run
	spare   chan *dedup.Batch
	decoder *corpus.Decoder
	cleaner *quality.Cleaner
	rec     corpus.Record
	text    []byte
	sources names
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
	p.outlines.recall(&b.Chunk)
	file := p.index.shards[b.Shard].Path
	p.signals.buf = nil // those of the last batch are on their way
	for line := range b.Lines() {
		if line.Pass {
			continue
		}
		if err := p.decoder.Decode(&b.Chunk, &line, &p.rec); err != nil {
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
	doc := dedup.Document{Source: p.sources.source(line.Raw, p.rec.Source), Date: scalar(line.Raw, p.rec.Date)}
	p.text = corpus.AppendString(p.text[:0], line.Raw, p.rec.Text)
	at.length = lengthOf(p.text)
	if p.cleaner != nil {
		f := p.cleaner.CleanBytes(p.text, doc.Source, line.Noted)
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
				at.vanishes = out.layout.Vanishes(p.text)
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
			if p.vanishes {
				x.vanished.Add(doc)
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
