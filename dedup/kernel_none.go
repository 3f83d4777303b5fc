//go:build !amd64 || purego

package dedup

func outlineOf(parts []part, chars []int32, text []byte) int {
	return outlineOfPlain(parts, chars, text)
}

func noteOf(keys []uint64, from int32, heads, chain []int32, filter bitset, shift int, known []int32) int {
	return notePlain(keys, from, heads, chain, filter, shift, known)
}

func fetch([]byte) {}

func keysOf(dst []uint64, text []byte, starts, ends []int32) { keysOfPlain(dst, text, starts, ends) }

func keysKnown(dst []uint64, known bitset, text []byte, starts, ends []int32, filter bitset, shift int) {
	keysKnownPlain(dst, known, 0, text, starts, ends, filter, shift)
}
