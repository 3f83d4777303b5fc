package job

import (
	"fmt"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/corpus"
)

// index remembers where each document stands. A document's number is its place in the order of the input.
type index struct {
	shards  []shard
	lines   []uint32
	ids     []string // "" where a record has none
	defects []corpus.Defect

	found    *roaring.Bitmap // documents in which something was found: the second pass looks at them again
	rejected *roaring.Bitmap // of these, those that the rules of the preset hit
}

// shard is one input file and what was found in it.
type shard struct {
	corpus.Shard
	read        string // the path that is read: another one for what can be read only once
	opened      bool   // false if the file could not be opened: then its codec is not known
	codec       corpus.Codec
	size        int64  // packed bytes, or -1
	bytes       int64  // unpacked bytes of whole lines
	fingerprint uint64 // XXH64 of these
	first       int    // number of its first document
	documents   int
	quarantined int
	removed     int
}

func newIndex(shards []corpus.Shard) *index {
	x := &index{found: roaring.New(), rejected: roaring.New()}
	for _, s := range shards {
		x.shards = append(x.shards, shard{Shard: s, read: s.Path, size: -1})
	}
	return x
}

// fresh returns an index of the same shards in which nothing was read yet.
func (x *index) fresh() *index {
	var shards []corpus.Shard
	for i := range x.shards {
		shards = append(shards, x.shards[i].Shard)
	}
	out := newIndex(shards)
	for i := range out.shards {
		out.shards[i].read = x.shards[i].read
	}
	return out
}

// shardOf returns the shard of a document: the last that begins at it or before. Empty shards begin where the next one does.
func (x *index) shardOf(doc int) *shard {
	i := sort.Search(len(x.shards), func(i int) bool { return x.shards[i].first > doc }) - 1
	return &x.shards[i]
}

// id returns a document's id; where it has none, its place stands for it: "file:line".
func (x *index) id(doc int) string {
	if id := x.ids[doc]; id != "" {
		return id
	}
	return fmt.Sprintf("%s:%d", x.shardOf(doc).Name, x.lines[doc])
}

// ranks gives the documents their line numbers in the files of the output: the n-th kept or removed record of a shard stands in line n.
func (x *index) ranks(gone *roaring.Bitmap) []uint32 {
	rank := make([]uint32, len(x.lines))
	for i := range x.shards {
		s := &x.shards[i]
		kept, removed := uint32(0), uint32(0)
		for doc := s.first; doc < s.first+s.documents; doc++ {
			n := &kept
			if gone.ContainsInt(doc) {
				n = &removed
			}
			*n++
			rank[doc] = *n
		}
		s.removed = int(removed)
	}
	return rank
}
