package job

import (
	"io"

	"github.com/corpusctl/corpusctl/corpus"
)

// block is one chunk of a shard on its way to a worker.
type block struct {
	corpus.Chunk
	position int64          // packed bytes read when it was cut
	layout   *corpus.Layout // of its shard; nil if that cannot be opened
	last     bool           // of its shard: an empty one
}

// blocks cuts shards into blocks, one after the other, for one pass over the input.
type blocks struct {
	free chan []byte // chunk buffers that can be used again
	done int64       // packed bytes of the shards that are finished
}

func newBlocks(o *Options) blocks { return blocks{free: make(chan []byte, 4*o.Workers)} }

// of yields the blocks of a shard. goOn is false where yield wants no more.
func (b *blocks) of(r *corpus.ShardReader, yield func(block) bool) (goOn bool, err error) {
	for {
		c, err := r.Next(b.take())
		switch {
		case err == io.EOF:
			b.give(c.Data) // nothing lies in it: of a tiny shard that is half of the buffers
			return true, nil
		case err != nil:
			return false, err
		case !yield(block{Chunk: c, position: b.done + r.Position(), layout: r.Layout()}):
			return false, nil
		}
	}
}

// end makes the block that says that a shard is at its end.
func (b *blocks) end(r *corpus.ShardReader, shard int) block {
	b.done += r.Position()
	return block{Chunk: corpus.Chunk{Shard: shard}, position: b.done, layout: r.Layout(), last: true}
}

// take returns a buffer to use again, nil if there is none.
func (b *blocks) take() []byte {
	select {
	case buf := <-b.free:
		return buf
	default:
		return nil
	}
}

// give hands a buffer back, when nothing is wanted any more of the chunk that lay in it.
func (b *blocks) give(buf []byte) {
	if buf == nil {
		return
	}
	select {
	case b.free <- buf[:0]:
	default:
	}
}
