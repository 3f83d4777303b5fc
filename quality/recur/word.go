package recur

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

// shortWord is the length of the longest word that sumWord hashes itself: two steps of eight bytes and what is less than a third.
const shortWord = 23

// sumWord is xxhash.Sum64 of text[from:to], a word or a few bytes. How long words are no processor foresees, so that it takes every
// step that a short word may want, and keeps what the steps came to that this one wants: those of several words run side by side.
func sumWord(text []byte, from, to int) uint64 {
	if to-from > shortWord || from+shortWord+1 > cap(text) {
		return xxhash.Sum64(text[from:to])
	}
	in := (*[shortWord + 1]byte)(text[from : from+shortWord+1])
	n := uint64(to - from)
	tail, second, third := binary.LittleEndian.Uint64(in[:]), binary.LittleEndian.Uint64(in[8:]), binary.LittleEndian.Uint64(in[16:])
	h := n + prime5
	if next := eightBytes(h, tail); n >= 8 {
		h, tail = next, second
	}
	if next := eightBytes(h, second); n >= 16 {
		h, tail = next, third
	}
	next := bits.RotateLeft64(h^uint64(uint32(tail))*prime1, 23)*prime2 + prime3
	if n&4 != 0 {
		h = next
	}
	if behind := tail >> 32; n&4 != 0 {
		tail = behind
	}
	n &= 3
	if next := oneByte(h, tail); n > 0 {
		h = next
	}
	if next := oneByte(h, tail>>8); n > 1 {
		h = next
	}
	if next := oneByte(h, tail>>16); n > 2 {
		h = next
	}
	h = (h ^ h>>33) * prime2
	h = (h ^ h>>29) * prime3
	return h ^ h>>32
}

func eightBytes(h, w uint64) uint64 {
	return bits.RotateLeft64(h^bits.RotateLeft64(w*prime2, 31)*prime1, 27)*prime1 + prime4
}

func oneByte(h, w uint64) uint64 { return bits.RotateLeft64(h^(w&0xFF)*prime5, 11) * prime1 }
