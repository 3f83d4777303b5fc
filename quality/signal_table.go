package quality

// A table numbers distinct keys from 0 in the order in which they come. It is cleared in time proportional to what it is to
// hold, so that one table serves many documents. Open addressing, linear probing, at most half full.
type table struct {
	slots []slot    // a power of two, the part in use of rooms[0]
	rooms [2][]slot // the second to grow into
	n     int
	shift uint
}

type slot struct {
	key uint64
	id  int32 // plus 1; 0 is empty
}

// reset empties the table and makes it ready for about that many keys.
func (t *table) reset(keys int) {
	bits := uint(6)
	for 1<<bits < 2*keys {
		bits++
	}
	t.n = 0
	t.view(bits)
}

// view takes 1<<bits empty slots.
func (t *table) view(bits uint) {
	if len(t.rooms[0]) < 1<<bits {
		t.rooms[0] = make([]slot, 1<<bits)
	}
	t.slots = t.rooms[0][:1<<bits]
	clear(t.slots)
	t.shift = 64 - bits
}

// add returns the number of a key, and whether it is new.
func (t *table) add(key uint64) (id int32, fresh bool) {
	if 2*t.n >= len(t.slots) {
		t.grow()
	}
	s := t.find(key)
	if s.id != 0 {
		return s.id - 1, false
	}
	t.n++
	*s = slot{key, int32(t.n)}
	return s.id - 1, true
}

// find returns the slot of a key, or the empty one where it belongs. The multiplier is 2^64 over the golden ratio.
func (t *table) find(key uint64) *slot {
	i := key * 0x9E3779B97F4A7C15 >> t.shift
	for {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.id == 0 || s.key == key {
			return s
		}
		i++
	}
}

func (t *table) grow() {
	old := t.slots
	t.rooms[0], t.rooms[1] = t.rooms[1], t.rooms[0]
	t.view(64 - t.shift + 1)
	for _, s := range old {
		if s.id != 0 {
			*t.find(s.key) = s
		}
	}
}
