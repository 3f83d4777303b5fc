package job

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/internal/spill"
	"github.com/corpusctl/corpusctl/report"
)

// The file "decided" of the work folder holds what the second pass and the report need of all before them: where the documents stand, what
// was found in them, which of them go and why. docs/FORMAT.md describes it.

// decidedHead is its beginning, JSON.
type decidedHead struct {
	Shards     []shardState     `json:"shards"`
	Lengths    []int            `json:"lengths"` // documents by the bin of their length, as they were read
	Pairs      map[string]int   `json:"pairs"`
	Measures   *report.Measures `json:"measures"`
	Ids        report.Ids       `json:"ids"`
	Quarantine map[string]int   `json:"quarantine"`
	Sources    []string         `json:"sources"`
	Comparison dedup.Stats      `json:"comparison"`
	Documents  int              `json:"documents"`
	Found      int              `json:"found"`              // documents in which something was found
	Removed    int              `json:"removed"`            // documents that go for others
	Vanished   []uint32         `json:"vanished,omitempty"` // documents that are no records any more when they are repaired
}

// shardState is what is known of a shard that was read.
type shardState struct {
	Opened      bool         `json:"opened"`
	Format      string       `json:"format"`
	Codec       corpus.Codec `json:"codec"`
	Signals     string       `json:"signals,omitempty"`
	Content     content      `json:"content"`
	Documents   int          `json:"documents"`
	Quarantined int          `json:"quarantined"`
}

// documents are the facts about documents that are wanted after they were compared: those of a dedup.Deduper, or as they were kept.
type documents interface {
	Len() int
	Source(doc int) int
	Sources() []string
	Days(doc int) (int64, bool)
}

// keptDocuments are documents as they were kept.
type keptDocuments struct {
	names  []string
	source []uint32
	days   []int64
}

const noDays = -1 << 63

// Len is the number of documents.
func (d *keptDocuments) Len() int { return len(d.source) }

// Source is the number of a document's source.
func (d *keptDocuments) Source(doc int) int { return int(d.source[doc]) }

// Sources are the names of all sources.
func (d *keptDocuments) Sources() []string { return d.names }

// Days is a document's date, in days since 1970; false if it has none.
func (d *keptDocuments) Days(doc int) (int64, bool) {
	return d.days[doc], d.days[doc] != noDays
}

// decidedMagic is the first line of the file.
var decidedMagic = fmt.Sprintf("corpusctl decided %d\n", decidedVersion)

const decidedVersion = 2

// head says all but what there is of every document.
func (r *run) head() decidedHead {
	x := r.index
	h := decidedHead{
		Lengths: x.lengths.before[:], Pairs: r.related, Measures: r.measured, Ids: r.ids, Quarantine: r.quarantined,
		Sources: r.documents.Sources(), Comparison: r.result.Stats,
		Documents: x.places.len(), Found: len(x.notes.places), Removed: len(r.result.Removed),
	}
	if !x.vanished.IsEmpty() {
		h.Vanished = x.vanished.ToArray()
	}
	for i := range x.shards {
		s := &x.shards[i]
		h.Shards = append(h.Shards, shardState{
			Opened: s.opened, Format: s.format, Codec: s.codec, Signals: s.signals, Content: content{s.fingerprint, s.bytes},
			Documents: s.documents, Quarantined: s.quarantined,
		})
	}
	return h
}

// writeDecided writes the file.
func (r *run) writeDecided(ctx context.Context, path string) (corpus.FileSum, error) {
	f, err := os.Create(path)
	if err != nil {
		return corpus.FileSum{}, err
	}
	e := newPacker(ctx, f)
	head, err := json.Marshal(r.head())
	e.fail(err)
	e.raw([]byte(decidedMagic))
	e.bytes(head)
	r.packPlaces(e)
	r.packNotes(e)
	e.raw(r.index.lengths.after)
	r.packDocuments(e)
	r.packRemoved(e)
	e.fail(e.w.Flush())
	return corpus.FileSum{Name: decidedFile, Size: e.size, Sum: e.sum.Sum64()}, errors.Join(e.err, f.Close())
}

func (r *run) packPlaces(e *packer) {
	p := r.index.places
	w := spill.NewWindow(p.log)
	for i := range p.groups {
		raw, err := w.Read(p.groups[i], p.groupLength(i))
		e.fail(err)
		e.bytes(raw)
	}
}

func (r *run) packNotes(e *packer) {
	x, number, last, buf := r.index, 0, uint32(0), []byte(nil)
	x.found.Iterate(func(doc uint32) bool {
		rejected := uint64(0)
		if x.rejected.Contains(doc) {
			rejected = 1
		}
		e.number(uint64(doc-last)<<1 | rejected)
		raw, b, err := x.notes.raw(number, buf)
		buf = b
		e.fail(err)
		e.bytes(raw)
		last, number = doc, number+1
		return e.err == nil
	})
}

func (r *run) packDocuments(e *packer) {
	for doc := range r.documents.Len() {
		e.number(uint64(r.documents.Source(doc)))
		days, dated := r.documents.Days(doc)
		if !dated {
			e.number(0)
			continue
		}
		e.number(uint64(days<<1^days>>63) + 1) // small numbers of either sign are small
	}
}

func (r *run) packRemoved(e *packer) {
	last := uint32(0)
	for i := range r.result.Removed {
		d := &r.result.Removed[i]
		for _, n := range [...]uint64{
			uint64(d.Doc - last), uint64(d.Kept), uint64(d.Pair.Measure.Shared), uint64(d.Pair.Measure.A), uint64(d.Pair.Measure.B),
			uint64(d.Pair.Relation), uint64(d.Pair.Drop)<<2 | flag(d.Pair.EndsEarly)<<1 | flag(d.Exact), uint64(d.Cluster),
		} {
			e.number(n)
		}
		last = d.Doc
	}
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// packer writes numbers and strings of bytes to a file and takes its sum. After an error it does nothing.
type packer struct {
	ctx  context.Context
	w    *bufio.Writer
	sum  *xxhash.Digest
	size int64
	n    int // things written
	buf  []byte
	err  error
}

func newPacker(ctx context.Context, to io.Writer) *packer {
	e := &packer{ctx: ctx, sum: xxhash.New()}
	e.w = bufio.NewWriterSize(io.MultiWriter(to, e.sum), 128<<10)
	return e
}

func (e *packer) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *packer) raw(p []byte) {
	if e.n++; e.n%(1<<12) == 0 {
		e.fail(e.ctx.Err())
	}
	if e.err != nil {
		return
	}
	n, err := e.w.Write(p)
	e.size += int64(n)
	e.fail(err)
}

func (e *packer) number(n uint64) {
	e.buf = binary.AppendUvarint(e.buf[:0], n)
	e.raw(e.buf)
}

func (e *packer) bytes(p []byte) {
	e.number(uint64(len(p)))
	e.raw(p)
}
