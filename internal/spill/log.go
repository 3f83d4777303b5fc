package spill

import (
	"encoding/binary"
	"os"
	"sort"

	"github.com/cespare/xxhash/v2"
)

// Log is a sequence of byte strings, appended one after the other and read at any place. One goroutine appends and settles; any number
// read while nobody does either.
type Log struct {
	space *Space

	size   int64    // of everything
	onDisk int64    // what stands before this place is in the file, unless blocks hold it
	blocks [][]byte // what stands from onDisk on
	starts []int64  // of the blocks
	spare  [][]byte // blocks to use again
	file   *os.File
}

// blockBytes is the size of a block of a Log. A longer string gets a block of its own.
const blockBytes = 1 << 20

// sumBytes is the size of the checksum before each string.
const sumBytes = 4

// NewLog returns an empty Log.
func NewLog(space *Space) *Log { return &Log{space: space} }

// Append adds a string and returns its place. It costs a copy of the string and four bytes.
func (l *Log) Append(p []byte) (at int64) { return l.AppendHashed(p, xxhash.Sum64(p)) }

// AppendHashed is Append for who has the string's XXH64 already.
func (l *Log) AppendHashed(p []byte, hash uint64) (at int64) {
	at = l.size
	last := len(l.blocks) - 1
	if need := len(p) + sumBytes; last < 0 || cap(l.blocks[last])-len(l.blocks[last]) < need {
		l.blocks, l.starts = append(l.blocks, l.block(need)), append(l.starts, at)
		last++
	}
	b := binary.LittleEndian.AppendUint32(l.blocks[last], uint32(hash))
	l.blocks[last] = append(b, p...)
	l.size += int64(len(p) + sumBytes)
	return at
}

// block returns an empty block with room for at least n bytes.
func (l *Log) block(n int) []byte {
	if last := len(l.spare) - 1; last >= 0 && n <= blockBytes {
		b := l.spare[last]
		l.spare = l.spare[:last]
		return b
	}
	b := make([]byte, 0, max(n, blockBytes))
	if len(l.blocks) >= fewBlocks {
		wantHuge(b)
	}
	return b
}

// fewBlocks is how many blocks a Log has that may well stay so short: a huge page may be larger than all that it holds.
const fewBlocks = 4

// End is the place of the string that is appended next.
func (l *Log) End() int64 { return l.size }

// Length is the length of the string at place at when the next one is at next.
func Length(at, next int64) int { return int(next-at) - sumBytes }

// Read returns the n bytes of the string at a place: a part of the Log where it is in memory, else a copy in buf, which grows as
// needed. The caller must not change it, and gives it as buf again only if it is done with it.
func (l *Log) Read(at int64, n int, buf []byte) (text, buffer []byte, err error) {
	if at >= l.onDisk {
		i := sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > at }) - 1
		from := at - l.starts[i] + sumBytes
		return l.blocks[i][from : from+int64(n) : from+int64(n)], buf, nil
	}
	if cap(buf) < n+sumBytes {
		buf = make([]byte, n+sumBytes, n+n/4+sumBytes)
	}
	buf = buf[:n+sumBytes]
	if _, err := l.file.ReadAt(buf, at); err != nil {
		return nil, buf, readError(err)
	}
	text, err = checked(buf)
	return text, buf, err
}

// checked returns the string that stands behind its checksum.
func checked(raw []byte) ([]byte, error) {
	text := raw[sumBytes:]
	if binary.LittleEndian.Uint32(raw) != uint32(xxhash.Sum64(text)) {
		return nil, readError(errDamaged)
	}
	return text, nil
}

// Settle moves everything to the file if it is more than the space allows one store. A few blocks are kept to be filled again.
func (l *Log) Settle() error {
	if l.space.over(l.size - l.onDisk) {
		return l.flush()
	}
	return nil
}

func (l *Log) flush() (err error) {
	if l.file == nil {
		if l.file, err = l.space.create(); err != nil {
			return err
		}
	}
	for _, b := range l.blocks {
		if _, err := l.file.Write(b); err != nil {
			return writeError(err)
		}
		if cap(b) == blockBytes && len(l.spare) < spareBlocks {
			l.spare = append(l.spare, b[:0])
		}
	}
	l.spare = keep(l.space, l.spare, blockBytes)
	clear(l.blocks)
	l.blocks, l.starts, l.onDisk = l.blocks[:0], l.starts[:0], l.size
	return nil
}

// spareBlocks is the number of blocks that are kept when the others go to the file.
const spareBlocks = 8

// Seal lets go of what is kept for more strings, when no more are to come.
func (l *Log) Seal() { l.spare = nil }

// Close gives memory and file back. Nothing can be read any more.
func (l *Log) Close() error {
	f := l.file
	l.blocks, l.starts, l.spare, l.file, l.onDisk = nil, nil, nil, nil, l.size
	if f == nil {
		return nil
	}
	return l.space.remove(f)
}
