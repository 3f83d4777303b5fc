package recur

import (
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/quality"
)

// The plain way to do what this package does fast: character by character, with maps.

// plainSplit is split without passing over anything.
func plainSplit(text string, taken []quality.Span) []unit {
	s := splitter{start: -1}
	for i := 0; i < len(text); {
		if len(taken) > 0 && i >= taken[0].Start {
			s.flush()
			i, taken = max(i, min(taken[0].End, len(text))), taken[1:]
			continue
		}
		class, n := classify(text, i)
		s.step(text, i, class, n)
		i += n
	}
	s.flush()
	return s.units
}

// plainMask is masked.set and all its ends of words.
func plainMask(unit string) (text []byte, ends []int, whole bool) {
	if whole = len(unit) <= maxUnit; !whole {
		unit = unit[:maxUnit]
	}
	digit := false
	for _, c := range arabic.AppendFold(nil, []byte(unit)) {
		if c >= '0' && c <= '9' {
			if digit {
				continue
			}
			digit, c = true, '0'
		} else {
			digit = false
		}
		if c == ' ' {
			ends = append(ends, len(text))
		}
		text = append(text, c)
	}
	if len(text) > 0 {
		ends = append(ends, len(text))
	}
	return text, ends, whole
}

// plainMark is a unit or a lead.
type plainMark struct {
	key, prev, next uint64
	start, end      int
	words           int
	flags, depth    uint8
}

// plainMarks returns the marks of a text.
func plainMarks(text string, taken []quality.Span) (marks []plainMark) {
	units := plainSplit(text, taken)
	tail := tailOf(units)
	prev, whole, seen := uint64(0), -1, 0
	for i, u := range units {
		words, ends, all := plainMask(text[u.start:u.end])
		if u.wordless || len(ends) == 0 {
			continue
		}
		m := plainMark{prev: prev, start: u.start, end: u.end, words: min(len(ends), 1<<16-1), flags: place(units, i, tail)}
		if i >= tail {
			m.depth = uint8(depth(units, i))
		}
		if seen++; seen == 1 {
			m.flags |= isFirst
		}
		if !units[len(units)-1].closed {
			m.flags |= isOpen
		}
		if strings.HasSuffix(text[u.start:u.end], "؟") {
			m.flags |= isQuestion
		}
		m.key = hash(words)
		if whole >= 0 {
			marks[whole].next = m.key
		}
		prev, whole = m.key, -1
		if all && len(ends) <= maxWords {
			whole = len(marks)
			marks = append(marks, m)
		}
		marks = append(marks, plainLeads(m, words, ends)...)
	}
	return marks
}

// plainLeads returns the leads of a unit.
func plainLeads(m plainMark, words []byte, ends []int) (marks []plainMark) {
	most := 2
	switch {
	case m.flags&isFirst != 0:
		most = maxLead
	case m.flags&inTail != 0:
		most = tailLead
	}
	for n := 1; n <= most && n < len(ends); n++ {
		end := len(words)
		if n < maxLead {
			end = ends[n]
		}
		m.key, m.words, m.next = plainLeadKey(words, ends[:n]), n, hash(words[ends[n-1]:end])
		marks = append(marks, m)
	}
	return marks
}

// plainLeadKey returns the key of the lead whose words end there.
func plainLeadKey(words []byte, ends []int) uint64 {
	key := firstLead(xxhash.Sum64(words[:ends[0]]))
	for n := 1; n < len(ends); n++ {
		key = longerLead(key, hash(words[ends[n-1]:ends[n]]))
	}
	return key
}

// plainCounter is a Counter of maps.
type plainCounter struct {
	opt    Options
	docs   map[string]int // of each source; all
	copies map[string]int
	all    uint32
	seen   map[uint64]bool
	stats  []*plainStat
	index  map[uint64]*plainStat
	floor  uint32
}

// plainStat is a stat, and what people see of it.
type plainStat struct {
	stat
	salt uint64
	seen shown
}

func newPlainCounter(opt Options) *plainCounter {
	return &plainCounter{opt: opt.withDefaults(), docs: map[string]int{}, copies: map[string]int{}, seen: map[uint64]bool{}, index: map[uint64]*plainStat{}}
}

func (c *plainCounter) add(source, text string, taken []quality.Span) {
	marks, salt := plainMarks(text, taken), saltOf(source)
	h := xxhash.Sum64String(text) ^ salt
	again := c.seen[h]
	if c.seen[h] = true; again || c.isCopy(salt, marks) {
		c.copies[source]++
		return
	}
	c.docs[source]++
	c.all++
	for i := range marks {
		c.count(salt, text, &marks[i])
	}
	if c.full(1) {
		c.prune()
	}
}

// isCopy says how many bytes of long units each earlier text has; only one can have more than half of all.
func (c *plainCounter) isCopy(salt uint64, marks []plainMark) bool {
	bytes, units, total := map[uint32]int{}, map[uint32]int{}, 0
	for _, m := range marks {
		if m.key&1 == 0 || m.words < longUnit {
			continue
		}
		from := uint32(0)
		if s := c.index[m.key^salt]; s != nil {
			if s.docs > smallDocs && distinct(s.prev) > smallDocs {
				continue
			}
			from = s.origin
		}
		bytes[from] += m.end - m.start
		units[from]++
		total += m.end - m.start
	}
	for from, n := range bytes {
		if from != 0 && (units[from] > 1 && n*2 > total || n*5 > total*4) {
			return true
		}
	}
	return false
}

