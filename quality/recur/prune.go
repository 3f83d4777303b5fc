package recur

// full reports that there is more of anything than a part of the room.
func (c *Counter) full(parts int) bool {
	return len(c.stats) > c.opt.MaxKeys/parts || c.size > c.opt.maxShown/parts
}

// protect finds what is not to be forgotten.
func (c *Counter) protect() {
	n, bytes := 0, 0
	for i := range c.stats {
		s := &c.stats[i]
		s.safe = n < c.opt.MaxKeys/16 && bytes < c.opt.maxShown/4 && s.mayBeStory() && (distinct(s.prev) > 1 || c.followsStory(s))
		if s.safe {
			n++
			bytes += c.sizeOf(s)
		}
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
	before := c.index.find(c.stats, s.before^c.sources[s.source].salt)
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
	for c.full(2) {
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
	c.index.rebuild(c.stats)
	old := c.shown
	c.shown = make([]shown, 0, len(old))
	for i := range c.stats {
		if s := &c.stats[i]; s.shown > 0 {
			c.shown = append(c.shown, old[s.shown-1])
			s.shown = int32(len(c.shown))
		}
	}
}
