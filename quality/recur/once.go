package recur

// once is a unit or lead in one source that was seen once. Most are never seen again, and all are forgotten first, so that they are kept
// apart, with little room.
//
// A lead stands for all longer ones of its unit, which were not seen before it either: see countLeads.
type once struct {
	salted uint64 // its key, mixed with the salt of its source
	before uint64 // the unit before it
	origin uint32 // the text; 0 when it was seen again, and no longer lead is left
	at     uint32 // its place among the keys of the text; when it was seen again, its place in Counter.stats
	rest   uint32 // from its start to the end of the text, bytes
	behind uint32 // of a lead: the place in Counter.behind of the word behind it
	longer uint8  // leads that go on from it
	words  uint8
	flags  uint8
	depth  uint8
	next   uint8 // what stands behind it
	source uint16
}

// insertUnit keeps a unit that was not known.
func (c *Counter) insertUnit(u *use) {
	c.insert(once{salted: u.key ^ u.salt, at: uint32(u.at), words: uint8(u.words), next: u.next}, u) // at most maxWords
}

// insertLeads keeps leads that were not known, from that of the first n words on.
func (c *Counter) insertLeads(u *use, key uint64, n int, behind []uint64) {
	c.insert(once{salted: key ^ u.salt, at: uint32(u.at + n - 1), words: uint8(n), next: sketchBit(behind[0]),
		behind: uint32(len(c.behind)), longer: uint8(len(behind) - 1)}, u)
	c.behind = append(withRoom(c.behind, len(behind), c.opt.MaxKeys), behind...)
}

// insert keeps what was not known.
func (c *Counter) insert(o once, u *use) {
	o.before, o.origin, o.rest, o.flags, o.depth, o.source = u.prev, c.docs, u.rest(), u.flags, u.depth, uint16(u.source)
	c.once = append(withRoom(c.once, 1, c.opt.MaxKeys), o)
	c.singles += 1 + int(o.longer)
	c.add(o.salted, spotOf(len(c.once)-1, 0))
}

// promote makes a stat of what was seen once, and returns its spot.
func (c *Counter) promote(p spot) spot {
	o := &c.once[p.index()]
	if o.origin == 0 { // earlier in this text
		return spotOf(int(o.at), again)
	}
	s := stat{salted: o.salted, source: int32(o.source), docs: 1, lastDoc: o.origin, rest: o.rest, origin: o.origin, at: o.at, missed: c.floor,
		words: o.words, depth: o.depth, before: o.before}
	s.prev.add(sketchBit(o.before))
	s.next.add(o.next)
	s.addFlags(uint32(o.flags))
	if o.flags&(inTail|isFirst) == 0 {
		s.outside = 1
	}
	c.stats = append(withRoom(c.stats, 1, c.opt.MaxKeys), s)
	to := spotOf(len(c.stats)-1, again)
	c.index.move(s.salted, p, to)
	if c.singles--; o.longer > 0 {
		c.lengthen(o)
		c.add(o.salted, p)
	} else {
		o.origin, o.at = 0, uint32(to.index())
	}
	return to
}

// lengthen makes the lead that is a word longer of one that has longer ones.
func (c *Counter) lengthen(o *once) {
	salt := c.sources[o.source].salt
	o.salted = longerLead(o.salted^salt, c.behind[o.behind]) ^ salt
	o.longer, o.behind, o.words, o.at = o.longer-1, o.behind+1, o.words+1, o.at+1
	o.next = sketchBit(c.behind[o.behind])
}