func (c *plainCounter) count(salt uint64, text string, m *plainMark) {
	s := c.index[m.key^salt]
	if s == nil {
		s = &plainStat{salt: salt, stat: stat{salted: m.key ^ salt, origin: c.all, missed: c.floor, before: m.prev, words: uint8(m.words)}}
		c.index[m.key^salt] = s
		c.stats = append(c.stats, s)
	}
	if m.flags&inTail == 0 && m.flags&isFirst == 0 {
		s.outside++
	}
	if s.lastDoc == c.all {
		return
	}
	s.lastDoc = c.all
	s.docs++
	s.prev.add(sketchBit(m.prev))
	s.next.add(sketchBit(m.next))
	s.depth = max(s.depth, m.depth)
	s.rest = max(s.rest, uint32(len(text)-m.start))
	for _, x := range []struct {
		flag uint8
		n    *uint32
	}{{inTail, &s.tail}, {isLast, &s.last}, {isFirst, &s.head}, {isOpen, &s.open}, {isLine, &s.line}, {isLineStart, &s.starts}, {isLoose, &s.loose}, {isQuestion, &s.question}} {
		if m.flags&x.flag != 0 {
			*x.n++
		}
	}
	if s.docs == 2 {
		words, ends, _ := plainMask(text[m.start:m.end])
		if m.key&1 == 0 {
			words = words[:ends[m.words-1]]
		}
		s.seen = shown{string(words), clip(text[m.start:m.end], 160)}
	}
}

func (c *plainCounter) full(parts int) bool {
	size := 0
	for _, s := range c.stats {
		size += s.seen.size()
	}
	return len(c.stats) > c.opt.MaxKeys/parts || size > c.opt.maxShown/parts
}

func (c *plainCounter) prune() {
	safe, size := map[*plainStat]bool{}, 0
	for _, s := range c.stats {
		if len(safe) == c.opt.MaxKeys/16 || size >= c.opt.maxShown/4 {
			break
		}
		before := c.index[s.before^s.salt]
		if s.mayBeStory() && (distinct(s.prev) > 1 || before != nil && before.mayBeStory()) {
			safe[s] = true
			size += s.seen.size()
		}
	}
	for c.full(2) {
		c.floor++
		kept := c.stats[:0]
		for _, s := range c.stats {
			if s.docs+s.missed > c.floor || safe[s] {
				kept = append(kept, s)
			} else {
				delete(c.index, s.salted)
			}
		}
		c.stats = kept
	}
}

// plainAppend is Append without filters: it masks every unit whole, and looks up all its leads at each of its words.
func plainAppend(p *Profile, text, source string, taken []quality.Span) []quality.Span {
	r := p.bySource[source]
	units := plainSplit(text, taken)
	if r == nil || len(units) == 0 {
		return nil
	}
	var w work
	tail, from := tailOf(units), 0
	if r.places&atHead != 0 {
		from = plainHead(&w, r, text, units)
	}
	if r.places&anywhere == 0 {
		from = max(from, tail)
	}
	plainBody(&w, r, text, units, from, tail)
	return appendHits(nil, w.hits)
}

// plainMatch is match by the places' names.
func plainMatch(r *rules, unit string, fit ...string) (*Entry, int) {
	words, ends, whole := plainMask(unit)
	fits := func(e *Entry) bool { return e != nil && slices.Contains(fit, e.Place) }
	if e := r.byKey[hash(words)]; whole && len(words) > 0 && fits(e) {
		return e, len(ends)
	}
	for n := min(len(ends), maxLead); n > 0; n-- {
		if e := r.byKey[hashLead(words[:ends[n-1]])]; r.leads[n] && fits(e) {
			return e, n
		}
	}
	return nil, 0
}

// plainWithin is within by trying every length at every word.
func plainWithin(r *rules, unit string) (*Entry, int) {
	words, ends, _ := plainMask(unit)
	for n := maxLead; n > 0; n-- {
		for i := 0; r.inner[n] && i+n < len(ends); i++ {
			if e := r.byKey[hashLead(words[ends[i]+1:ends[i+n]])]; e != nil && e.Match == Rest {
				return e, i + 1
			}
		}
	}
	return nil, 0
}

func plainHead(w *work, r *rules, text string, units []unit) int {
	for i := range units[:min(headUnits, len(units))] {
		u := &units[i]
		if u.wordless {
			continue
		}
		e, n := plainMatch(r, text[u.start:u.end], Head)
		if e == nil {
			return i
		}
		if e.Match == Lead {
			w.hit(e, u.start, u.start+endOfWord(text[u.start:u.end], n))
			return i + 1
		}
		w.hit(e, u.start, u.end)
	}
	return min(headUnits, len(units))
}

func plainBody(w *work, r *rules, text string, units []unit, from, tail int) {
	var e *Entry
	stories, firstStory := 0, 0
	for i := from; i < len(units); i++ {
		u := &units[i]
		switch {
		case e != nil && (e.Match == Rest || e.Match == Line && units[i-1].line == u.line):
			w.hit(e, u.start, u.end)
			continue
		case u.wordless:
			e = nil
			continue
		}
		fit := []string{Anywhere}
		if i >= tail {
			fit = append(fit, Tail)
		}
		var at int
		if e, _ = plainMatch(r, text[u.start:u.end], fit...); e == nil && i >= tail {
			if e, at = plainWithin(r, text[u.start:u.end]); e != nil {
				w.hit(e, u.start+startOfWord(text[u.start:u.end], at), u.end)
			}
			continue
		}
		if e == nil {
			continue
		}
		for b := i; b > from && units[b-1].wordless; b-- {
			w.hit(e, units[b-1].start, units[b-1].end)
		}
		if w.hit(e, u.start, u.end); e.Rule == storyRule {
			if stories++; stories == 1 {
				firstStory = i
			}
		}
	}
	if stories > 0 {
		w.list(text, units, max(from, tail), firstStory, stories, r.list)
	}
}
