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
	n              int32      // shingles of b, repeats included
	keys           []uint64   // of those that were looked up
	known          bitset     // of these, those that the filter knows and that were not found to be b's own
	looked         int32      // how far b was looked up
	owned          int32      // how many of the shingles looked up are b's own
	apart          bool       // most of those looked up last are
	own            shingleSet // of b, that a has not
	ownKeys        bitset     // of these, by the upper bits
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
	v.begin(b)
	v.table.settle()
	v.walk(0)
	m := Measure{Shared: v.shared(), A: v.table.size}
	m.B = v.count(m.Shared)
	return m
}

// related is match for texts that may have no relation: it is false, and stops, as soon as that is certain. It is told what is known of b. Where
// it is false, B of the Measure is a number of shingles that b has at least.
func (v *verifier) related(b []byte, known distinct) (Measure, bool) {
	v.begin(b)
	m := Measure{A: v.table.size, B: known.atLeast}
	if !v.glance(leastShared(m)) {
		return m, false
	}
	if known.atLeast == 0 && v.apart {
		if m.B = v.ownAtLeast(); !v.mayBeListed(m) {
			return m, false
		}
	}
	v.table.settle()
	m.A = v.table.size
	if !v.walk(leastShared(m)) {
		return m, false
	}
	if m.Shared = v.shared(); !known.counted {
		m.B = v.count(m.Shared)
	}
	return m, true
}

// count returns how many different shingles b has, of which so many are shared.
func (v *verifier) count(shared int32) int32 {
	v.own.take(v.keys, v.known, v.looked)
	return shared + v.own.count(&v.other, v.k)
}

// leastShared returns a number of shared shingles below which two texts of these sizes have no relation.
func leastShared(m Measure) int32 {
	byJaccard := float64(m.A+m.B) * ListJaccard / (1 + ListJaccard)
	return int32(min(byJaccard, float64(min(m.A, m.B))*ListContainment))
}

// begin makes b the text to compare, of which nothing has been looked up.
func (v *verifier) begin(b []byte) {
	v.other.set(b)
	v.n = int32(v.other.shingles(v.k))
	v.keys, v.looked, v.owned, v.apart = grow(v.keys, int(v.n)), 0, 0, false
	v.known.reset(int(v.n))
}

// glance looks b up as long as most of it is b's own. It is false, and stops, when b has fewer than least in common with a.
func (v *verifier) glance(least int32) bool {
	for v.looked < v.n && (v.looked == 0 || v.apart) {
		v.look(v.looked, least)
		if v.owned > v.n-least {
			return false
		}
	}
	return true
}

// mayBeListed tells, of two texts that have so many different shingles, A at least and B of b's own at least, all of which were looked up, whether
// they may have a relation: as they have when all shingles of b that the filter knows are shared and different.
func (v *verifier) mayBeListed(m Measure) bool {
	m.Shared = v.n - v.owned
	m.B += m.Shared
	return m.Listed()
}

// ownAtLeast returns a number of different shingles that there are at least among those of b's own that were looked up: so many bits as their
// keys set in a filter.
func (v *verifier) ownAtLeast() int32 {
	log := min(bits.Len(uint(v.n))+bits.Len(filterBits-1), maxOwnBits)
	v.ownKeys.reset(1 << log)
	for i, key := range v.keys[:v.looked] {
		h := key >> (64 - log)
		v.ownKeys[h>>6] |= (^v.known[i>>6] >> (i & 63) & 1) << (h & 63)
	}
	return int32(v.ownKeys.count())
}

// maxOwnBits bounds that filter: 2 MiB.
const maxOwnBits = 24

// walk finds what the two texts share. Where a shingle of b stands in a, they are read on together, eight bytes at a time, as long
// as they agree: only the shingles between such blocks are looked for. It is false, and stops, when b has fewer than least in common with a.
//
// Blocks are found greedily, in the order of b: each begins at the next place in a that is not passed yet.
func (v *verifier) walk(least int32) bool {
	t, o, n := &v.table, &v.other, v.n
	v.blocks = v.blocks[:0]
	v.seen.reset(t.n)
	expected := int32(0)
	for i := int32(0); i < n; {
		if i >= v.looked {
			v.look(i, least)
		}
		if v.owned > n-least {
			return false
		}
		if i = v.known.next(i, v.looked, 0); i == v.looked {
			continue
		}
		first := t.find(v.keys[i], o.shingle(i, v.k))
		if first < 0 {
			v.known.unset(i)
			v.owned++
			i++
			continue
		}
		bl := v.extend(t.place(first, expected), i)
		v.blocks = append(v.blocks, bl)
		v.seen.setRange(bl.a, bl.a+bl.length)
		i, expected = i+bl.length, bl.a+bl.length
	}
	return v.owned <= n-least
}

// lookStep is how many shingles are looked up at a time, at the least: a multiple of 64, large enough for vectors, and small beside what most
// copies share.
const lookStep = 256

// look looks up the next shingles of b, from the part of 64 on in which position i lies; those passed over before stand in a block. What the
// filter does not know is b's own. Where that is most, as many are looked up as make it certain, all of them b's own, that it has fewer than
// least in common with a: there most pairs with no relation end.
func (v *verifier) look(i, least int32) {
	from, step := i&^63, int32(lookStep)
	for at := v.looked; at < from; at += 64 {
		v.known[at>>6] = ^uint64(0)
	}
	if v.apart {
		step = max(step, (v.n-least-v.owned+64)&^63) // one more, in parts of 64
	}
	v.looked = min(v.n, from+step)
	o, known := &v.other, v.known[from>>6:(v.looked+63)>>6]
	keysKnown(v.keys[from:v.looked], known, o.text, o.chars[from:], o.ends(v.k)[from:], v.table.filter, v.table.shift)
	own := v.looked - from - int32(known.count())
	v.owned += own
	v.apart = 2*own > v.looked-from
}

// shared returns how many different shingles the two texts walked over have in common.
func (v *verifier) shared() int32 {
	t := &v.table
	for _, c := range t.copied {
		v.seen.add(c.first, v.seen.some(c.at, c.length))
	}
	return int32(v.seen.countWithout(t.repeats))
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
	for _, c := range v.table.copied {
		v.seen.add(c.at, v.seen.some(c.first, c.length))
	}
}

// continues is 1 for a byte in which no character begins.
func continues(c byte) int { return int(c>>7&^(c>>6)) & 1 }
