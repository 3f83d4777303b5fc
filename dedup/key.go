package dedup

import (
	"bytes"
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
	n := len(s)
	if n < 8 {
		return keyShort(s)
	}
	h := uint64(n)
	for rest := s; len(rest) > 16; rest = rest[16:] {
		h = mix(binary.LittleEndian.Uint64(rest)^keySeed0, binary.LittleEndian.Uint64(rest[8:])^keySeed1^h)
	}
	if n > 16 {
		s = s[n-16:]
	}
	return mix(binary.LittleEndian.Uint64(s)^keySeed0, binary.LittleEndian.Uint64(s[len(s)-8:])^keySeed1^h)
}

// keyShort hashes fewer than eight bytes.
func keyShort(s []byte) uint64 {
	word := uint64(len(s))
	for _, c := range s {
		word = word<<8 | uint64(c)
	}
	return mix(word^keySeed0, word<<32^keySeed1)
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

// distinct counts the different stretches among some of a text.
type distinct struct {
	slots []int32 // by key: the place in the list, plus one
}

// stretch is a stretch of a text with its key.
type stretch struct {
	key uint64
	at  span
}

func (d *distinct) count(text []byte, list []stretch) int {
	size := 1 << bits.Len(uint(max(len(list), 8))*2-1)
	d.slots = grow(d.slots, size)
	clear(d.slots)
	mask, n := uint64(size-1), 0
	for i, s := range list {
		at := s.key >> 32 & mask
		for d.slots[at] != 0 && !same(text, s, list[d.slots[at]-1]) {
			at = (at + 1) & mask
		}
		if d.slots[at] == 0 {
			d.slots[at] = int32(i + 1)
			n++
		}
	}
	return n
}

func same(text []byte, x, y stretch) bool {
	return x.key == y.key && bytes.Equal(text[x.at.start:x.at.end], text[y.at.start:y.at.end])
}
