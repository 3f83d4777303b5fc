package dedup

import (
	"sync/atomic"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// docInfo is what the keep policy and the verdicts need to know of a document: 32 bytes that stay in memory for the whole run.
type docInfo struct {
	date     int64
	source   uint32
	shingles uint32 // positions, repeats included
	samples  uint32 // different sampled shingles
	first    uint32 // the first document with the same folded text; itself when there is none
	copies   uint32 // for a first: how many documents have its text
	distinct int32  // different shingles, where they were counted; else, below zero, how many there are at least
}

// texts holds the folded text of each document, those of exact copies once.
type texts struct {
	log    *spill.Log
	places paged[int64] // where the text of a document begins; the next begins where it ends
}

func newTexts(space *spill.Space) *texts { return &texts{log: spill.NewLog(space)} }

// add appends the text of the next document, by its XXH64.
func (t *texts) add(text []byte, hash uint64) { t.places.add(t.log.AppendHashed(text, hash)) }

// skip says that the next document has the text of another.
func (t *texts) skip() { t.places.add(t.log.End()) }

// place is where the text of a first document stands, and its length.
func (t *texts) place(first uint32) (at int64, length int) {
	at, next := *t.places.at(first), t.log.End()
	if int(first)+1 < t.places.len() {
		next = *t.places.at(first + 1)
	}
	return at, spill.Length(at, next)
}

// length is the length of the text of a first document.
func (t *texts) length(first uint32) int {
	_, length := t.place(first)
	return length
}

// distinct is what is known of the number of different shingles of a text.
type distinct struct {
	atLeast int32
	counted bool // it is that number
}

// knownDistinct returns what is known of the number of different shingles of a document.
func (d *docInfo) knownDistinct() distinct {
	n := atomic.LoadInt32(&d.distinct)
	return distinct{max(n, -n), n > 0}
}

// noteDistinct notes the number of different shingles. All that count it find the same.
func (d *docInfo) noteDistinct(n int32) { atomic.StoreInt32(&d.distinct, n) }

// noteAtLeast notes a number of different shingles that there are at least, unless more is known.
func (d *docInfo) noteAtLeast(n int32) {
	if old := atomic.LoadInt32(&d.distinct); old <= 0 && -n < old {
		atomic.CompareAndSwapInt32(&d.distinct, old, -n)
	}
}

// read returns the text of a first document: a part of the log, or a copy in buf, which grows as needed.
func (t *texts) read(first uint32, buf []byte) (text, buffer []byte, err error) {
	at, length := t.place(first)
	return t.log.Read(at, length, buf)
}

// readNext is read for who goes through the texts in order. The text is good until the next one is read through the window.
func (t *texts) readNext(first uint32, w *spill.Window) ([]byte, error) {
	return w.Read(t.place(first))
}

// close gives memory and files back.
func (t *texts) close() error {
	t.places = paged[int64]{}
	return t.log.Close()
}
