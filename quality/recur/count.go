package recur

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// Options are the bounds of a Counter. The zero value means the defaults.
type Options struct {
	// MaxKeys is the number of different units and leads kept at once; 0 means 400,000, with which a Counter takes about 32 MiB on
	// news, however long the corpus, and less than 256 MiB on any texts. At most 8 million. When there are more, the rarest are
	// forgotten (lossy counting, Manku and Motwani 2002): what is learned later is counted too low by at most the entry's Missed.
	MaxKeys int

	maxShown   int // bytes of shown
	maxSources int
	maxNames   int // bytes of the names of sources
}

// The bounds of what articles do not come near: texts made to be long wherever they recur, and a field for the source that has more
// values than there are sites.
const (
	maxShown   = 128 << 20
	maxSources = 1 << 16
	maxNames   = 4 << 20
)

func (o Options) withDefaults() Options {
	o.MaxKeys = min(cmp.Or(max(0, o.MaxKeys), 400_000), int(again)/2)
	o.maxShown = cmp.Or(o.maxShown, maxShown)
	o.maxSources = cmp.Or(o.maxSources, maxSources)
	o.maxNames = cmp.Or(o.maxNames, maxNames)
	return o
}

// Counter counts what recurs in each source. It is not safe for concurrent use; batches are.
type Counter struct {
	opt     Options
	sources []sourceCount
	byName  map[string]int32
	once    []once    // what was seen once since something was last forgotten,
	singles int       // how many units and leads that is,
	behind  []uint64  // and hashes of the words behind its leads
	stats   []stat    // what was seen again
	index   table     // key mixed with source → once or stats
	shown   []shown   // of what was seen twice
	size    int       // of shown, bytes
	seen    [2]hashes // of texts: of the last maxSeen at least, to know exact copies
	floor   uint32    // the highest count that was forgotten
	docs    uint32
	names   int      // bytes of the names of sources
	leftOut int      // texts of sources that came too late
	ahead   []uint64 // the keys of a text that are looked up before it is counted,
	spots   []spot   // and where they were
	origins []origin // scratch of isCopy
	showing showing
}

// sourceCount counts the texts of a source.
type sourceCount struct {
	name         string
	salt         uint64 // what sets its keys apart
	docs, copies int
}

// stat is what is known of a unit or lead in one source that was seen more than once. A text counts once.
type stat struct {
	salted     uint64 // its key, mixed with the salt of its source
	source     int32
	docs       uint32
	lastDoc    uint32
	tail, last uint32 // texts that have it near the end; as the last unit
	head       uint32 // as the first unit
	outside    uint32 // texts that have it elsewhere
	open       uint32 // texts whose last unit is not closed by a mark
	line       uint32 // texts where it has a line to itself
	starts     uint32 // texts where it begins a line
	question   uint32 // texts where it ends with a question mark
	loose      uint32 // texts where it is not closed by a mark
	rest       uint32 // the longest stretch from its start to the end of a text, bytes
	origin     uint32 // the text that had it first,
	at         uint32 // and its place among the keys of that text
	missed     uint32
	shown      int32 // one more than its place in Counter.shown, 0 if one text had it
	words      uint8
	depth      uint8 // the most lines from its own to the last
	safe       bool  // it is not to be forgotten now
	prev, next sketch
	before     uint64 // the unit before it, where first seen
}

// shown is how people see a unit or lead: its masked words, and a line of the second text that holds it.
type shown struct{ words, example string }

// isUnit tells a whole unit from a lead.
func (s *stat) isUnit() bool { return s.salted&1 == 1 }

// sketch counts distinct hashes, up to a few dozen, in one word (linear counting).
type sketch uint64

func (s *sketch) add(bit uint8) { *s |= 1 << (bit & 63) }

// sketchBit is where a hash stands in a sketch.
func sketchBit(h uint64) uint8 { return uint8(h * 0x9E3779B97F4A7C15 >> 58) }

// NewCounter returns an empty Counter.
func NewCounter(opt Options) *Counter {
	return &Counter{opt: opt.withDefaults(), byName: map[string]int32{}, index: newTable()}
}

