package job

import (
	"fmt"
	"sort"

	"github.com/corpusctl/corpusctl/corpus"
)

// index remembers where each document stands. A document's number is its place in the order of the input.
type index struct {
	shards  []shard
	lines   []uint32
	ids     []string // "" where a record has none
	defects []corpus.Defect
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
	x := &index{}
	for _, s := range shards {
		x.shards = append(x.shards, shard{Shard: s, read: s.Path, size: -1})
	}
	return x
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
