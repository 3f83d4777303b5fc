package shingle

import (
	"math/bits"
	"slices"
)

// Below appends to dst the indices of the hashes that are below limit, in order: the content-defined sample of a scaled MinHash.
func Below(dst []int32, hashes []uint64, limit uint64) []int32 {
	n := len(dst)
	dst = slices.Grow(dst, len(hashes)+slack)
	return dst[:n+below(dst[n:cap(dst)], hashes, limit)]
}

// belowPlain writes the indices to dst, which is longer than hashes, and returns how many there are. It has no branch on a hash,
// for the one of many that is below comes as a surprise each time.
func belowPlain(dst []int32, hashes []uint64, limit uint64) int {
	n := 0
	for i, h := range hashes {
		dst[n] = int32(i)
		_, less := bits.Sub64(h, limit, 0)
		n += int(less)
	}
	return n
}
