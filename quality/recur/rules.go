package recur

import (
	"bytes"
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// rules are the entries of a source, ready to match.
type rules struct {
	byKey    map[uint64]*Entry // by hash of the unit or lead
	first    filter            // first words of the entries
	starts   filter            // the first letters of those that begin with Arabic
	leads    [maxLead + 1]bool // lengths of leads in use
	inner    [maxLead + 1]bool // lengths of those that are looked for within units too
	begins   filter            // the first bytes of those
	hasInner bool
	list     int    // lines of the list of other stories
	places   places // in use
}

// places is a set of places.
type places uint8

const (
	atHead places = 1 << iota
	atTail
	anywhere
)

var placeOf = map[string]places{Head: atHead, Tail: atTail, Anywhere: anywhere}

// filter is a set of hashes that may say yes to others too.
type filter [16]uint64

func (f *filter) add(h uint64)          { f[h>>60] |= 1 << (h >> 54 & 63) }
func (f *filter) mayHave(h uint64) bool { return f[h>>60]>>(h>>54&63)&1 != 0 }

// compile makes the profile ready to match.
func (p *Profile) compile() {
	p.bySource = map[string]*rules{}
	for i := range p.Sources {
		s := &p.Sources[i]
		if len(s.Entries) == 0 {
			continue
		}
		r := &rules{list: s.List, byKey: map[uint64]*Entry{}}
		for j := range s.Entries {
			r.add(&s.Entries[j], s.Articles)
		}
		r.findInner()
		p.bySource[s.Name] = r
	}
}

func (r *rules) add(e *Entry, articles int) {
	var m masked
	m.set(e.Words)
	key := hash(m.text)
	if e.Match != Whole {
		n := min(m.words, maxLead)
		key, r.leads[n] = hashLead(m.lead(n)), true
		r.inner[n] = r.inner[n] || e.Match == Rest && (n >= innerWords || e.Articles*2 > articles)
	}
	r.byKey[key] = e
	r.first.add(xxhash.Sum64(m.lead(1)))
	if start, arabic := letterStart(string(m.text)); arabic {
		r.starts.add(start)
	}
	r.places |= placeOf[e.Place]
}

// findInner prepares what within looks for, which all entries together decide.
func (r *rules) findInner() {
	for _, e := range r.byKey {
		var m masked
		m.set(e.Words)
		if n := min(m.words, maxLead); e.Match == Rest && r.inner[n] {
			r.hasInner = true
			r.begins.addStart(m.lead(n))
		}
	}
}

// addStart adds the first bytes of what may begin, or all there are.
func (f *filter) addStart(words []byte) {
	if len(words) < 8 {
		for i := range f {
			f[i] = ^uint64(0)
		}
		return
	}
	f.add(startHash(words))
}

// startHash hashes the first eight bytes.
func startHash(words []byte) uint64 {
	return binary.LittleEndian.Uint64(words) * 0x9E3779B97F4A7C15
}

// mayStart reports whether an entry may begin with the first letters of a unit, which is not folded for that.
func (r *rules) mayStart(unit string) bool {
	start, arabic := letterStart(unit)
	return !arabic || r.starts.mayHave(start)
}

// mayBegin reports whether an entry begins with the first word of a unit.
func (r *rules) mayBegin(m *masked) bool {
	return m.words > 0 && r.first.mayHave(xxhash.Sum64(m.lead(1)))
}

// match returns the entry of a unit in a place that fits, the longest if there are more, and the words of its lead.
func (r *rules) match(m *masked, where places) (*Entry, int) {
	if m.words == 0 {
		return nil, 0
	}
	if m.whole {
		if e := r.byKey[hash(m.text)]; e != nil && where&placeOf[e.Place] != 0 {
			return e, m.words
		}
	}
	for n := min(m.words, maxLead); n > 0; n-- {
		if !r.leads[n] {
			continue
		}
		if e := r.byKey[hashLead(m.lead(n))]; e != nil && where&placeOf[e.Place] != 0 {
			return e, n
		}
	}
	return nil, 0
}

// innerWords is the length from which a lead is found within a unit, where the layout left no border before it. Shorter ones are if
// most articles have them.
const innerWords = 3

// within looks for a lead whose rest goes with it inside a unit, the longest and of those the first, and returns the number of words
// before it.
func (r *rules) within(m *masked) (found *Entry, before int) {
	best := 0
	for i, word := bytes.IndexByte(m.text, ' ')+1, 1; i > 0; word++ {
		rest := m.text[i:]
		if len(rest) < 8 || r.begins.mayHave(startHash(rest)) {
			if e, n := r.innerAt(rest); n > best {
				found, before, best = e, word, n
			}
		}
		next := bytes.IndexByte(rest, ' ') + 1
		if next == 0 {
			break
		}
		i += next
	}
	return found, before
}

// innerAt returns the longest lead whose rest goes with it that words begin with, and its length.
func (r *rules) innerAt(words []byte) (found *Entry, best int) {
	for n, end := 1, 0; n <= maxLead && end < len(words); n, end = n+1, end+1 {
		if i := bytes.IndexByte(words[end:], ' '); i >= 0 {
			end += i
		} else {
			end = len(words)
		}
		if !r.inner[n] {
			continue
		}
		if e := r.byKey[hashLead(words[:end])]; e != nil && e.Match == Rest {
			found, best = e, n
		}
	}
	return found, best
}
