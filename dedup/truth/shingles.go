package truth

import (
	"slices"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// appendSet appends the hashes of the different k-shingles of a text to dst, which must be empty, ascending. Bytes that are not
// UTF-8 count as one character each.
func appendSet(dst []uint64, text []byte, k int) []uint64 {
	end := 0
	for i := 0; i < k && end < len(text); i++ {
		end += width(text[end:])
	}
	for start := 0; start < len(text); start += width(text[start:]) {
		dst = append(dst, xxhash.Sum64(text[start:end]))
		if end == len(text) {
			break
		}
		end += width(text[end:])
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

func width(text []byte) int {
	_, n := utf8.DecodeRune(text)
	return n
}
