package job

import (
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
	cleaner *quality.Cleaner
	rec     corpus.Record
	text    []byte
	edits   []corpus.Edit
	json    jsonLine
	signals jsonLine
}

func newPageWriter(w *writer) *pageWriter {
	p := &pageWriter{writer: w, at: w.index.reader(), cleaner: w.cleaner()}
	p.scanner, _ = corpus.NewScanner(w.opt.Fields)
	return p
}

func (p *pageWriter) page(b block) page {
	out := page{block: b, found: newFindings(0)}
	s := &p.index.shards[b.Shard]
	doc, end := -1, s.first+s.documents
	p.json.buf, p.signals.buf = nil, nil // the last page's are on their way
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
	out.decisions, out.signals, out.err = p.json.buf, p.signals.buf, p.at.err
	return out
}

// document writes what is to be said of a document and returns its line.
func (p *pageWriter) document(found *findings, doc int, raw []byte) outLine {
	out := outLine{raw: raw, removed: p.gone.ContainsInt(doc)}
	var f *quality.Findings
	if p.index.found.ContainsInt(doc) || p.signalsWanted() {
		f = p.look(raw)
		if p.signalsWanted() {
			p.writeSignals(doc, f)
		}
	}
	if f != nil && f.None() {
		f = nil
	}
	if f == nil && !out.removed {
		return out
	}
	d := decision{doc: doc, removed: out.removed, duplicate: p.duplicate(doc), found: f}
	if f != nil {
		found.count(p.deduper.Source(doc), f, p.cleaner, out.removed)
		if !out.removed {
			out.raw = p.repair(raw, f)
			d.repaired = len(p.edits) > 0
		}
	}
	p.writeDecision(&d)
	return out
}

func (p *pageWriter) signalsWanted() bool { return p.steps.repair && p.opt.Signals != NoSignals }

// look finds again what the first pass found.
func (p *pageWriter) look(raw []byte) *quality.Findings {
	if err := p.scanner.Scan(raw, &p.rec); err != nil {
		return &quality.Findings{Signals: &quality.Signals{}} // the input changed; the check of the whole shard says so
	}
	p.text = corpus.AppendString(p.text[:0], raw, p.rec.Text)
	return p.cleaner.Clean(string(p.text), scalar(raw, p.rec.Source))
}

// repair returns the line with its text repaired.
func (p *pageWriter) repair(raw []byte, f *quality.Findings) []byte {
	p.edits = p.edits[:0]
	for _, s := range f.Spans {
		if p.cleaner.Cuts(s) {
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
