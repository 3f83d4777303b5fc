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
	scanner *corpus.Scanner
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
	p.scanner, _ = corpus.NewScanner(w.opt.Fields)
	return p
}

func (p *pageWriter) page(b block) page {
	out := page{block: b, found: newFindings(0)}
	s := &p.index.shards[b.Shard]
	doc, end := -1, s.first+s.documents
	p.json.buf = nil // the last page's is on its way
	for line := range b.Lines() {
		if doc < 0 {
			doc = p.at.firstDocument(s, line.Number)
		}
		if doc == end || p.at.line(doc) != line.Number {
			continue // a record that went to the quarantine
		}
		out.lines = append(out.lines, p.document(&out.found, doc, line.Raw))
		doc++
	}
	out.decisions, out.err = p.json.buf, errors.Join(p.err, p.at.err)
	return out
}

// document writes what is to be said of a document and returns its line.
func (p *pageWriter) document(found *findings, doc int, raw []byte) outLine {
	out := outLine{raw: raw, removed: p.gone.ContainsInt(doc)}
	f := p.foundIn(doc, raw)
	if f == nil && !out.removed {
		return out
	}
	d := decision{doc: doc, removed: out.removed, duplicate: p.duplicate(doc), found: f}
	if f != nil {
		found.count(p.deduper.Source(doc), f, p.cuts, out.removed)
		if !out.removed {
			out.raw = p.repair(raw, f)
			d.repaired = len(p.edits) > 0
		}
	}
	p.writeDecision(&d)
	return out
}

// foundIn returns what was found in a document, nil if nothing was.
func (p *pageWriter) foundIn(doc int, raw []byte) *quality.Findings {
	if !p.index.found.ContainsInt(doc) {
		return nil
	}
	if err := p.scanner.Scan(raw, &p.rec); err != nil {
		return nil // the input changed; the check of the whole shard says so
	}
	p.text = corpus.AppendString(p.text[:0], raw, p.rec.Text)
	var err error
	p.note, err = p.index.notes.read(rank(p.index.found, doc), &p.found, p.note)
	if last := len(p.found.Spans) - 1; err == nil && last >= 0 && p.found.Spans[last].End > len(p.text) {
		return nil // as above
	}
	p.err = errors.Join(p.err, err)
	return &p.found
}

// repair returns the line with its text repaired.
func (p *pageWriter) repair(raw []byte, f *quality.Findings) []byte {
	p.edits = p.edits[:0]
	for _, s := range f.Spans {
		if p.cuts(s) {
			p.edits = append(p.edits, corpus.Edit{Start: s.Start, End: s.End, Put: s.Put})
		}
	}
	if len(p.edits) == 0 {
		return raw
	}
	return corpus.AppendEdited(make([]byte, 0, len(raw)), raw, p.rec.Text, p.edits)
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
