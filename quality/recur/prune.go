package recur

import (
	"cmp"
	"slices"
)

// full reports that there is more of anything than a part of the room.
func (c *Counter) full(parts int) bool {
	return c.known() > c.opt.MaxKeys/parts || c.size > c.opt.maxShown/parts
}

// known returns the number of keys.
func (c *Counter) known() int { return c.singles + len(c.stats) }

// protect finds what is not to be forgotten. If that is too much, it is what was seen first.
func (c *Counter) protect() {
	if !c.protectFirst() {
		c.arrange()
		c.protectFirst()
	}
}

// protectFirst protects stats as long as there is room, and reports whether there was for all.
func (c *Counter) protectFirst() (all bool) {
	n, bytes := 0, 0
	all = true
	for i := range c.stats {
		s := &c.stats[i]
		s.safe = s.mayBeStory() && (distinct(s.prev) > 1 || c.followsStory(s))
		if !s.safe {
			continue
		}
		if s.safe = n < c.opt.MaxKeys/16 && bytes < c.opt.maxShown/4; !s.safe {
			all = false
			continue
		}
		n++
		bytes += c.sizeOf(s)
	}
	return all
}

// arrange puts stats in the order in which they were seen first.
func (c *Counter) arrange() {
	order := make([]seenFirst, len(c.stats))
	for i := range c.stats {
		order[i] = seenFirst{c.stats[i].origin, c.stats[i].at, uint32(i)}
	}
	if !slices.IsSortedFunc(order, seenFirst.compare) {
		slices.SortFunc(order, seenFirst.compare)
		permute(c.stats, order)
		c.rebuild()
	}
}

// seenFirst says where the stat that stands at from was seen first.
type seenFirst struct{ origin, at, from uint32 }

func (a seenFirst) compare(b seenFirst) int {
	return cmp.Compare(uint64(a.origin)<<32|uint64(a.at), uint64(b.origin)<<32|uint64(b.at))
}

// permute puts the stats in an order, in place, and uses the order up.
func permute(stats []stat, order []seenFirst) {
	for i := range order {
		first := stats[i]
		to := i
		for from := int(order[to].from); from != i; from = int(order[to].from) {
			stats[to] = stats[from]
			order[to].from = uint32(to)
			to = from
		}
		stats[to] = first
		order[to].from = uint32(to)
	}
}

// sizeOf returns what the stat's place in shown takes.
func (c *Counter) sizeOf(s *stat) int {
	if s.shown == 0 {
		return 0
	}
	return c.shown[s.shown-1].size()
}

func (s *shown) size() int { return len(s.words) + len(s.example) }

// followsStory reports that what may be a story stood before s first.
func (c *Counter) followsStory(s *stat) bool {
	before := c.statOf(s.source, s.before)
	return before >= 0 && c.stats[before].mayBeStory()
}

// mayBeStory reports a sentence that recurs at the end of texts and nowhere else.
func (s *stat) mayBeStory() bool {
	return s.isUnit() && s.docs > 1 && s.words >= storyWords && s.question*2 <= s.docs && s.tail == s.docs && s.outside == 0
}

// prune forgets the rarest until no more than half the room is taken. Sentences that may be of other stories are rare by nature, and
// have a sixteenth of the room to themselves.
func (c *Counter) prune() {
	c.protect()
	c.once, c.behind, c.singles = c.once[:0], c.behind[:0], 0
	for more := true; more; more = c.full(2) {
		c.floor++
		kept := c.stats[:0]
		for i := range c.stats {
			if s := &c.stats[i]; s.docs+s.missed > c.floor || s.safe {
				kept = append(kept, *s)
			} else {
				c.size -= c.sizeOf(s)
			}
		}
		c.stats = kept
	}
	c.rebuild()
	old := c.shown
	c.shown = make([]shown, 0, len(old))
	for i := range c.stats {
		if s := &c.stats[i]; s.shown > 0 {
			c.shown = append(c.shown, old[s.shown-1])
			s.shown = int32(len(c.shown))
		}
	}
}
