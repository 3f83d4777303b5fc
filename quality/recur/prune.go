package recur

// safe returns the keys that are not to be forgotten.
func (c *Counter) safe() map[uint64]bool {
	safe := map[uint64]bool{}
	for i := range c.stats {
		s := &c.stats[i]
		salt := c.sources[s.source].salt
		if before, ok := c.index[s.before^salt]; s.mayBeStory() && (distinct(s.prev) > 1 || ok && c.stats[before].mayBeStory()) {
			safe[s.key^salt] = true
		}
		if len(safe) >= c.opt.MaxKeys/16 {
			break
		}
	}
	return safe
}

// mayBeStory reports a sentence that recurs at the end of texts and nowhere else.
func (s *stat) mayBeStory() bool {
	return s.key&1 == 1 && s.docs > 1 && s.words >= storyWords && s.question*2 <= s.docs && s.tail == s.docs && s.outside == 0
}

// prune forgets the rarest until no more than half the room is taken. Sentences that may be of other stories are rare by nature, and
// have a sixteenth of the room to themselves.
func (c *Counter) prune() {
	safe := c.safe()
	for len(c.stats) > c.opt.MaxKeys/2 {
		c.floor++
		kept := c.stats[:0]
		for i := range c.stats {
			if s := &c.stats[i]; s.docs+s.missed > c.floor || safe[s.key^c.sources[s.source].salt] {
				kept = append(kept, *s)
			}
		}
		c.stats = kept
	}
	words, first := c.words, c.first
	c.index, c.words, c.first = make(map[uint64]int32, c.opt.MaxKeys), map[uint64]string{}, map[uint64]string{}
	for i := range c.stats {
		k := c.stats[i].key ^ c.sources[c.stats[i].source].salt
		c.index[k] = int32(i)
		if w, ok := words[k]; ok {
			c.words[k], c.first[k] = w, first[k]
		}
	}
}
