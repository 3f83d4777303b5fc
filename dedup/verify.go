package dedup

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
	keys           []uint64   // of the shingles of b that were looked up
	known          bitset     // of these, those that the filter knows and that were not found to be b's own
	looked         int32      // how far b was looked up
	owned          int32      // how many of the shingles looked up are b's own
	apart          bool       // most of those looked up last are
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
	v.own.take(v.keys, v.known, v.looked)
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
// as they agree: only the shingles between such blocks are looked for. It is false, and stops, when b has fewer than least in common with a.
//
// Blocks are found greedily, in the order of b: each begins at the next place in a that is not passed yet.
func (v *verifier) walk(b []byte, least int32) bool {
	t, o := &v.table, &v.other
	o.set(b)
	n := int32(o.shingles(v.k))
	v.blocks, v.keys, v.looked, v.owned, v.apart = v.blocks[:0], grow(v.keys, int(n)), 0, 0, false
	v.known.reset(int(n))
	v.seen.reset(t.n)
	expected := int32(0)
	for i := int32(0); i < n; {
		if i >= v.looked {
			v.look(i, n)
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

// lookStep is how many shingles are looked up at a time: a multiple of 64, large enough for vectors, and small beside what most copies share.
const lookStep = 128

// look looks up the next shingles of b, of n, from the part of 64 on in which position i lies; those passed over before stand in a block. What the
// filter does not know is b's own. Where that is most, all the rest is looked up, and most pairs with no relation end there.
func (v *verifier) look(i, n int32) {
	from := i &^ 63
	for at := v.looked; at < from; at += 64 {
		v.known[at>>6] = ^uint64(0)
	}
	v.looked = min(n, from+lookStep)
	if v.apart {
		v.looked = n
	}
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
