package dedup

import (
	"bytes"
	"math/bits"

	"github.com/corpusctl/corpusctl/shingle"
)

// This file and reference_facts_test.go hold the verification of pairs written the plain way: every shingle hashed, words as strings, sets as
// maps. What the package does instead is compared with it.

// verifier compares one text, loaded once, with any number of others.
type refVerifier struct {
	k        int
	refTable refTable // of the text loaded, side a

	// The text matched last, side b.
	text   []byte
	starts []int32
	slots  []int32 // for each position of b, the slot in a's table of the same shingle, or -1
	shared int     // different shingles that both have

	endsEarly bool // of the texts related last, the one that could go ends where the other goes on

	// Work space.
	hashes       [block]uint64
	blockBuf     []refBlockPair
	chainBuf     []refBlockPair
	weight, from []int32
	sharedA      []bool
	sharedB      []bool
	spansA       []span
	spansB       []span
	gaps         []gap
}

// load takes side a.
func (v *refVerifier) load(a []byte) { v.refTable.load(a, v.k) }

// match finds the shingles of side b in the table of side a, and marks those of a that b has.
func (v *refVerifier) match(b []byte) {
	n := shingle.Count(b, v.k)
	v.text, v.starts, v.slots = b, grow(v.starts, n), grow(v.slots, n)
	v.shared = 0
	t := &v.refTable
	t.round++
	s := shingle.NewStream(b, v.k)
	for from := 0; from < n; from += block {
		size := min(block, n-from)
		s.Next(v.hashes[:size], v.starts[from:from+size])
		for i, h := range v.hashes[:size] {
			at := t.find(h)
			refSlot := &t.slots[at]
			if refSlot.first == 0 {
				v.slots[from+i] = -1
				continue
			}
			v.slots[from+i] = int32(at)
			if refSlot.seen != t.round {
				refSlot.seen = t.round
				v.shared++
			}
		}
	}
}

// table is the set of shingle hashes of one text, by open addressing, with what verification wants to know of each: where
// it stands first, and whether the text compared with it has it too.
type refTable struct {
	slots []refSlot
	mask  uint64
	size  int // different shingles
	round uint32

	text   []byte
	at     []int32  // for each position, the slot of its shingle
	next   []int32  // for each position, the next with the same shingle, or -1
	starts []int32  // for each position, the place in bytes
	hashes []uint64 // work space
}

type refSlot struct {
	hash  uint64
	first int32  // position of the first shingle with this hash, plus one; 0 = the slot is free
	seen  uint32 // the round in which the other text had it
}

// load makes the table that of text.
func (t *refTable) load(text []byte, k int) {
	n := shingle.Count(text, k)
	t.resize(n)
	t.text, t.size, t.round = text, 0, 0
	t.hashes, t.starts, t.at, t.next = grow(t.hashes, n), grow(t.starts, n), grow(t.at, n), grow(t.next, n)
	s := shingle.NewStream(text, k)
	s.Next(t.hashes, t.starts)
	for i := n - 1; i >= 0; i-- { // backwards, so that the first position is the one that stays
		at := t.find(t.hashes[i])
		s := &t.slots[at]
		if s.first == 0 {
			s.hash = t.hashes[i]
			t.size++
		}
		t.next[i], s.first = s.first-1, int32(i)+1
		t.at[i] = int32(at)
	}
}

// resize empties the table and gives it room for n hashes at a load of at most one half.
func (t *refTable) resize(n int) {
	size := 1 << bits.Len(uint(max(n, 8))*2-1)
	t.slots = grow(t.slots, size)
	clear(t.slots)
	t.mask = uint64(size - 1)
}

// find returns the slot of a hash, or the free slot where it would go.
func (t *refTable) find(h uint64) int {
	i := h & t.mask
	for t.slots[i].first != 0 && t.slots[i].hash != h {
		i = (i + 1) & t.mask
	}
	return int(i)
}

// blockPair is a stretch of characters that both texts have: the positions of its first shingle and of its last.
type refBlockPair struct{ a, b, length int32 } // length in shingles

