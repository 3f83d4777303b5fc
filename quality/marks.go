package quality

import (
	"slices"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// textMarks are the places of a text at which a finder may have something to do: most text has none, and finders step from one to the
// next. One pass over the bytes finds those of all finders.
//
// A byte is marked by itself or with the byte before it, as markTable says. A mark stands on the last byte of what it speaks of.
// It may be there for nothing; none is missing.
type textMarks struct {
	words []uint64      // of the bitmaps
	lines bitmap.Bitmap // where a line may end: line ends, two spaces in a row, white space and separators that are not ASCII
	stops bitmap.Bitmap // where a sentence may end: . ! ? ؟
	wrong bitmap.Bitmap // where a wrong encoding may be seen
	alone uint8         // all classes seen of bytes
	pairs uint8         // all classes seen of pairs
}

// Classes of bytes, and of pairs of bytes. The kernel knows which of them mark a byte in which bitmap, and so does put.
const (
	markLine  = 1 << iota // alone
	markStop              // . ! ?
	markWrong             // what may begin, or be, a character out of place
	markCode              // a mark without which there is hardly code
)

const (
	pairSpaces    = 1 << iota // two spaces
	pairLatin                 // C2 80 to C2 A0: controls and white space
	pairSeparator             // the end of U+2028, U+2029
	pairQuestion              // ؟
	pairSign                  // ، ؛, which ط ظ ع غ may stand before in mojibake
	pairArabic                // the end of ط ظ ع غ, and a lead that clean Arabic has not behind them; or such a character
	pairCode                  // "/*", "[/", a name and "("
	pairClose                 // a parenthesis that closes, and white space; or "??"
)

const (
	lineAlone, linePairs   = markLine, pairSpaces | pairLatin | pairSeparator
	stopAlone, stopPairs   = markStop, pairQuestion
	wrongAlone, wrongPairs = markWrong, pairLatin | pairQuestion | pairSign | pairArabic
)

// keptMarks is how many words a textMarks holds on to: those of a text of some megabytes.
const keptMarks = 1 << 17

// read finds the marks of a text.
func (m *textMarks) read(text string) {
	n := (len(text) + 63) / 64
	if cap(m.words) > keptMarks && 3*n <= keptMarks {
		m.words = nil
	}
	m.words = slices.Grow(m.words[:0], 3*n)[:3*n]
	m.lines, m.stops, m.wrong = m.words[:n:n], m.words[n:2*n:2*n], m.words[2*n:]
	if m.alone, m.pairs = 0, 0; n > 0 && !m.blocks(text) {
		m.plain(text)
	}
}

// plain is what the kernel does, byte by byte.
func (m *textMarks) plain(text string) {
	clear(m.words)
	begun := uint8(0)
	for i := range len(text) {
		b := text[i]
		alone, pairs := markTable[markAlone+int(b)], begun&markTable[markSecond+int(b)]
		if begun = markTable[markFirst+int(b)]; alone|pairs != 0 {
			m.put(i, alone, pairs)
		}
	}
}

// put marks a byte.
func (m *textMarks) put(i int, alone, pairs uint8) {
	m.alone |= alone
	m.pairs |= pairs
	m.lines.Put(i, alone&lineAlone|pairs&linePairs)
	m.stops.Put(i, alone&stopAlone|pairs&stopPairs)
	m.wrong.Put(i, alone&wrongAlone|pairs&wrongPairs)
}

// mayHoldCode says whether the text has a mark of code. mayHoldCode, the function, says it exactly.
func (m *textMarks) mayHoldCode() bool { return m.alone&markCode|m.pairs&pairCode != 0 }

// holdCode says it exactly of the text that was read: a date may have the marks of a pair, but a mark alone is one.
func (m *textMarks) holdCode(text string) bool {
	return m.alone&markCode != 0 || m.pairs&pairCode != 0 && holdsCodePair(text)
}
