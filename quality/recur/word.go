package recur

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/internal/xxh64"
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
	h := xxh64.Begin(n)
	if next := xxh64.Eight(h, tail); n >= 8 {
		h, tail = next, second
	}
	if next := xxh64.Eight(h, second); n >= 16 {
		h, tail = next, third
	}
	next := xxh64.Four(h, uint32(tail))
	if n&4 != 0 {
		h = next
	}
	if behind := tail >> 32; n&4 != 0 {
		tail = behind
	}
	n &= 3
	if next := xxh64.One(h, byte(tail)); n > 0 {
		h = next
	}
	if next := xxh64.One(h, byte(tail>>8)); n > 1 {
		h = next
	}
	if next := xxh64.One(h, byte(tail>>16)); n > 2 {
		h = next
	}
	return xxh64.End(h)
}
