package job

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/corpusctl/corpusctl/internal/spill"
	"github.com/corpusctl/corpusctl/quality"
)

// notes remember what was found in documents, packed, so that no text is looked at twice. They are numbered in the order in which they
// were added.
type notes struct {
	log    *spill.Log
	places []int64
}

func newNotes(space *spill.Space) *notes { return &notes{log: spill.NewLog(space)} }

// add remembers what appendNote made.
func (n *notes) add(note []byte) error {
	n.places = append(n.places, n.log.Append(note))
	return n.log.Settle()
}

// read unpacks a note into f. buf is work space that is returned for the next.
func (n *notes) read(number int, f *quality.Findings, buf []byte) ([]byte, error) {
	raw, buf, err := n.raw(number, buf)
	if err != nil {
		return buf, err
	}
	return buf, readNote(f, raw)
}

// raw returns a note as it was added, perhaps in buf.
func (n *notes) raw(number int, buf []byte) (raw, buffer []byte, err error) {
	next := n.log.End()
	if number+1 < len(n.places) {
		next = n.places[number+1]
	}
	raw, buf, err = n.log.Read(n.places[number], spill.Length(n.places[number], next), buf)
	if err != nil {
		return nil, buf, fmt.Errorf("what was found in a document: %w", err)
	}
	return raw, buf, nil
}

// appendNote packs spans, verdicts and truncation; the repaired text and the signals are not remembered.
func appendNote(dst []byte, f *quality.Findings) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(f.Spans)))
	for _, s := range f.Spans {
		mark := uint64(0)
		if s.Mark {
			mark = 1
		}
		dst = binary.AppendUvarint(dst, uint64(s.Start))
		dst = binary.AppendUvarint(dst, uint64(s.End-s.Start))
		dst = binary.AppendUvarint(dst, uint64(s.Kind)<<1|mark)
		dst = appendText(appendText(dst, s.Rule), s.Put)
	}
	dst = binary.AppendUvarint(dst, uint64(len(f.Verdicts)))
	for _, v := range f.Verdicts {
		dst = appendText(appendText(appendText(dst, v.Rule), v.Signal), v.Op)
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v.Value))
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v.Threshold))
	}
	dst = binary.AppendUvarint(dst, uint64(f.Cut.Where))
	return appendText(appendText(dst, f.Cut.Cause), f.Cut.Evidence)
}

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// readNote unpacks a note into f, whose slices are used again.
func readNote(f *quality.Findings, raw []byte) error {
	r := noteReader{rest: string(raw)}
	*f = quality.Findings{Spans: f.Spans[:0], Verdicts: f.Verdicts[:0]}
	for range r.count() {
		s := quality.Span{Start: int(r.number())}
		s.End = s.Start + int(r.number())
		kind := r.number()
		s.Kind, s.Mark = quality.Kind(kind>>1), kind&1 == 1
		s.Rule, s.Put = r.text(), r.text()
		f.Spans = append(f.Spans, s)
	}
	for range r.count() {
		v := quality.Verdict{Rule: r.text(), Signal: r.text(), Op: r.text()}
		v.Value, v.Threshold = r.float(), r.float()
		f.Verdicts = append(f.Verdicts, v)
	}
	f.Cut.Where = quality.Truncation(r.number())
	f.Cut.Cause, f.Cut.Evidence = r.text(), r.text()
	if r.broken || r.rest != "" {
		return errors.New("what was found in a document does not read back")
	}
	return nil
}

// noteReader takes values off the front of a note; after one that is not there all are zero.
type noteReader struct {
	rest   string
	broken bool
}

func (r *noteReader) take(n uint64) string {
	if n > uint64(len(r.rest)) {
		r.broken, r.rest, n = true, "", 0
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *noteReader) number() uint64 {
	var head [binary.MaxVarintLen64]byte
	v, n := binary.Uvarint(head[:copy(head[:], r.rest)])
	if n <= 0 {
		r.broken, r.rest = true, ""
		return 0
	}
	r.take(uint64(n))
	return v
}

// count takes the number of things that follow: no more than there are bytes.
func (r *noteReader) count() uint64 {
	n := r.number()
	if n > uint64(len(r.rest)) {
		r.broken, n = true, 0
	}
	return n
}

func (r *noteReader) text() string { return r.take(r.number()) }

func (r *noteReader) float() float64 {
	var b [8]byte
	copy(b[:], r.take(8))
	return math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}
