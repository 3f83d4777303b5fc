package job

import (
	"errors"
	"sort"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/quality"
)

// pageWriter makes pages of chunks, for one goroutine.
type pageWriter struct {
	*writer
	at      *indexReader
	decoder *corpus.Decoder
	rec     corpus.Record
	text    []byte
	found   quality.Findings
	note    []byte
	edits   []corpus.Edit
	json    jsonLine
	err     error
}

func newPageWriter(w *writer) *pageWriter {
	p := &pageWriter{writer: w, at: w.index.reader()}
	p.decoder, _ = corpus.NewDecoder(w.opt.reading())
	return p
}

func (p *pageWriter) page(b block) page {
	p.outlines.recall(&b.Chunk)
	out := page{block: b, found: newFindings()}
	s := &p.index.shards[b.Shard]
	doc, end := -1, s.first+s.documents
	p.json.buf = nil // the last page's is on its way
	for line := range b.Lines() {
		if line.Pass {
			out.lines = append(out.lines, outLine{Line: line})
			continue
		}
		if doc < 0 {
			doc = p.at.firstDocument(s, line.Number)
		}
		if doc == end || p.at.line(doc) != line.Number {
			continue // a record that went to the quarantine
		}
		out.lines = append(out.lines, p.document(&out, doc, &line))
		doc, out.documents = doc+1, out.documents+1
	}
	out.decisions, out.err = p.json.buf, errors.Join(p.err, p.at.err)
	return out
}

// document writes what is to be said of a document and returns its record.
func (p *pageWriter) document(to *page, doc int, line *corpus.Line) outLine {
	out := outLine{Line: *line, removed: p.gone.ContainsInt(doc)}
	f := p.foundIn(&to.Chunk, doc, line)
	if f == nil && !out.removed {
		return out
	}
	d := decision{doc: doc, removed: out.removed, duplicate: p.duplicate(doc), found: f}
	if f != nil {
		to.found.count(p.run.documents.Source(doc), f, p.cuts, out.removed)
		if !out.removed {
			out.Raw = p.repair(&to.Chunk, line, f)
			d.repaired = len(p.edits) > 0
		}
	}
	p.writeDecision(&d)
	return out
}

// foundIn returns what was found in a document, nil if nothing was.
func (p *pageWriter) foundIn(c *corpus.Chunk, doc int, line *corpus.Line) *quality.Findings {
	if !p.index.found.ContainsInt(doc) {
		return nil
	}
	if err := p.decoder.Decode(c, line, &p.rec); err != nil {
		return nil // the input changed; the check of the whole shard says so
	}
	p.text = corpus.AppendString(p.text[:0], line.Raw, p.rec.Text)
	var err error
	p.note, err = p.index.notes.read(rank(p.index.found, doc), &p.found, p.note)
	if last := len(p.found.Spans) - 1; err == nil && last >= 0 && p.found.Spans[last].End > len(p.text) {
		return nil // as above
	}
	p.err = errors.Join(p.err, err)
	return &p.found
}

// repair returns the record with its text repaired.
func (p *pageWriter) repair(c *corpus.Chunk, line *corpus.Line, f *quality.Findings) []byte {
	p.edits = p.edits[:0]
	for _, s := range f.Spans {
		if p.cuts(s) {
			p.edits = append(p.edits, corpus.Edit{Start: s.Start, End: s.End, Put: s.Put})
		}
	}
	if len(p.edits) == 0 {
		return line.Raw
	}
	return p.decoder.AppendEdited(make([]byte, 0, len(line.Raw)), c, line, &p.rec, p.edits)
}

// duplicate returns the decision of the comparison about a document, nil if there is none.
func (p *pageWriter) duplicate(doc int) *dedup.Decision {
	removed := p.result.Removed
	i := sort.Search(len(removed), func(i int) bool { return removed[i].Doc >= uint32(doc) })
	if i == len(removed) || removed[i].Doc != uint32(doc) {
		return nil
	}
	return &removed[i]
}
