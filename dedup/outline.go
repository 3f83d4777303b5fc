package dedup

import (
	"encoding/binary"
	"math/bits"

	"github.com/corpusctl/corpusctl/shingle"
)

// outline tells where the characters and the words of a text are, so that neither is looked for twice.
type outline struct {
	text  []byte
	chars []int32 // the place in bytes of each character, then the end of the text
	parts []part  // one for each 64 bytes, and one more when the text fills the last
	total int     // words of the text, once they were counted
}

// part is what stands in 64 bytes of a text. Of each mask, bit i is for byte i.
type part struct {
	starts uint64 // a character begins
	spaces uint64
	digits uint64 // ASCII, as folding leaves them
	before int64  // characters that begin in earlier parts
}

// set makes the outline that of text.
func (o *outline) set(text []byte) {
	o.text, o.total = text, 0
	letters := len(text)
	if letters > fewBytes {
		letters = shingle.Count(text, 1)
	}
	o.chars = grow(o.chars, letters+1+charSlack)
	o.parts = grow(o.parts, len(text)>>6+1)
	n := 0
	if len(text) > 0 {
		n = outlineOf(o.parts, o.chars, text)
	}
	if len(text)&63 == 0 {
		o.parts[len(text)>>6] = part{before: int64(n)}
	}
	o.chars = o.chars[:n+1]
	o.chars[n] = int32(len(text))
}

// fewBytes is the length up to which counting the characters costs more than the room saved is worth.
const fewBytes = 1 << 16

// charSlack is how many places outlineOf may write beyond the last.
const charSlack = 16

// outlineOfPlain fills the parts that text reaches into, and chars, which is longer than there are characters by one at least; it
// returns their number.
func outlineOfPlain(parts []part, chars []int32, text []byte) (n int) {
	for from := 0; from < len(text); from += 64 {
		p := part{before: int64(n)}
		if from+64 <= len(text) {
			p.all((*[64]byte)(text[from:]))
		} else {
			p.some(text[from:])
		}
		if from == 0 {
			p.starts |= 1 // whatever the first byte is
		}
		for starts := p.starts; starts != 0; starts &= starts - 1 {
			chars[n] = int32(from + bits.TrailingZeros64(starts))
			n++
		}
		parts[from>>6] = p
	}
	return n
}

// some sets the masks for a few bytes.
func (p *part) some(text []byte) {
	for i, c := range text {
		p.starts |= uint64(1-continues(c)) << i
		p.spaces |= bit(c == ' ') << i
		p.digits |= bit(isDigit(c)) << i
	}
}

// all sets the masks, eight bytes at a time.
func (p *part) all(text *[64]byte) {
	const high, each = 0x8080808080808080, 0x0101010101010101
	for i := 0; i < 64; i += 8 {
		w := binary.LittleEndian.Uint64(text[i:])
		low, other := w&^high, w^' '*each
		p.starts |= marked(^w|w<<1) << i
		p.spaces |= marked(^((other&^high + ^uint64(high)) | other)) << i
		p.digits |= marked((low+(0x80-'0')*each)&^(low+(0x80-'9'-1)*each)&^w) << i
	}
}

// marked gathers the upper bits of eight bytes.
func marked(w uint64) uint64 { return w >> 7 & 0x0101010101010101 * 0x0102040810204080 >> 56 }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// shingles is the number of shingles of k characters, repeats included.
func (o *outline) shingles(k int) int {
	if len(o.text) == 0 {
		return 0
	}
	return max(1, len(o.chars)-k)
}

// end returns the place where the shingle of k characters at position i ends; a text of fewer characters is one.
func (o *outline) end(i int32, k int) int32 { return o.chars[min(int(i)+k, len(o.chars)-1)] }

// shingle returns the one of k characters at position i.
func (o *outline) shingle(i int32, k int) []byte { return o.text[o.chars[i]:o.end(i, k)] }

// ends lists the places where shingles of k characters end.
func (o *outline) ends(k int) []int32 { return o.chars[min(k, len(o.chars)-1):] }

// rank returns how many characters begin before a place.
func (o *outline) rank(i int) int {
	p := &o.parts[i>>6]
	return int(p.before) + bits.OnesCount64(p.starts&(1<<(i&63)-1))
}

// begins tells whether a character begins at a place, or the text ends there.
func (o *outline) begins(i int) bool { return i >= len(o.text) || o.parts[i>>6].starts>>(i&63)&1 != 0 }

// letters returns the number of characters that begin in a stretch.
func (o *outline) letters(s span) int { return o.rank(int(s.end)) - o.rank(int(s.start)) }

// hasDigit tells whether a stretch has a digit.
func (o *outline) hasDigit(s span) bool {
	some := uint64(0)
	for i := s.start >> 6; i<<6 < s.end; i++ {
		some |= o.parts[i].digits & s.within(i)
	}
	return some != 0
}

// words counts the words of a stretch that begins and ends with one.
func (o *outline) words(s span) int {
	n := 1
	for i := s.start >> 6; i<<6 < s.end; i++ {
		n += bits.OnesCount64(o.parts[i].spaces & s.within(i))
	}
	return n
}

// allWords counts the words of the text.
func (o *outline) allWords() int {
	if o.total == 0 {
		o.total = o.words(span{0, int32(len(o.text))})
	}
	return o.total
}

// within has the bits of a part that lie in the span, of which the part has some.
func (s span) within(part int32) uint64 {
	in := ^uint64(0)
	if before := s.start - part<<6; before > 0 {
		in <<= before
	}
	if after := part<<6 + 64 - s.end; after > 0 {
		in &= ^uint64(0) >> after
	}
	return in
}

// wordStart returns where the word begins in which a place lies.
func (o *outline) wordStart(at int32) int32 {
	i := at >> 6
	for in := o.parts[i].spaces << (63 - at&63) >> (63 - at&63); ; in = o.parts[i].spaces {
		if in != 0 {
			return i<<6 + int32(bits.Len64(in))
		}
		if i--; i < 0 {
			return 0
		}
	}
}

// wordEnd returns where the word ends in which a place lies, or that begins there.
func (o *outline) wordEnd(at int32) int32 {
	i := at >> 6
	for in := o.parts[i].spaces &^ (1<<(at&63) - 1); ; in = o.parts[i].spaces {
		if in != 0 {
			return i<<6 + int32(bits.TrailingZeros64(in))
		}
		if i++; int(i) >= len(o.parts) {
			return int32(len(o.text))
		}
	}
}
