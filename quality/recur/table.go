package recur

import (
	"math/bits"
	"math/rand/v2"
	"slices"
)

// A spot says where a Counter keeps what it knows of a key: nowhere, or one more than an index, of stats if the bit again is set, of once
// if not.
type spot uint32

const (
	nowhere  spot = 0
	again    spot = 1 << (spotBits - 1)
	spotBits      = 25
	spotMask      = 1<<spotBits - 1
)

func spotOf(index int, in spot) spot { return spot(index+1) | in }

func (p spot) index() int { return int(p&(again-1)) - 1 }

// saltedAt returns the salted key of what is kept in a spot that is somewhere.
func (c *Counter) saltedAt(p spot) uint64 {
	if p&again != 0 {
		return c.stats[p.index()].salted
	}
	return c.once[p.index()].salted
}

// table finds what a Counter keeps by its salted key: open addressing, linear probing, half empty at least. A slot holds the upper seven bits
// of a key and the spot, 0 if it is free; the whole key is compared there.
//
// Where a key begins to look depends on a random number, so that nobody can choose texts whose keys meet. What is found does not.
type table struct {
	slots []uint32
	seed  uint64
	shift int
	n     int

	first []uint32 // scratch of lookUp: the slots where keys begin to look
	loads uint64   // what it read ahead
}

const minSlots = 1 << 10

func newTable() table {
	t := table{seed: rand.Uint64() | 1}
	t.resize(minSlots)
	return t
}

func (t *table) resize(slots int) {
	t.slots, t.shift, t.n = make([]uint32, slots), 64-bits.TrailingZeros(uint(slots)), 0
}

// tagOf returns what a slot holds of a key.
func tagOf(key uint64) uint32 { return uint32(key>>32) &^ spotMask }

// home returns the slot where a key begins to look.
func (t *table) home(key uint64) int { return int(key * t.seed >> t.shift) }

// find returns the spot of a salted key.
func (c *Counter) find(key uint64) spot {
	t := &c.index
	for i := t.home(key); ; i++ {
		s := t.slots[i&(len(t.slots)-1)]
		if s == 0 {
			return nowhere
		}
		if p := spot(s & spotMask); s&^spotMask == tagOf(key) && c.saltedAt(p) == key {
			return p
		}
	}
}

// statOf returns the place in stats of a key of a source, or -1: it may not be known, or have been seen once.
func (c *Counter) statOf(source int32, key uint64) int {
	if p := c.find(key ^ c.sources[source].salt); p&again != 0 {
		return p.index()
	}
	return -1
}

// lookUp finds the spots of the keys of a text that are most likely to be asked for: of units, and of the shortest leads. What it looks
// at lies anywhere, so it has all of it brought to the processor at once, where find would wait for one after the other.
func (c *Counter) lookUp(salt uint64, marks []mark, leads []uint64) {
	keys := c.ahead[:0]
	for i := range marks {
		m := &marks[i]
		if m.whole {
			keys = append(keys, m.key^salt)
		}
		if m.leads > 0 {
			key := leads[0]
			for n := range m.leadsAhead() {
				if n > 0 {
					key = longerLead(key, leads[n])
				}
				keys = append(keys, key^salt)
			}
			leads = leads[m.leads+1:]
		}
	}
	c.ahead = keys
	c.readAhead(keys)
	c.spots = slices.Grow(c.spots[:0], len(keys))[:len(keys)]
	for i, key := range keys {
		s := c.index.first[i]
		p := spot(s & spotMask)
		if p != nowhere && (s&^spotMask != tagOf(key) || c.saltedAt(p) != key) {
			p = c.find(key)
		}
		c.spots[i] = p
	}
}

// readAhead reads the slots where keys begin to look, and what they say. It takes no branch that depends on what it reads.
func (c *Counter) readAhead(keys []uint64) {
	t := &c.index
	t.first = slices.Grow(t.first[:0], len(keys))[:len(keys)]
	for i, key := range keys {
		t.first[i] = t.slots[t.home(key)]
	}
	for _, s := range t.first {
		at := int(s) & int(again-1)
		at -= min(at, 1)
		of := -(int(s) >> (spotBits - 1) & 1) // all bits, if it is in stats
		if i := at & of; i < len(c.stats) {   // as good as always
			t.loads += c.stats[i].salted + c.stats[i].before
		}
		if i := at &^ of; i < len(c.once) {
			t.loads += c.once[i].salted
		}
	}
}

// add takes a key that is not there, which is in a spot.
func (c *Counter) add(key uint64, p spot) {
	t := &c.index
	if t.n*2 >= len(t.slots) {
		t.resize(2 * len(t.slots))
		c.fill()
		return
	}
	t.put(key, p)
}

// rebuild takes the keys of all that is kept in place of all the table had.
func (c *Counter) rebuild() {
	clear(c.index.slots)
	c.index.n = 0
	c.fill()
}

func (c *Counter) fill() {
	for i := range c.once {
		if o := &c.once[i]; o.origin > 0 {
			c.index.put(o.salted, spotOf(i, 0))
		}
	}
	for i := range c.stats {
		c.index.put(c.stats[i].salted, spotOf(i, again))
	}
}

func (t *table) put(key uint64, p spot) {
	i := t.home(key)
	for t.slots[i&(len(t.slots)-1)] != 0 {
		i++
	}
	t.slots[i&(len(t.slots)-1)] = tagOf(key) | uint32(p)
	t.n++
}

// move says that a key is in another spot now.
func (t *table) move(key uint64, from, to spot) {
	i := t.home(key)
	for t.slots[i&(len(t.slots)-1)] != tagOf(key)|uint32(from) {
		i++
	}
	t.slots[i&(len(t.slots)-1)] = tagOf(key) | uint32(to)
}
