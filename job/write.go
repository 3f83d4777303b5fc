package job

import (
	"context"
	"fmt"
	"io"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/corpus"
)

// writer is the second pass: it copies each line to kept/ or removed/.
type writer struct {
	opt     Options
	index   *index
	out     *corpus.Output
	removed *roaring.Bitmap
	done    int64
}

func (w *writer) write(ctx context.Context) error {
	for i := range w.index.shards {
		s := &w.index.shards[i]
		if !s.opened {
			continue // nothing of it was read, and an empty file might not be one of its compression
		}
		if err := w.shard(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) shard(ctx context.Context, s *shard) error {
	kept, err := w.out.Writer("kept", s.Name, s.codec)
	if err != nil {
		return err
	}
	removed, err := w.out.Writer("removed", s.Name, s.codec)
	if err != nil {
		return err
	}
	if err := w.copyLines(ctx, s, kept, removed); err != nil {
		return err
	}
	if err := kept.Close(); err != nil {
		return err
	}
	return removed.Close()
}

// copyLines reads a shard again and checks that it is what the first pass read.
func (w *writer) copyLines(ctx context.Context, s *shard, kept, removed *corpus.ShardWriter) error {
	if s.documents == 0 {
		return nil
	}
	src, err := corpus.Open(s.read)
	if err != nil {
		return fmt.Errorf("read %s again: %w", s.Path, err)
	}
	defer src.Close()
	chunks := corpus.NewChunks(src, s.Path, 0)
	chunks.Limit = w.opt.MaxDocument
	lines := lineCopier{kept: kept, removed: removed, removals: w.removed, next: s.first, end: s.first + s.documents, lines: w.index.lines}
	digest := xxhash.New()
	var buf []byte
	for {
		c, err := chunks.Next(buf)
		if err == io.EOF {
			break
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		digest.Write(c.Data)
		if err := lines.copyChunk(&c); err != nil {
			return err
		}
		buf = c.Data
		w.opt.Progress.Advance(w.done+src.Position(), lines.next)
	}
	w.done += src.Position()
	if digest.Sum64() != s.fingerprint || lines.next != lines.end {
		return fmt.Errorf("%s changed while it was read; run again when nothing writes to it", s.Path)
	}
	return nil
}

// lineCopier copies the lines of one shard in order.
type lineCopier struct {
	kept, removed *corpus.ShardWriter
	removals      *roaring.Bitmap
	lines         []uint32 // of all documents
	next, end     int      // the next document of the shard, and the one after its last
}

func (l *lineCopier) copyChunk(c *corpus.Chunk) error {
	if len(c.Head) > 0 {
		if _, err := l.kept.Write(c.Head); err != nil {
			return err
		}
	}
	for line := range c.Lines() {
		if l.next == l.end || l.lines[l.next] != uint32(line.Number) {
			continue // a record that went to the quarantine
		}
		to := l.kept
		if l.removals.ContainsInt(l.next) {
			to = l.removed
		}
		if err := to.WriteLine(line.Raw); err != nil {
			return err
		}
		l.next++
	}
	return nil
}
