//go:build !amd64 || purego

package shingle

func findMarks(marks []int32, need int, text []byte, i int) (int, int) {
	return findMarksPlain(marks, need, text, i)
}

func hashAll(hashes []uint64, text []byte, marks []int32, k int) {
	hashAllPlain(hashes, text, marks, k)
}

func below(dst []int32, hashes []uint64, limit uint64) int { return belowPlain(dst, hashes, limit) }
