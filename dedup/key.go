package dedup

import (
	"encoding/binary"
	"math/bits"
)

// The odd constants of wyhash: halves of the bits are ones, and no bytes of UTF-8 are equal to them.
const (
	keySeed0 = 0xa0761d6478bd642f
	keySeed1 = 0xe7037ed1a0b428db
)

// key hashes a few bytes for a table of one text: two loads that may overlap and one multiplication, as wyhash does. It says where to look and
// nothing else: what is found is compared byte by byte, so that no result depends on it. A stronger hash costs more than all the rest
// of a look-up.
func key(s []byte) uint64 {
	if uint(len(s)-8) <= 8 { // seven letters of Arabic
		return mix(binary.LittleEndian.Uint64(s)^keySeed0, binary.LittleEndian.Uint64(s[len(s)-8:])^keySeed1^uint64(len(s)))
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

// keysOf fills dst with the keys of shingles, in one loop without calls for those of usual length.
func keysOf(dst []uint64, text []byte, starts, ends []int32) {
	starts, ends = starts[:len(dst)], ends[:len(dst)]
	for i := range dst {
		s := text[starts[i]:ends[i]]
		if n := len(s); uint(n-8) <= 8 {
			dst[i] = mix(binary.LittleEndian.Uint64(s)^keySeed0, binary.LittleEndian.Uint64(s[n-8:])^keySeed1^uint64(n))
		} else {
			dst[i] = key(s)
		}
	}
}

// keyShort hashes 16 bytes at most.
func keyShort(s []byte) uint64 {
	n := uint64(len(s))
	switch {
	case n >= 8:
		return mix(binary.LittleEndian.Uint64(s)^keySeed0, binary.LittleEndian.Uint64(s[n-8:])^keySeed1^n)
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
