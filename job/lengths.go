package job

import (
	"encoding/binary"
	"math/bits"

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

// characters counts the code points of valid UTF-8: the bytes that do not continue one, eight at a time.
func characters(text []byte) int {
	const low = 0x0101010101010101
	n := len(text)
	for ; len(text) >= 8; text = text[8:] {
		w := binary.LittleEndian.Uint64(text)
		n -= bits.OnesCount64(w >> 7 & ^(w >> 6) & low) // 10xxxxxx
	}
	for _, c := range text {
		if c&0xC0 == 0x80 {
			n--
		}
	}
	return n
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
