// Package bitmap marks bytes of a text, so that who looks for something steps from mark to mark.
package bitmap

import "math/bits"

// A Bitmap has a bit for each byte of a text.
type Bitmap []uint64

// Put marks byte i unless marks is 0. It takes a bit field, so that a table of classes can be asked without a comparison.
func (b Bitmap) Put(i int, marks uint8) {
	if marks != 0 {
		b[i>>6] |= 1 << (i & 63)
	}
}

// Next returns the first marked byte from i on, or end if there is none before.
func (b Bitmap) Next(i, end int) int {
	k := i >> 6
	if k >= len(b) {
		return end
	}
	if w := b[k] >> (i & 63); w != 0 {
		return min(i+bits.TrailingZeros64(w), end)
	}
	for k++; k<<6 < end && k < len(b); k++ {
		if b[k] != 0 {
			return min(k<<6+bits.TrailingZeros64(b[k]), end)
		}
	}
	return end
}

// NextOf is Next for bytes that one of two bitmaps of a text marks.
func NextOf(a, b Bitmap, i, end int) int {
	k := i >> 6
	if k >= len(a) {
		return end
	}
	if w := (a[k] | b[k]) >> (i & 63); w != 0 {
		return min(i+bits.TrailingZeros64(w), end)
	}
	for k++; k<<6 < end && k < len(a); k++ {
		if w := a[k] | b[k]; w != 0 {
			return min(k<<6+bits.TrailingZeros64(w), end)
		}
	}
	return end
}
