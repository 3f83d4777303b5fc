package quality

import (
	"math/bits"
	"slices"
)

// letterRuns are the runs of plain letters in a text: their bytes, and hashes of them, each its own up to 8 letters. Those beyond are left out.
type letterRuns struct {
	starts, ends []int32
	hashes       []uint64
}

// runSlack is how many runs more a kernel may write.
const runSlack = 32

// read lists the runs of letters that were read.
func (r *letterRuns) read(l *plainLetters) {
	most := 64*len(l.marks)/3 + 1 // two bytes, and one between
	r.starts = slices.Grow(r.starts[:0], most+runSlack)[:most+runSlack]
	r.ends = slices.Grow(r.ends[:0], most+runSlack)[:most+runSlack]
	r.hashes = slices.Grow(r.hashes[:0], most+runSlack)[:most+runSlack]
	n := r.blocks(l)
	if n < 0 {
		n = r.plain(l)
	}
	r.starts, r.ends, r.hashes = r.starts[:n], r.ends[:n], r.hashes[:n]
}

// plain is what the kernel does, run by run.
func (r *letterRuns) plain(l *plainLetters) int {
	n, carry := 0, uint64(0)
	for k, marks := range l.marks {
		for starts := marks &^ (marks<<1 | carry); starts != 0; starts &= starts - 1 {
			i := k<<6 + bits.TrailingZeros64(starts)
			size := l.run(i)
			r.starts[n], r.ends[n], r.hashes[n] = int32(i), int32(i+size), spread(l.key(i, size))
			n++
		}
		carry = marks >> 63
	}
	return n
}
