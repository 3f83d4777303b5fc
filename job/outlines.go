package job

import "github.com/corpusctl/corpusctl/corpus"

// outlines are those of the chunks that the first pass read, as far as there is room: of the others, records are looked for and scanned
// again in each pass. A record is noted whose text was searched for code in vain. The zero value is empty. What is kept is read by many goroutines, when nothing is added any more.
type outlines struct {
	of   map[chunkPlace]*corpus.Outline
	size int // bytes
}

// chunkPlace is where a chunk begins.
type chunkPlace struct {
	shard  int
	offset int64
}

// maxOutlines is the room for outlines, in bytes: for those of some 200,000 articles.
const maxOutlines = 4 << 20

// keep keeps a copy of an outline, if it says anything.
func (x *outlines) keep(shard int, o *corpus.Outline) {
	if !o.Whole() || x.size+o.Size() > maxOutlines {
		return
	}
	if x.of == nil {
		x.of = map[chunkPlace]*corpus.Outline{}
	}
	c := o.Clone()
	x.of[chunkPlace{shard, o.Offset()}] = &c
	x.size += c.Size()
}

// recall gives a chunk its outline.
func (x *outlines) recall(c *corpus.Chunk) {
	if o := x.of[chunkPlace{c.Shard, c.Offset}]; o != nil {
		c.Recall(o)
	}
}