// align brings the common stretches of the two texts into one order and appends the gaps between them.
//
// Common stretches are found greedily: where b reads on as a does, one goes on; else the next shingle of b that a has begins a
// new one, at the next place in a that is not passed yet. Of these the heaviest chain that runs forward in both texts is
// kept (a longest increasing subsequence weighted by length, looking back chainReach blocks, so that the cost stays linear).
func (v *refVerifier) align(dst []gap) []gap {
	chain := v.chain(v.blocks())
	a := refSide{text: v.refTable.text, starts: v.refTable.starts, k: v.k}
	b := refSide{text: v.text, starts: v.starts, k: v.k}
	var atA, atB int32
	for _, bl := range chain {
		dst = refAppendGap(dst, a.text, b.text, span{atA, a.starts[bl.a]}, span{atB, b.starts[bl.b]})
		atA, atB = a.end(int(bl.a+bl.length-1)), b.end(int(bl.b+bl.length-1))
	}
	return refAppendGap(dst, a.text, b.text, span{atA, int32(len(a.text))}, span{atB, int32(len(b.text))})
}

func refAppendGap(dst []gap, textA, textB []byte, a, b span) []gap {
	wa, okA := refWords(textA, a.start, a.end)
	wb, okB := refWords(textB, b.start, b.end)
	if okA || okB {
		dst = append(dst, gap{wa, wb})
	}
	return dst
}

// blocks lists the common stretches in the order of b.
func (v *refVerifier) blocks() []refBlockPair {
	out := v.blockBuf[:0]
	t := &v.refTable
	n, expected := int32(len(v.slots)), int32(0)
	for i := int32(0); i < n; {
		if v.slots[i] < 0 {
			i++
			continue
		}
		at := t.slots[v.slots[i]].first - 1
		for p, tries := at, 0; p >= 0 && tries < occurrences; p, tries = t.next[p], tries+1 {
			if p >= expected {
				at = p
				break
			}
		}
		length := int32(1)
		for i+length < n && int(at+length) < len(t.at) && t.at[at+length] == v.slots[i+length] {
			length++
		}
		out = append(out, refBlockPair{at, i, length})
		expected = at + length
		i += length
	}
	v.blockBuf = out
	return out
}

