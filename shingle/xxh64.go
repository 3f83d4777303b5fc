package shingle

import (
	"encoding/binary"
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// The primes of XXH64.
const (
	prime1 = 11400714785074694791
	prime2 = 14029467366897019727
	prime3 = 1609587929392839161
	prime4 = 9650029242287828579
	prime5 = 2870177450012600261
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
		h := step8(prime5+n, binary.LittleEndian.Uint64(s))
		if n&4 != 0 {
			h = step4(h, uint64(binary.LittleEndian.Uint32(s[8:])))
		}
		switch n & 3 {
		case 1:
			h = step1(h, uint64(s[n-1]))
		case 2:
			h = step1(h, uint64(s[n-2]))
			h = step1(h, uint64(s[n-1]))
		case 3:
			h = step1(h, uint64(s[n-3]))
			h = step1(h, uint64(s[n-2]))
			h = step1(h, uint64(s[n-1]))
		}
		hashes[i] = avalanche(h)
	}
}

// step8, step4 and step1 take eight, four bytes and one byte into a hash.
func step8(h, v uint64) uint64 {
	h ^= bits.RotateLeft64(v*prime2, 31) * prime1
	return bits.RotateLeft64(h, 27)*prime1 + prime4
}

func step4(h, v uint64) uint64 {
	h ^= v * prime1
	return bits.RotateLeft64(h, 23)*prime2 + prime3
}

func step1(h, v uint64) uint64 {
	h ^= v * prime5
	return bits.RotateLeft64(h, 11) * prime1
}

func avalanche(h uint64) uint64 {
	h = (h ^ h>>33) * prime2
	h = (h ^ h>>29) * prime3
	return h ^ h>>32
}
