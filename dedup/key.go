package dedup

import (
	"encoding/binary"
	"math/bits"
)

// Constants of wyhash and of XXH64: odd, half of their bits ones; no bytes of UTF-8 are equal to the seeds.
const (
	keySeed0   = 0xa0761d6478bd642f
	keySeed1   = 0xe7037ed1a0b428db
	keyFactor0 = 0x9e3779b185ebca87
	keyFactor1 = 0xc2b2ae3d27d4eb4f
	keyFactor2 = 0x165667b19e3779f9
)

// key hashes a few bytes for a table of one text: two loads that may overlap and three multiplications, which vectors have too. It says where
// to look and nothing else: what is found is compared byte by byte, so that no result depends on it. A stronger hash costs more than all
// the rest of a look-up.
func key(s []byte) uint64 {
	if uint(len(s)-8) <= 8 { // seven letters of Arabic
		return keyUsual(s)
	}
	if len(s) < 8 {
		return keyShort(s)
	}
	h := uint64(len(s))
	for ; len(s) > 16; s = s[16:] {
		h = mix(binary.LittleEndian.Uint64(s)^keySeed0, binary.LittleEndian.Uint64(s[8:])^keySeed1^h)
	}
	return mix(h^keySeed0, keyShort(s)^keySeed1)
}

// keyUsual hashes 8 to 16 bytes.
func keyUsual(s []byte) uint64 {
	n := len(s)
	a := (binary.LittleEndian.Uint64(s) ^ keySeed0) * keyFactor0
	b := (binary.LittleEndian.Uint64(s[n-8:]) ^ keySeed1 ^ uint64(n)) * keyFactor1
	h := a ^ bits.RotateLeft64(b, 32)
	h = (h ^ h>>32) * keyFactor2
	return h ^ h>>32
}

// keysOfPlain fills dst with the keys of shingles, in one loop without calls for those of usual length.
func keysOfPlain(dst []uint64, text []byte, starts, ends []int32) {
	starts, ends = starts[:len(dst)], ends[:len(dst)]
	for i := range dst {
		if s := text[starts[i]:ends[i]]; uint(len(s)-8) <= 8 {
			dst[i] = keyUsual(s)
		} else {
			dst[i] = key(s)
		}
	}
}

// keysKnownPlain fills dst with the keys of shingles, and adds to known, of which the first is number at, those that the filter knows, by the
// upper bits that shift leaves.
func keysKnownPlain(dst []uint64, known bitset, at int, text []byte, starts, ends []int32, filter bitset, shift int) {
	starts, ends = starts[:len(dst)], ends[:len(dst)]
	for i := range dst {
		h := key(text[starts[i]:ends[i]])
		dst[i] = h
		known[(at+i)>>6] |= filter[h>>shift>>6] >> (h >> shift & 63) & 1 << ((at + i) & 63)
	}
}

// keyShort hashes 16 bytes at most.
func keyShort(s []byte) uint64 {
	n := uint64(len(s))
	switch {
	case n >= 8:
		return keyUsual(s)
	case n >= 4: // seven letters of English
		return mix(uint64(binary.LittleEndian.Uint32(s))^keySeed0, uint64(binary.LittleEndian.Uint32(s[n-4:]))^keySeed1^n)
	}
	word := n
	for _, c := range s {
		word = word<<8 | uint64(c)
	}
	return mix(word^keySeed0, keySeed1)
}

// mix multiplies and folds the product.
func mix(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return hi ^ lo
}

// commonPrefix returns how many bytes two texts have in common at their beginning.
func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	a, b = a[:n], b[:n]
	i := 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)>>3
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}
