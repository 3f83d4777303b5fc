package job

import (
	"encoding/binary"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/corpusctl/corpusctl/report"
)

// textLength is the length of a text as it was read and as it would be kept, as bins of the report: a byte for each document is all that
// is remembered.
type textLength struct{ before, after uint8 }

func lengthOf(text []byte) textLength {
	bin := report.LengthBin(characters(text))
	return textLength{bin, bin}
}

// characters counts the code points of valid UTF-8: the bytes that do not continue one.
func characters(text []byte) int {
	n := len(text)
	for len(text) >= 32 {
		block := text[:min(len(text)&^31, 32*63)]
		n -= continuations(block)
		text = text[len(block):]
	}
	for _, c := range text {
		if c&0xC0 == 0x80 {
			n--
		}
	}
	return n
}

// continuations counts the bytes 10xxxxxx of a block, whose length is a multiple of 32, at most 32*63: each byte of a word counts its own
// column, and has no room for more.
func continuations(block []byte) int {
	const low, even = 0x0101010101010101, 0x00FF00FF00FF00FF
	sum := uint64(0)
	for ; len(block) >= 32; block = block[32:] {
		a, b := binary.LittleEndian.Uint64(block), binary.LittleEndian.Uint64(block[8:])
		c, d := binary.LittleEndian.Uint64(block[16:]), binary.LittleEndian.Uint64(block[24:])
		sum += a>>7&^(a>>6)&low + b>>7&^(b>>6)&low
		sum += c>>7&^(c>>6)&low + d>>7&^(d>>6)&low
	}
	pairs := sum&even + sum>>8&even // four counts of 16 bits
	return int(pairs * 0x0001000100010001 >> 48)
}

// lengths are those of all documents.
type lengths struct {
	before [report.LengthBins]int
	after  []uint8 // bin of each document
}

func (l *lengths) add(n textLength) {
	l.before[n.before]++
	l.after = append(l.after, n.after)
}

// counts are the lengths of what was read, and of what is left without the documents that are gone.
func (l *lengths) counts(gone *roaring.Bitmap) []report.LengthCount {
	var after [report.LengthBins]int
	for _, bin := range l.after {
		after[bin]++
	}
	gone.Iterate(func(doc uint32) bool {
		after[l.after[doc]]--
		return true
	})
	return report.LengthCounts(&l.before, &after)
}
