package dedup

import "github.com/corpusctl/corpusctl/shingle"

// verifier compares one text, loaded once, with any number of others.
type verifier struct {
	k     int
	table table // of the text loaded, side a

	// The text matched last, side b.
	text   []byte
	blocks []blockPair
	seen   bitset // positions of a whose shingle b has: those in blocks, and the first ones of these shingles

	endsEarly bool // of the texts related last, the one that could go ends where the other goes on

	// Work space.
	own            []stretch // shingles of b that a has not
	ownSet         stretchSet
	weight, from   []int32
	heaviest       []int32
	chained        []blockPair
	rows           []span
	spansA, spansB []span
	gaps           []gap
	facts          weighing
}

// blockPair is a stretch that both texts have, as long as it can be: position and number of its shingles in a, and its place in b.
type blockPair struct {
	a, length  int32 // in shingles
	start, end int32 // in bytes of b
	next       int32 // the place in b where the next shingle begins
}

// load takes side a.
func (v *verifier) load(a []byte) { v.table.load(a, v.k) }

// match compares side b with side a. Where a shingle of b stands in a, the two are read on together, eight bytes at a time, as long
// as they agree: only the shingles between such blocks are looked up.
//
// Blocks are found greedily, in the order of b: each begins at the next place in a that is not passed yet.
func (v *verifier) match(b []byte) Measure {
	t := &v.table
	v.text, v.blocks, v.own = b, v.blocks[:0], v.own[:0]
	v.seen.reset(t.n)
	for start, end, expected := 0, firstEnd(b, v.k), int32(0); start < end; {
		s := b[start:end]
		h := key(s)
		if first := t.find(h, s); first < 0 {
			v.own = append(v.own, stretch{h, span{int32(start), int32(end)}})
			start += width(b, start)
		} else {
			bl := v.extend(t.place(first, expected), start)
			v.blocks = append(v.blocks, bl)
			v.seen.setRange(bl.a, bl.a+bl.length)
			start, end, expected = int(bl.next), int(bl.end), bl.a+bl.length
		}
		if end == len(b) {
			break
		}
		end += width(b, end)
	}
	v.markFirsts()
	shared := int32(v.seen.countWithout(t.repeats))
	return Measure{Shared: shared, A: t.size, B: shared + v.ownSet.count(b, v.own)}
}

// extend returns the block that begins with the shingle at a position of a and a place of b.
func (v *verifier) extend(at int32, start int) blockPair {
	t := &v.table
	from := int(t.chars[at])
	n := commonPrefix(t.text[from:], v.text[start:])
	for !begins(t.text, from+n) || !begins(v.text, start+n) { // only in what is not UTF-8, or where two characters begin alike
		n--
	}
	length := int32(shingle.Count(v.text[start:start+n], v.k))
	return blockPair{a: at, length: length, start: int32(start), end: int32(start + n), next: int32(start) + t.chars[at+length] - t.chars[at]}
}

// markFirsts notes the first positions of shingles of which only others stand in blocks.
func (v *verifier) markFirsts() {
	t := &v.table
	t.many.eachWithout(v.seen, func(i int32) {
		last := t.next[i]
		p := t.next[last]
		for p != last && !v.seen.has(p) {
			p = t.next[p]
		}
		if v.seen.has(p) {
			v.seen.set(i)
		}
	})
}

// markRepeats notes the other positions of all shingles seen.
func (v *verifier) markRepeats() {
	t := &v.table
	t.repeats.eachWithout(v.seen, func(i int32) {
		if v.seen.has(t.chain[i]) {
			v.seen.set(i)
		}
	})
}

// begins tells whether a character begins at a place of a text, or the text ends there.
func begins(text []byte, i int) bool { return i >= len(text) || text[i]&0xC0 != 0x80 }

// width returns the number of bytes of the character at a place. One byte or two are told apart without a branch: it could not be foretold.
func width(text []byte, i int) int {
	if i+2 < len(text) {
		if one, two := continues(text[i+1]), continues(text[i+2]); one&two == 0 {
			return 1 + one
		}
	}
	n := 1
	for !begins(text, i+n) {
		n++
	}
	return n
}

// continues is 1 for a byte in which no character begins.
func continues(c byte) int { return int(c>>7&^(c>>6)) & 1 }

// firstEnd returns the place where the first shingle of a text ends.
func firstEnd(text []byte, k int) int {
	end := 0
	for ; k > 0 && end < len(text); k-- {
		end += width(text, end)
	}
	return end
}
