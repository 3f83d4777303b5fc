//go:build !amd64 || purego

package dedup

func outlineOf(parts []part, chars []int32, text []byte) int {
	return outlineOfPlain(parts, chars, text)
}

func keysOf(dst []uint64, text []byte, starts, ends []int32) { keysOfPlain(dst, text, starts, ends) }

func keysOfNew(dst []uint64, text []byte, starts, ends []int32, filter bitset, shift int) (n int, known bool) {
	return keysOfNewPlain(dst, text, starts, ends, filter, shift)
}