// chain returns the heaviest chain of blocks that runs forward in both texts.
func (v *refVerifier) chain(blocks []refBlockPair) []refBlockPair {
	n := len(blocks)
	if n == 0 {
		return nil
	}
	weight, from := grow(v.weight, n), grow(v.from, n)
	v.weight, v.from = weight, from
	best := 0
	for j, bj := range blocks {
		weight[j], from[j] = bj.length, -1
		for i := max(0, j-chainReach); i < j; i++ {
			if bi := blocks[i]; bi.a+bi.length <= bj.a && weight[i]+bj.length > weight[j] {
				weight[j], from[j] = weight[i]+bj.length, int32(i)
			}
		}
		if weight[j] > weight[best] {
			best = j
		}
	}
	out := v.chainBuf[:0]
	for i := int32(best); i >= 0; i = from[i] {
		out = append(out, blocks[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	v.chainBuf = out
	return out
}

// side is one text of a pair and which of its shingles the other has.
type refSide struct {
	text   []byte
	starts []int32 // place of each shingle
	k      int
	shared []bool // for each position, whether the other text has its shingle
}

// end returns the place where the shingle at position i ends.
func (s *refSide) end(i int) int32 {
	if i+s.k < len(s.starts) {
		return s.starts[i+s.k]
	}
	if end := skip(s.text, int(s.starts[i]), s.k); end > 0 {
		return int32(end)
	}
	return int32(len(s.text))
}

// unmatched appends the stretches of whole words that the other text does not have, merged where they are neighbours. Shared shingles
// that stand in a row of fewer than sharedRow do not count: every long text has some of any text's words somewhere.
func (s *refSide) unmatched(dst []span) []span {
	covered, n := int32(0), len(s.starts)
	for i := 0; i < n; {
		if !s.shared[i] {
			i++
			continue
		}
		from := i
		for i < n && s.shared[i] {
			i++
		}
		if i-from < sharedRow {
			continue
		}
		if s.starts[from] > covered {
			dst = refAddWords(dst, s.text, covered, s.starts[from])
		}
		covered = s.end(i - 1)
	}
	return refAddWords(dst, s.text, covered, int32(len(s.text)))
}

// addWords appends the words that text[start:end] touches, joined to the last span when no matched word is between.
func refAddWords(dst []span, text []byte, start, end int32) []span {
	w, ok := refWords(text, start, end)
	if !ok {
		return dst
	}
	if n := len(dst); n > 0 && w.start <= dst[n-1].end+1 {
		dst[n-1].end = max(dst[n-1].end, w.end)
		return dst
	}
	return append(dst, w)
}

// words widens text[start:end] to whole words; false when it holds nothing but spaces.
func refWords(text []byte, start, end int32) (span, bool) {
	for start < end && text[start] == ' ' {
		start++
	}
	for end > start && text[end-1] == ' ' {
		end--
	}
	if start >= end {
		return span{}, false
	}
	for start > 0 && text[start-1] != ' ' {
		start--
	}
	for end < int32(len(text)) && text[end] != ' ' {
		end++
	}
	return span{start, end}, true
}

// wordCount counts the words of a span that begins and ends with a word.
func refWordCount(text []byte, s span) int {
	return bytes.Count(text[s.start:s.end], []byte(" ")) + 1
}

func (s *refSide) summary(spans []span) unmatchedWords {
	u := unmatchedWords{words: refWordCount(s.text, span{0, int32(len(s.text))})}
	for _, sp := range spans {
		n := refWordCount(s.text, sp)
		u.missing += n
		u.longest = max(u.longest, n)
		if sp.start == 0 {
			u.head = n
		}
		if int(sp.end) == len(s.text) {
			u.tail = n
		}
	}
	return u
}

// relate decides the relation of the two texts matched last and which of them could go.
func (v *refVerifier) relate(m Measure) (Relation, Drop) {
	v.endsEarly = false
	j, ca, cb := m.Jaccard(), m.ContainmentA(), m.ContainmentB()
	if j < ListJaccard && max(ca, cb) < ListContainment {
		return None, DropNone
	}
	if m.Shared == m.A && m.Shared == m.B {
		return Copy, DropEither
	}
	a, b := v.sideA(), v.sideB()
	v.spansA, v.spansB = a.unmatched(v.spansA[:0]), b.unmatched(v.spansB[:0])
	ua, ub := a.summary(v.spansA), b.summary(v.spansB)
	v.gaps = v.align(v.gaps[:0])
	if v.isTemplate(min(ua.words, ub.words)) {
		return Template, DropNone
	}
	aGoes, bGoes := mayGo(ca, ua), mayGo(cb, ub)
	switch {
	case aGoes && bGoes:
		return Copy, DropEither
	case aGoes:
		v.endsEarly = endsEarly(ua, ub)
		return cutOrInside(ua, ub), DropA
	case bGoes:
		v.endsEarly = endsEarly(ub, ua)
		return cutOrInside(ub, ua), DropB
	}
	return Revised, DropNone
}

func (v *refVerifier) isTemplate(shorter int) bool {
	f := v.weigh(v.gaps)
	density := 100 * float64(f.Points) / float64(shorter)
	if f.Strong < templateStrong || float64(f.Points) < templateShare*float64(f.Gaps) {
		return false
	}
	return density >= shortDensity || density >= templateDensity && f.Points >= templatePoints
}

// sideA is the text loaded, with what the text matched last shares of it.
func (v *refVerifier) sideA() refSide {
	t := &v.refTable
	v.sharedA = grow(v.sharedA, len(t.at))
	for i, at := range t.at {
		v.sharedA[i] = t.slots[at].seen == t.round
	}
	return refSide{text: t.text, starts: t.starts, k: v.k, shared: v.sharedA}
}

// sideB is the text matched last.
func (v *refVerifier) sideB() refSide {
	v.sharedB = grow(v.sharedB, len(v.slots))
	for i, at := range v.slots {
		v.sharedB[i] = at >= 0
	}
	return refSide{text: v.text, starts: v.starts, k: v.k, shared: v.sharedB}
}
