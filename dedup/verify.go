package dedup

import "math/bits"

// verifier compares one text, loaded once, with any number of others.
type verifier struct {
	k     int
	table table // of the text loaded, side a

	// The text matched last, side b.
	other  outline
	blocks []blockPair
	seen   bitset // positions of a whose shingle b has: those in blocks, and the first ones of these shingles

	endsEarly bool // of the texts related last, the one that could go ends where the other goes on

	// Work space.
	own            shingleSet // of b, that a has not
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

// match compares side b with side a.
func (v *verifier) match(b []byte) Measure {
	v.walk(b, 0)
	shared := v.shared()
	return Measure{Shared: shared, A: v.table.size, B: shared + v.own.count(&v.other, v.k)}
}

// matchSized is match for a text of which is known how many different shingles it has. It is false, and stops, as soon as it is certain that
// the texts have no relation.
func (v *verifier) matchSized(b []byte, distinct int32) (Measure, bool) {
	m := Measure{A: v.table.size, B: distinct}
	if !v.walk(b, leastShared(m)) {
		return m, false
	}
	m.Shared = v.shared()
	return m, true
}

// leastShared returns a number of shared shingles below which two texts of these sizes have no relation.
func leastShared(m Measure) int32 {
	byJaccard := float64(m.A+m.B) * ListJaccard / (1 + ListJaccard)
	return int32(min(byJaccard, float64(min(m.A, m.B))*ListContainment))
}

// walk finds what the two texts share. Where a shingle of b stands in a, they are read on together, eight bytes at a time, as long
// as they agree: only the shingles between such blocks are looked up. It is false, and stops, when b has fewer than least in common with a.
//
// Blocks are found greedily, in the order of b: each begins at the next place in a that is not passed yet.
func (v *verifier) walk(b []byte, least int32) bool {
	t, o := &v.table, &v.other
	o.set(b)
	v.blocks = v.blocks[:0]
	v.own.reset(o.shingles(v.k))
	v.seen.reset(t.n)
	expected, n := int32(0), int32(o.shingles(v.k))
	for i := int32(0); i < n; {
		first, most := int32(-1), n-least-int32(len(v.own.keys)) // of its own from here on
		if i, first = v.skipOwn(i, min(n, i+most+1)); first >= 0 {
			bl := v.extend(t.place(first, expected), i)
			v.blocks = append(v.blocks, bl)
			v.seen.setRange(bl.a, bl.a+bl.length)
			i, expected = i+bl.length, bl.a+bl.length
		}
		if int32(len(v.own.keys)) > n-least {
			return false
		}
	}
	return true
}

// shared returns how many different shingles the two texts walked over have in common.
func (v *verifier) shared() int32 {
	t := &v.table
	t.repeats.eachIn(v.seen, func(i int32) { v.seen.set(t.firsts[i]) })
	return int32(v.seen.countWithout(t.repeats))
}

// skipOwn notes shingles of b that a has not, from position i on and before n, up to the first that a has; first is that one's first
// position in a, or -1.
func (v *verifier) skipOwn(i, n int32) (next, first int32) {
	t, o, own := &v.table, &v.other, &v.own
	ends := o.ends(v.k)
	for i < n {
		keys := own.keys[len(own.keys):][:n-i]
		skip, known := keysOfNew(keys, o.text, o.chars[i:], ends[i:], t.filter, t.shift)
		own.add(skip, i)
		if i += int32(skip); !known {
			continue
		}
		if first := t.find(keys[skip], o.shingle(i, v.k)); first >= 0 {
			return i, first
		}
		own.add(1, i)
		i++
	}
	return i, -1
}

// extend returns the block that begins with the shingles at a position of a and one of b.
func (v *verifier) extend(at, i int32) blockPair {
	t, o := &v.table, &v.other
	from, start := int(t.chars[at]), int(o.chars[i])
	n := commonPrefix(t.text[from:], o.text[start:])
	for !t.begins(from+n) || !o.begins(start+n) { // only in what is not UTF-8, or where two characters begin alike
		n--
	}
	length := max(1, int32(o.rank(start+n))-i-int32(v.k)+1)
	return blockPair{a: at, length: length, start: int32(start), end: int32(start + n), next: o.chars[i+length]}
}

// markRepeats notes the other positions of all shingles seen.
func (v *verifier) markRepeats() {
	seen, firsts := v.seen, v.table.firsts
	for w, repeats := range v.table.repeats {
		more := uint64(0)
		for ; repeats != 0; repeats &= repeats - 1 {
			i := bits.TrailingZeros64(repeats)
			first := firsts[w<<6+i]
			more |= seen[first>>6] >> (first & 63) & 1 << i
		}
		seen[w] |= more
	}
}

// continues is 1 for a byte in which no character begins.
func continues(c byte) int { return int(c>>7&^(c>>6)) & 1 }
