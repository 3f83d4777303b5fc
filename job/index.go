package job

import (
	"fmt"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/internal/ranks"
	"github.com/corpusctl/corpusctl/internal/spill"
)

// index remembers where each document stands. A document's number is its place in the order of the input.
type index struct {
	shards  []shard
	places  *places
	ids     *idCounter
	defects []corpus.Defect

	found    *roaring.Bitmap // documents in which something was found
	notes    *notes          // what, one note for each of these
	rejected *roaring.Bitmap // of these, those that the rules of the preset hit
	vanished *roaring.Bitmap // of these, those that are no records any more when they are repaired

	goneRanks *ranks.Set // of the documents that go, once that is decided

	lengths lengths
	names   map[string]bool // that signals cannot have; nil until one is asked for
}

// shard is one input file and what was found in it.
type shard struct {
	corpus.Shard
	opened      bool   // false if the file could not be opened: then its format is not known
	format      string // one of corpus.Formats
	codec       corpus.Codec
	signals     string // its file below signals/, if there is one
	bytes       int64  // what fingerprint is of
	fingerprint uint64 // XXH64 of what was read: see corpus.ShardReader
	first       int    // number of its first document
	documents   int
	quarantined int
	removed     int

	goneBefore, vanishedBefore int // such documents before its first
}

// same tells whether a shard held the same when it was read another time.
func (s *shard) same(o *shard) bool {
	return s.opened == o.opened && s.format == o.format && s.codec == o.codec && s.bytes == o.bytes && s.fingerprint == o.fingerprint
}

func (s *shard) changed() error {
	return fmt.Errorf("%s changed while it was read; run again when nothing writes to it", s.Path)
}

func newIndex(shards []corpus.Shard, space *spill.Space) *index {
	x := &index{places: newPlaces(space), ids: newIDCounter(space), found: roaring.New(), notes: newNotes(space),
		rejected: roaring.New(), vanished: roaring.New()}
	for _, s := range shards {
		x.shards = append(x.shards, shard{Shard: s})
	}
	return x
}

// fresh returns an index of the same shards in which nothing was read yet.
func (x *index) fresh() *index {
	var shards []corpus.Shard
	for i := range x.shards {
		shards = append(shards, x.shards[i].Shard)
	}
	return newIndex(shards, nil)
}

// contents are those of the shards, when they are read.
func (x *index) contents() []content {
	out := make([]content, len(x.shards))
	for i := range x.shards {
		out[i] = content{x.shards[i].fingerprint, x.shards[i].bytes}
	}
	return out
}

// shardOf returns the shard of a document: the last that begins at it or before. Empty shards begin where the next one does.
func (x *index) shardOf(doc int) *shard {
	i := sort.Search(len(x.shards), func(i int) bool { return x.shards[i].first > doc }) - 1
	return &x.shards[i]
}

// reader returns what reads places back, for one goroutine.
func (x *index) reader() *indexReader {
	return &indexReader{index: x, placeReader: placeReader{places: x.places}}
}

// indexReader reads the places and names of documents.
type indexReader struct {
	*index
	placeReader
}

// name returns a document's id; where it has none, its place stands for it: "file:line".
func (r *indexReader) name(doc int) string {
	if id := r.id(doc); id != "" {
		return id
	}
	return r.standIn(doc, r.line(doc))
}

// standIn is the name of a document without an id.
func (x *index) standIn(doc, line int) string { return fmt.Sprintf("%s:%d", x.shardOf(doc).Name, line) }

// firstDocument returns the number of the first document of a shard that stands in a line or after it.
func (r *indexReader) firstDocument(s *shard, line int) int {
	return s.first + sort.Search(s.documents, func(i int) bool { return r.line(s.first+i) >= line })
}

// divide says of every shard which documents are gone, before it and in it.
func (x *index) divide(gone *roaring.Bitmap) {
	x.vanished.AndNot(gone) // what is removed is not repaired
	x.goneRanks = ranks.New(x.places.len())
	for docs := gone.Iterator(); docs.HasNext(); {
		x.goneRanks.Add(docs.Next())
	}
	x.goneRanks.Count()
	for i := range x.shards {
		s := &x.shards[i]
		s.goneBefore = x.goneRanks.Before(s.first)
		s.removed = x.goneRanks.Before(s.first+s.documents) - s.goneBefore
		s.vanishedBefore = rank(x.vanished, s.first)
	}
}

// rank counts the documents of a set that stand before a document.
func rank(set *roaring.Bitmap, doc int) int {
	if doc == 0 {
		return 0
	}
	return int(set.Rank(uint32(doc - 1)))
}

// outputLine is the place of a document among those of its file in the output, from 1: of JSONL, its line. It is 0 where a repair has left no record.
func (x *index) outputLine(gone *roaring.Bitmap, doc int) int {
	s := x.shardOf(doc)
	before := x.goneRanks.Before(doc) - s.goneBefore
	switch {
	case x.vanished.ContainsInt(doc):
		return 0
	case !gone.ContainsInt(doc):
		before = doc - s.first - before - (rank(x.vanished, doc) - s.vanishedBefore)
	}
	return before + 1
}
