package shingle

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/internal/xxh64"
)

// hashAllPlain sets hashes[i] to the XXH64 of text[marks[i]:marks[i+k]].
//
// Most shingles of Arabic have 11 to 14 bytes: one step of eight bytes, one of four, and up to three bytes. Lengths from 8 to
// 15 are done in place, for what a call costs is half of what such a hash costs.
func hashAllPlain(hashes []uint64, text []byte, marks []int32, k int) {
	ends := marks[k:][:len(hashes)]
	marks = marks[:len(hashes)]
	for i := range hashes {
		s := text[marks[i]:ends[i]]
		n := uint64(len(s))
		if n-8 >= 8 {
			hashes[i] = xxhash.Sum64(s)
			continue
		}
		h := xxh64.Eight(xxh64.Begin(n), binary.LittleEndian.Uint64(s))
		if n&4 != 0 {
			h = xxh64.Four(h, binary.LittleEndian.Uint32(s[8:]))
		}
		switch n & 3 {
		case 1:
			h = xxh64.One(h, s[n-1])
		case 2:
			h = xxh64.One(h, s[n-2])
			h = xxh64.One(h, s[n-1])
		case 3:
			h = xxh64.One(h, s[n-3])
			h = xxh64.One(h, s[n-2])
			h = xxh64.One(h, s[n-1])
		}
		hashes[i] = xxh64.End(h)
	}
}