// Append counts the texts of a batch. The result depends on the order of the texts over all batches and on nothing else.
func (c *Counter) Append(b *Batch) {
	for i := range b.docs {
		d := &b.docs[i]
		c.addText(d, b.marks[d.marks:d.marksEnd], b.leads[d.leads:])
	}
}

// addText counts one text.
func (c *Counter) addText(d *batchDoc, marks []mark, leads []uint64) {
	id, ok := c.sourceOf(d.source)
	if !ok {
		c.leftOut++
		return
	}
	salt := c.sources[id].salt
	if c.wasSeen(d.hash ^ salt) {
		c.sources[id].copies++
		return
	}
	c.lookUp(salt, marks, leads)
	if c.isCopy(marks) {
		c.sources[id].copies++
		return
	}
	c.sources[id].docs++
	c.docs++
	u := use{source: id, salt: salt, text: d.text, spots: c.spots}
	for i := range marks {
		m := &marks[i]
		u.mark, u.unit = m, i
		if m.whole {
			c.countUnit(&u)
		}
		if m.leads > 0 {
			c.countLeads(&u, leads[0], leads[1:m.leads+1])
			leads = leads[m.leads+1:]
		}
		u.prev = m.key
	}
	if c.full(1) {
		c.prune()
	}
}

// sourceOf returns the number of a source. There is none when too many came before.
func (c *Counter) sourceOf(name string) (id int32, ok bool) {
	if id, ok = c.byName[name]; ok || len(c.sources) == c.opt.maxSources || c.names+len(name) > c.opt.maxNames {
		return id, ok
	}
	c.names += len(name)
	id, name = int32(len(c.sources)), strings.Clone(name)
	c.byName[name] = id
	c.sources = append(c.sources, sourceCount{name: name, salt: saltOf(name)})
	return id, true
}

const maxSeen = 1 << 17

// wasSeen reports whether the hash of a text came before, and keeps it.
func (c *Counter) wasSeen(h uint64) bool {
	seed := c.index.seed
	if c.seen[0].has(h, seed) || c.seen[1].has(h, seed) {
		return true
	}
	if c.seen[0].n == maxSeen {
		c.seen[0], c.seen[1] = hashes{}, c.seen[0]
	}
	c.seen[0].add(h, seed)
	return false
}

// saltOf sets the keys of a source apart from those of others; it leaves the lowest bit alone, which tells units from leads.
func saltOf(source string) uint64 { return xxhash.Sum64String(source) &^ 1 }

// isCopy reports whether more than half of the long units of a text, by bytes, stand in one earlier text of its source; if it is
// a single unit, nearly all of them, since a short text under a long heading is no copy. The earlier text is found by majority vote, then checked.
func (c *Counter) isCopy(marks []mark) bool {
	c.origins = c.origins[:0]
	at := 0 // of the spots
	for i := range marks {
		m := &marks[i]
		if m.whole && m.words >= longUnit {
			if doc, tells := c.originOf(c.spots[at]); tells {
				c.origins = append(c.origins, origin{doc, int(m.end - m.start)})
			}
		}
		at += m.keysAhead()
	}
	return mostlyOne(c.origins)
}

// originOf returns the text that had first what is in a spot, 0 if none had. What recurs everywhere tells nothing.
func (c *Counter) originOf(p spot) (doc uint32, tells bool) {
	switch {
	case p == nowhere:
		return 0, true
	case p&again == 0:
		return c.once[p.index()].origin, true
	}
	s := &c.stats[p.index()]
	return s.origin, s.docs <= smallDocs || distinct(s.prev) <= smallDocs
}

// origin says which earlier text had a long unit first, 0 if none had, and how long it is.
type origin struct {
	doc   uint32
	bytes int
}

// mostlyOne reports whether one earlier text has most of the units.
func mostlyOne(units []origin) bool {
	doc, votes, total := uint32(0), 0, 0
	for _, u := range units {
		total += u.bytes
		switch {
		case u.doc == doc:
			votes += u.bytes
		case votes >= u.bytes:
			votes -= u.bytes
		default:
			doc, votes = u.doc, u.bytes-votes
		}
	}
	if doc == 0 {
		return false
	}
	same, n := 0, 0
	for _, u := range units {
		if u.doc == doc {
			same += u.bytes
			n++
		}
	}
	return n > 1 && same*2 > total || same*5 > total*4
}

