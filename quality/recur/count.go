package recur

import (
	"strings"

	"github.com/cespare/xxhash/v2"
)

// Options are the bounds of a Counter. The zero value means the defaults.
type Options struct {
	// MaxKeys is the number of different units and leads kept at once; 0 means 400,000, with which a Counter stays below 64 MiB
	// however long the corpus. When there are more, the rarest are forgotten (lossy counting, Manku and Motwani 2002): what
	// is learned later is counted too low by at most the entry's Missed.
	MaxKeys int
}

// Counter counts what recurs in each source. It is not safe for concurrent use; batches are.
type Counter struct {
	opt     Options
	sources []sourceCount
	byName  map[string]int32
	stats   []stat
	index   map[uint64]int32       // key mixed with source → stats
	words   map[uint64]string      // the same key → masked words, of what was seen twice
	first   map[uint64]string      // and a line of the second text that holds it
	seen    [2]map[uint64]struct{} // hashes of texts: of the last maxSeen at least, to know exact copies
	floor   uint32                 // the highest count that was forgotten
	docs    uint32
}

// sourceCount counts the texts of a source.
type sourceCount struct {
	name         string
	salt         uint64 // what sets its keys apart
	docs, copies int
}

// stat is what is known of a unit or lead in one source. A text counts once.
type stat struct {
	key        uint64
	source     int32
	docs       uint32
	tail, last uint32 // texts that have it near the end; as the last unit
	head       uint32 // as the first unit
	outside    uint32 // texts that have it elsewhere
	open       uint32 // texts whose last unit is not closed by a mark
	line       uint32 // texts where it has a line to itself
	starts     uint32 // texts where it begins a line
	rest       uint32 // the longest stretch from its start to the end of a text, bytes
	origin     uint32 // the text that had it first
	missed     uint32
	lastDoc    uint32
	question   uint32 // texts where it ends with a question mark
	loose      uint32 // texts where it is not closed by a mark
	words      uint16
	depth      uint8 // the most lines from its own to the last
	prev, next sketch
	before     uint64 // the unit before it, where first seen
}

// sketch counts distinct hashes, up to a few dozen, in one word (linear counting).
type sketch uint64

func (s *sketch) add(h uint64) { *s |= 1 << (h * 0x9E3779B97F4A7C15 >> 58) }

// NewCounter returns an empty Counter.
func NewCounter(opt Options) *Counter {
	if opt.MaxKeys <= 0 {
		opt.MaxKeys = 400_000
	}
	return &Counter{opt: opt, byName: map[string]int32{}, index: map[uint64]int32{}, words: map[uint64]string{},
		first: map[uint64]string{}, seen: [2]map[uint64]struct{}{{}, {}}}
}

// Append counts the texts of a batch. The result depends on the order of the texts over all batches and on nothing else.
func (c *Counter) Append(b *Batch) {
	for i := range b.docs {
		c.add(&b.docs[i], b.marks[b.docs[i].from:b.docs[i].to])
	}
}

// add counts one text.
func (c *Counter) add(d *batchDoc, marks []mark) {
	id, ok := c.byName[d.source]
	if !ok {
		id = int32(len(c.sources))
		name := strings.Clone(d.source)
		c.byName[name] = id
		c.sources = append(c.sources, sourceCount{name: name, salt: saltOf(name)})
	}
	salt := c.sources[id].salt
	if c.wasSeen(d.hash^salt) || c.isCopy(salt, marks) {
		c.sources[id].copies++
		return
	}
	c.sources[id].docs++
	c.docs++
	for i := range marks {
		c.count(id, salt, d, &marks[i])
	}
	if len(c.stats) > c.opt.MaxKeys {
		c.prune()
	}
}

const maxSeen = 1 << 17

// wasSeen reports whether the hash of a text came before, and keeps it.
func (c *Counter) wasSeen(h uint64) bool {
	for _, m := range c.seen {
		if _, ok := m[h]; ok {
			return true
		}
	}
	if len(c.seen[0]) == maxSeen {
		c.seen[0], c.seen[1] = map[uint64]struct{}{}, c.seen[0]
	}
	c.seen[0][h] = struct{}{}
	return false
}

// saltOf sets the keys of a source apart from those of others; it leaves the lowest bit alone, which tells units from leads.
func saltOf(source string) uint64 { return xxhash.Sum64String(source) &^ 1 }

// isCopy reports whether more than half of the long units of a text, by bytes, stand in one earlier text of its source; if it is
// a single unit, nearly all of them, since a short text under a long heading is no copy. The earlier text is found by majority vote, then checked.
func (c *Counter) isCopy(salt uint64, marks []mark) bool {
	origin, votes, total := uint32(0), 0, 0
	each := func(f func(origin uint32, n int)) {
		for i := range marks {
			m := &marks[i]
			if m.key&1 == 0 || m.words < longUnit {
				continue
			}
			n := int(m.end - m.start)
			at, ok := c.index[m.key^salt]
			switch {
			case !ok:
				f(0, n)
			case c.stats[at].docs <= smallDocs || distinct(c.stats[at].prev) <= smallDocs: // what recurs everywhere says nothing
				f(c.stats[at].origin, n)
			}
		}
	}
	each(func(o uint32, n int) {
		total += n
		switch {
		case o == origin:
			votes += n
		case votes >= n:
			votes -= n
		default:
			origin, votes = o, n-votes
		}
	})
	if origin == 0 {
		return false
	}
	same, units := 0, 0
	each(func(o uint32, n int) {
		if o == origin {
			same += n
			units++
		}
	})
	return units > 1 && same*2 > total || same*5 > total*4
}

// longUnit is the number of words from which a unit is a sentence of its own content.
const longUnit = 7

// count counts one mark.
func (c *Counter) count(source int32, salt uint64, d *batchDoc, m *mark) {
	k := m.key ^ salt
	at, ok := c.index[k]
	if !ok {
		at = int32(len(c.stats))
		c.index[k] = at
		c.stats = append(c.stats, stat{key: m.key, source: source, origin: c.docs, missed: c.floor, before: m.prev, words: m.words})
	}
	s := &c.stats[at]
	if m.flags&inTail == 0 && m.flags&isFirst == 0 {
		s.outside++
	}
	if s.lastDoc == c.docs {
		return
	}
	s.lastDoc = c.docs
	s.docs++
	s.prev.add(m.prev)
	s.next.add(m.next)
	s.depth = max(s.depth, m.depth)
	s.rest = max(s.rest, uint32(len(d.text))-m.start)
	for _, x := range []struct {
		flag uint8
		n    *uint32
	}{{inTail, &s.tail}, {isLast, &s.last}, {isFirst, &s.head}, {isOpen, &s.open}, {isLine, &s.line}, {isLineStart, &s.starts}, {isLoose, &s.loose}, {isQuestion, &s.question}} {
		if m.flags&x.flag != 0 {
			*x.n++
		}
	}
	if s.docs == 2 {
		var w masked
		w.set(d.text[m.start:m.end])
		if m.key&1 == 0 {
			w.text = w.lead(int(m.words))
		}
		c.words[k] = string(w.text)
		c.first[k] = strings.Clone(clip(d.text[m.start:m.end], 160))
	}
}

// clip cuts s to at most n bytes, at a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
