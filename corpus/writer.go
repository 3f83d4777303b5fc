package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/klauspost/pgzip"
)

// A ShardWriter writes one file of an [Output], packed. It is for one goroutine at a time. The first error stays: it comes
// again at every later call, and the output can no longer be committed.
type ShardWriter struct {
	out    *Output
	name   string         // below the output folder
	file   io.WriteCloser // nil once closed
	size   int64          // bytes written to the file
	sum    xxhash.Digest  // of these
	behind int64          // of these, those on their way to the disk
	buffer *bufio.Writer  // before the file
	packer io.WriteCloser // before the buffer; nil if plain
	ended  bool           // the member of the packed file is: what follows begins another
	ragged bool           // the last line written has no end
	empty  bool           // nothing was written
	err    error
}

const writeBuffer = 128 << 10

const (
	// packBlock is what one goroutine packs at a time, in bytes. The packed bytes depend on it, and so do not on the machine.
	packBlock = 256 << 10
	// mostPackers bounds the memory of a file that is written: each goroutine has a block before and after, and its tables.
	mostPackers = 8
)

// newShardWriter packs into file, on several goroutines. The bytes depend on what is written only: no time, no name, no number of
// processors. A file is one member or frame, because some readers stop after the first.
func newShardWriter(out *Output, name string, file io.WriteCloser, codec Codec) (*ShardWriter, error) {
	w := &ShardWriter{out: out, name: name, empty: true, file: file}
	w.sum.Reset()
	w.buffer = out.takeBuffer(summed{w})
	var err error
	switch codec {
	case Gzip:
		z := pgzip.NewWriter(w.buffer)
		err = z.SetConcurrency(packBlock, min(runtime.GOMAXPROCS(0), mostPackers))
		z.ModTime = time.Unix(0, 0) // none
		w.packer = z
	case Zstd, Bzip2:
		w.packer, err = zstd.NewWriter(w.buffer, zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true), zstd.WithZeroFrames(true))
	}
	return w, err
}

// summed writes to the file of a ShardWriter and takes its sum.
type summed struct{ w *ShardWriter }

// Write writes to the file. The sum is taken meanwhile: one goroutine writes all records of a run, and others wait for it.
func (s summed) Write(p []byte) (int, error) {
	done := s.add(p)
	n, err := s.w.file.Write(p)
	<-done
	s.w.size += int64(n)
	if fresh := s.w.size - s.w.behind; fresh >= behindBytes {
		writeBehind(s.w.file, s.w.behind, fresh)
		s.w.behind = s.w.size
	}
	return n, err
}

// add adds to the sum and says when that is done. Where not all of it comes to be written, the sum is of no use to anybody.
func (s summed) add(p []byte) (done chan struct{}) {
	done = make(chan struct{})
	add := func() {
		s.w.sum.Write(p)
		close(done)
	}
	if len(p) < writeBuffer {
		add()
	} else {
		go add()
	}
	return done
}

// behindBytes is how much is written to a file before the system is asked to begin with it.
const behindBytes = 8 << 20

// Sum is what the file is known by once it is closed.
func (w *ShardWriter) Sum() FileSum { return FileSum{Name: w.name, Size: w.size, Sum: w.sum.Sum64()} }

// offset is where the next line begins in a file that is not packed.
func (w *ShardWriter) offset() int64 {
	at := w.size + int64(w.buffer.Buffered())
	if w.ragged {
		at++ // the end that the last one has not
	}
	return at
}

// Flush writes what is buffered to the file, which is not packed.
func (w *ShardWriter) Flush() error {
	if w.err != nil {
		return w.err
	}
	return w.fail(w.buffer.Flush())
}

// small prepares for members that are too short to pack on several goroutines. Call it before the first write.
func (w *ShardWriter) small() {
	if _, ok := w.packer.(*pgzip.Writer); ok {
		w.packer = gzip.NewWriter(w.buffer)
	}
}

// Write writes bytes as they are: a byte order mark, or lines of JSON that the caller ends.
func (w *ShardWriter) Write(p []byte) (int, error) {
	if w.err != nil || len(p) == 0 { // of nothing, a packer would write a header
		return 0, w.err
	}
	var to io.Writer = w.buffer
	if w.packer != nil {
		to = w.packer
		w.beginMember()
	}
	n, err := to.Write(p)
	w.empty = w.empty && n == 0
	return n, w.fail(err)
}

// endMember ends a gzip member or zstd frame.
func (w *ShardWriter) endMember() error {
	if w.packer == nil || w.ended || w.err != nil {
		return w.err
	}
	w.ended = true
	return w.fail(w.packer.Close())
}

// beginMember begins another after the first.
func (w *ShardWriter) beginMember() {
	if p, ok := w.packer.(interface{ Reset(io.Writer) }); ok && w.ended {
		p.Reset(w.buffer)
		w.ended = false
	}
}

// emptyPacked are packed files of no bytes, by the extension.
var emptyPacked = map[string][]byte{
	".gz":   {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	".zst":  {0x28, 0xb5, 0x2f, 0xfd, 0x24, 0, 1, 0, 0, 0x99, 0xe9, 0xd8, 0x51},
	".zstd": {0x28, 0xb5, 0x2f, 0xfd, 0x24, 0, 1, 0, 0, 0x99, 0xe9, 0xd8, 0x51},
}

// WriteLine writes a record with its line end as it was read. A record without one, the last of its shard, goes out without
// one if nothing follows; should another record follow, a '\n' is put between, so that two records never merge.
func (w *ShardWriter) WriteLine(raw []byte) error {
	if len(raw) == 0 {
		return w.err
	}
	if w.ragged {
		if _, err := w.Write([]byte{'\n'}); err != nil {
			return err
		}
	}
	_, err := w.Write(raw)
	w.ragged = !bytes.HasSuffix(raw, []byte{'\n'})
	return err
}

// Close writes what is buffered and closes the file. It may be called again and gives the same answer.
func (w *ShardWriter) Close() error {
	if w.file == nil {
		if errors.Is(w.err, errClosed) {
			return nil
		}
		return w.err
	}
	if w.err == nil && w.packer == nil && w.empty {
		w.Write(emptyPacked[path.Ext(w.name)]) // what is plain but named as packed is read by its name when it says nothing itself
	}
	if w.err == nil && w.packer != nil && !w.ended {
		w.fail(w.packer.Close())
	}
	if w.err == nil {
		w.fail(w.buffer.Flush())
	}
	w.release()
	if w.err != nil {
		return w.err
	}
	w.err = errClosed
	return nil
}

// errClosed is what a write after Close gives.
var errClosed = errors.New("write to an output file that is closed")

// release closes the file and lets go of the buffers. After an error what is still being packed is waited for.
func (w *ShardWriter) release() {
	if w.err != nil && w.packer != nil {
		w.packer.Close()
	}
	if err := w.file.Close(); w.err == nil {
		w.fail(err)
	}
	w.out.forget(w)
	w.file, w.buffer, w.packer = nil, nil, nil
}

// fail keeps the first error, in words that name the file by its final name.
func (w *ShardWriter) fail(err error) error {
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("write %s: %w", w.name, fileError(err))
		w.out.spoil(w.err)
	}
	return w.err
}
