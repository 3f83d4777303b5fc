// Package xxh64 has the steps of XXH64 with seed 0 that a text of less than 32 bytes takes, for those who hash so many words or shingles that the
// call of a library costs as much as the hash: Begin, then Eight as often as eight bytes are left, Four and One likewise, and End.
//
// All are short enough to be put in place by the compiler. Bytes are read with the lowest first.
package xxh64

import "math/bits"

const (
	prime1 = 11400714785074694791
	prime2 = 14029467366897019727
	prime3 = 1609587929392839161
	prime4 = 9650029242287828579
	prime5 = 2870177450012600261
)

// Begin begins the hash of n bytes.
func Begin(n uint64) uint64 { return prime5 + n }

// Eight takes eight bytes.
func Eight(h, v uint64) uint64 {
	h ^= bits.RotateLeft64(v*prime2, 31) * prime1
	return bits.RotateLeft64(h, 27)*prime1 + prime4
}

// Four takes four bytes.
func Four(h uint64, v uint32) uint64 {
	h ^= uint64(v) * prime1
	return bits.RotateLeft64(h, 23)*prime2 + prime3
}

// One takes a byte.
func One(h uint64, v byte) uint64 {
	h ^= uint64(v) * prime5
	return bits.RotateLeft64(h, 11) * prime1
}

// End ends the hash.
func End(h uint64) uint64 {
	h = (h ^ h>>33) * prime2
	h = (h ^ h>>29) * prime3
	return h ^ h>>32
}