// longUnit is the number of words from which a unit is a sentence of its own content.
const longUnit = 7

// use is where a unit and its leads stand.
type use struct {
	*mark
	prev   uint64 // the unit before
	source int32
	salt   uint64
	text   string
	unit   int
	at     int    // the place of its next key among those of the text
	spots  []spot // of what was looked up of this unit and those behind it
}

// countUnit counts a whole unit.
func (c *Counter) countUnit(u *use) {
	p := u.spots[0]
	u.spots = u.spots[1:]
	if p == nowhere { // at least before this text
		p = c.find(u.key ^ u.salt)
	}
	if p == nowhere {
		c.insertUnit(u)
	} else {
		c.countAgain(u, p, u.next, 0)
	}
	u.at++
}

// countLeads counts the leads of a unit: the shortest has a key, and what stands behind each of them a hash. Where one was not seen
// before, no longer one was, so that they are kept together, and found by the shortest. A text counts for a lead no sooner and no
// more often than for a shorter one, so that it is not forgotten later either.
func (c *Counter) countLeads(u *use, key uint64, behind []uint64) {
	spots := u.spots[:u.leadsAhead()]
	u.spots = u.spots[len(spots):]
	for n, word := range behind {
		p := nowhere
		if n < len(spots) {
			p = spots[n]
		}
		if p&again == 0 { // before this text: it may have come since, or have been taken apart
			p = c.find(key ^ u.salt)
		}
		if p == nowhere {
			c.insertLeads(u, key, n+1, behind[n:])
			break
		}
		c.countAgain(u, p, sketchBit(word), n+1)
		key = longerLead(key, word)
	}
	u.at += len(behind)
}

// countAgain counts a unit, or the lead of its first n words, that was seen before.
func (c *Counter) countAgain(u *use, p spot, next uint8, n int) {
	if p&again == 0 {
		p = c.promote(p)
	}
	s := &c.stats[p.index()]
	if u.flags&(inTail|isFirst) == 0 {
		s.outside++
	}
	if s.lastDoc == c.docs {
		return
	}
	s.lastDoc = c.docs
	s.docs++
	s.prev.add(sketchBit(u.prev))
	s.next.add(next)
	s.depth = max(s.depth, u.depth)
	s.rest = max(s.rest, u.rest())
	s.addFlags(uint32(u.flags))
	if s.docs == 2 {
		c.show(s, u, n)
	}
}

// rest returns the bytes from the start of the unit to the end of the text.
func (u *use) rest() uint32 { return uint32(len(u.text)) - u.start }

// withRoom makes room for n more in what grows to about most elements.
func withRoom[T any](s []T, n, most int) []T {
	if cap(s)-len(s) < n {
		s = slices.Grow(s, max(1024, n, min(3*len(s), most-len(s)+4096)))
	}
	return s
}

// addFlags counts each flag that is set.
func (s *stat) addFlags(f uint32) {
	s.tail += f / inTail & 1
	s.last += f / isLast & 1
	s.head += f / isFirst & 1
	s.line += f / isLine & 1
	s.open += f / isOpen & 1
	s.loose += f / isLoose & 1
	s.starts += f / isLineStart & 1
	s.question += f / isQuestion & 1
}

// show keeps what people are to see of a unit, or of its first n words.
func (c *Counter) show(s *stat, u *use, n int) {
	unit, show := u.text[u.start:u.end], &c.showing
	if show.doc != c.docs || show.unit != u.unit {
		show.doc, show.unit, show.example = c.docs, u.unit, clip(unit, 160)
		if n == 0 {
			show.mask.set(unit)
		} else { // longer leads may come, but not the whole
			show.mask.setStart(unit, int(u.leads))
		}
	}
	words := show.mask.text
	if n > 0 {
		words = show.mask.lead(n)
	}
	c.shown = append(withRoom(c.shown, 1, c.opt.MaxKeys), shown{string(words), show.example})
	s.shown = int32(len(c.shown))
	c.size += c.sizeOf(s)
}

// showing is the unit that show was called for last.
type showing struct {
	doc     uint32
	unit    int
	mask    masked
	example string
}

// clip returns a copy of s, cut to at most n bytes, at a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return strings.Clone(s)
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
