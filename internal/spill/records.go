package spill

import (
	"bufio"
	"os"
	"sync"
	"unsafe"

	"github.com/cespare/xxhash/v2"
)

// Records are records of type T in partitions. T must be made of integers only: records go to a file as they lie in memory, for
// this run alone. Add may be called by many goroutines at once, and so may Take.
type Records[T any] struct {
	space *Space
	block int // records in a block

	mu       sync.Mutex
	parts    []partition[T]
	spare    [][]T
	resident int64 // records held, blocks not full counted as full
	file     *os.File
	written  int64
}

// partition is the records of one number: those in the file first.
type partition[T any] struct {
	extents []extent
	blocks  [][]T // full ones
	last    []T   // the block that is filled
	count   int
}

// extent is a stretch of a partition in the file.
type extent struct {
	at  int64
	n   int
	sum uint64 // XXH64 of its bytes
}

// NewRecords returns empty Records of n partitions that grow by blocks of so many records.
func NewRecords[T any](space *Space, n, block int) *Records[T] {
	return &Records[T]{space: space, block: block, parts: make([]partition[T], n)}
}

// Len returns the number of records.
func (r *Records[T]) Len() (n int) {
	for i := range r.parts {
		n += r.parts[i].count
	}
	return n
}

// Count returns the number of records of a partition.
func (r *Records[T]) Count(part int) int { return r.parts[part].count }

// Lock lets one goroutine call Append; Unlock ends that.
func (r *Records[T]) Lock() { r.mu.Lock() }

// Unlock ends what Lock began.
func (r *Records[T]) Unlock() { r.mu.Unlock() }

// Append adds a record to a partition. Goroutines that share the Records hold the lock.
func (r *Records[T]) Append(part int, rec T) {
	p := &r.parts[part]
	if len(p.last) == cap(p.last) {
		r.goOn(p)
	}
	p.last = append(p.last, rec)
	p.count++
}

// AppendAll adds records to a partition, side by side. Goroutines that share the Records hold the lock.
func (r *Records[T]) AppendAll(part int, recs []T) {
	p := &r.parts[part]
	p.count += len(recs)
	for len(recs) > 0 {
		if len(p.last) == cap(p.last) {
			r.goOn(p)
		}
		n := min(len(recs), cap(p.last)-len(p.last))
		p.last, recs = append(p.last, recs[:n]...), recs[n:]
	}
}

// goOn begins the next block of a partition.
func (r *Records[T]) goOn(p *partition[T]) {
	if p.last != nil {
		p.blocks = append(p.blocks, p.last)
	}
	p.last = r.newBlock()
}

func (r *Records[T]) newBlock() []T {
	r.resident += int64(r.block)
	if last := len(r.spare) - 1; last >= 0 {
		b := r.spare[last]
		r.spare = r.spare[:last]
		return b
	}
	return make([]T, 0, r.block)
}

// Settle moves all records to the file if they are more than the space allows one store. Their blocks are kept, to be filled again.
// Goroutines that share the Records hold the lock.
func (r *Records[T]) Settle() error {
	var rec T
	if r.space.over(r.resident * int64(unsafe.Sizeof(rec))) {
		return r.flush()
	}
	return nil
}

// flush writes partition after partition.
func (r *Records[T]) flush() (err error) {
	if r.file == nil {
		if r.file, err = r.space.create(); err != nil {
			return err
		}
	}
	w := bufio.NewWriterSize(r.file, writeBuffer)
	for i := range r.parts {
		if err := r.flushPart(w, &r.parts[i]); err != nil {
			return writeError(err)
		}
	}
	r.resident = 0
	var rec T
	r.spare = keep(r.space, r.spare, int64(r.block)*int64(unsafe.Sizeof(rec)))
	if err := w.Flush(); err != nil {
		return writeError(err)
	}
	return nil
}

const writeBuffer = 256 << 10

func (r *Records[T]) flushPart(w *bufio.Writer, p *partition[T]) error {
	if p.last == nil {
		return nil
	}
	p.blocks = append(p.blocks, p.last)
	e := extent{at: r.written}
	sum := xxhash.New()
	for _, b := range p.blocks {
		raw := bytesOf(b)
		sum.Write(raw)
		if _, err := w.Write(raw); err != nil {
			return err
		}
		e.n += len(b)
		r.written += int64(len(raw))
		r.spare = append(r.spare, b[:0])
	}
	e.sum = sum.Sum64()
	clear(p.blocks)
	p.extents, p.blocks, p.last = append(p.extents, e), p.blocks[:0], nil
	return nil
}

// Take returns the records of a partition in the order in which they were appended, in buf where it is long enough, and forgets them.
func (r *Records[T]) Take(part int, buf []T) ([]T, error) {
	p := &r.parts[part]
	if cap(buf) < p.count {
		buf = make([]T, 0, p.count+p.count/4)
	}
	buf = buf[:0]
	for _, e := range p.extents {
		from := len(buf)
		buf = buf[:from+e.n]
		raw := bytesOf(buf[from:])
		if _, err := r.file.ReadAt(raw, e.at); err != nil {
			return nil, readError(err)
		}
		if xxhash.Sum64(raw) != e.sum {
			return nil, readError(errDamaged)
		}
	}
	for _, b := range p.blocks {
		buf = append(buf, b...)
	}
	buf = append(buf, p.last...)
	*p = partition[T]{}
	return buf, nil
}

// Seal lets go of what is kept for more records, when no more are to come.
func (r *Records[T]) Seal() { r.spare = nil }

// Close gives memory and file back.
func (r *Records[T]) Close() error {
	f := r.file
	r.parts, r.spare, r.file, r.resident = nil, nil, nil, 0
	if f == nil {
		return nil
	}
	return r.space.remove(f)
}

// bytesOf is the memory of records. T holds no pointers.
func bytesOf[T any](recs []T) []byte {
	if len(recs) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(recs))), len(recs)*int(unsafe.Sizeof(recs[0])))
}
