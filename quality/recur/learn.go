package recur

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/quality"
)

// The bars of learning. A share is of the source's distinct texts.
const (
	placeShare  = .9   // of the texts with an entry, those where it keeps its place
	habitShare  = .2   // from here on a formula of many sources is furniture of this one
	manySources = 3    // sources that share a formula of the language
	commonShare = .05  // enough for a short unit without a telling word, with commonDocs
	leadShare   = .01  // the same for a lead with a telling word
	rareShare   = .002 // the same for a long unit on a line of its own
	commonDocs  = 5
	smallShare  = .15 // the same in a small source, with smallDocs
	smallDocs   = 3
	bylineDocs  = 4
	storyShare  = .05 // of a source's texts that have sentences of other stories, for each of them to be believed
	storyWords  = 9
	shortHead   = 12 // words of a line at the head that may be a name, a place and a date
	looseShare  = .7 // of the texts with a telling lead, those where no sentence follows
)

// Profile judges what was counted. The Counter may go on counting.
func (c *Counter) Profile() *Profile {
	c.arrange()
	l := learner{c: c, sources: make(map[uint64]int, len(c.stats)), entries: make([]*Entry, len(c.stats)), lists: map[int32]int{}}
	for i := range c.stats {
		if s := &c.stats[i]; s.docs > 1 {
			l.sources[l.key(s)]++
		}
	}
	l.units()
	l.stories()
	l.leads()
	p := &Profile{LeftOut: c.leftOut}
	for i, s := range c.sources {
		p.Sources = append(p.Sources, Source{Name: s.name, Articles: s.docs, Copies: s.copies, List: l.lists[int32(i)]})
	}
	for at, e := range l.entries {
		if e != nil {
			src := &p.Sources[c.stats[at].source]
			src.Entries = append(src.Entries, *e)
		}
	}
	for i := range p.Sources {
		slices.SortStableFunc(p.Sources[i].Entries, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Words, b.Words))
		})
	}
	slices.SortStableFunc(p.Sources, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	p.compile()
	return p
}

// learner holds what is decided so far: entries lies parallel to the Counter's stats.
type learner struct {
	c       *Counter
	sources map[uint64]int // sources that have a key twice or more
	entries []*Entry
	lists   map[int32]int // lines of the list of other stories, by source
}

// total returns the number of texts of a stat's source.
func (l *learner) total(s *stat) int { return l.c.sources[s.source].docs }

// at returns the entry of a key in the source of s, if it is accepted.
func (l *learner) at(s *stat, key uint64) *Entry {
	if i := l.c.statOf(s.source, key); i >= 0 {
		return l.entries[i]
	}
	return nil
}

func (l *learner) salt(s *stat) uint64 { return l.c.sources[s.source].salt }

// key returns the key of s, which is the same in every source.
func (l *learner) key(s *stat) uint64 { return s.salted ^ l.salt(s) }

// shown returns how people see s, nothing if it was seen once.
func (l *learner) shown(s *stat) shown {
	if s.shown == 0 {
		return shown{}
	}
	return l.c.shown[s.shown-1]
}

func (l *learner) pattern(s *stat) string { return l.shown(s).words }

func (l *learner) accept(i int, e Entry) {
	s := &l.c.stats[i]
	e.Words, e.Example = l.shown(s).words, l.shown(s).example
	e.Articles, e.Missed = int(s.docs), int(s.missed)
	l.entries[i] = &e
}

// units accepts whole units, and then those that always follow an accepted one, until nothing changes.
func (l *learner) units() {
	for pass, changed := 0, true; changed && pass < 12; pass++ {
		changed = false
		for i := range l.c.stats {
			s := &l.c.stats[i]
			if !s.isUnit() || s.docs < 2 || l.entries[i] != nil || pass > 0 && !l.mayFollow(s) {
				continue
			}
			if e, ok := l.unit(s); ok {
				l.accept(i, e)
				changed = true
			}
		}
	}
}

// mayFollow reports whether what was accepted since a unit was judged first can make a difference to it: that before it.
func (l *learner) mayFollow(s *stat) bool { return s.atTail() && l.at(s, s.before) != nil }

// atTail reports a unit that keeps its place at the end of texts.
func (s *stat) atTail() bool { return float64(s.tail) >= placeShare*float64(s.docs) }

// distinct estimates how many hashes a sketch has seen; it is exact for the few that matter.
func distinct(s sketch) int { return bits.OnesCount64(uint64(s)) }

// unit judges a whole unit by itself, and by the one before it.
func (l *learner) unit(s *stat) (Entry, bool) {
	share := float64(s.docs) / float64(l.total(s))
	if l.sources[l.key(s)] >= manySources && share < habitShare || s.question*2 > s.docs {
		return Entry{}, false
	}
	docs := float64(s.docs)
	switch {
	case s.atTail():
		before := l.at(s, s.before)
		chained := before != nil && distinct(s.prev) < 3
		if distinct(s.prev) < 2 && !chained {
			return Entry{}, false
		}
		kind, ok := l.worth(s, share)
		if _, _, told := guess(l.pattern(s)); !told && (chained || before != nil && s.words < longUnit) {
			kind, ok = before.Kind, true // a line of the same block
		}
		return Entry{Kind: kind, Rule: "recurring-tail", Place: Tail, Match: Whole}, ok
	case float64(s.head) >= placeShare*docs && distinct(s.next) > 1:
		kind, ok := l.worth(s, share)
		return Entry{Kind: kind, Rule: "recurring-head", Place: Head, Match: Whole}, ok
	}
	kind, _, told := guess(l.pattern(s))
	ok := told && s.words >= longUnit && s.docs >= smallDocs && distinct(s.prev) >= smallDocs && distinct(s.next) >= smallDocs &&
		float64(s.line) >= placeShare*docs && !connects(l.pattern(s))
	return Entry{Kind: kind, Rule: "recurring-line", Place: Anywhere, Match: Whole}, ok
}

// worth says whether a unit in its place is furniture, and of which kind.
func (l *learner) worth(s *stat, share float64) (quality.Kind, bool) {
	kind, hits, told := guess(l.pattern(s))
	common := share >= commonShare && s.docs >= commonDocs || share >= smallShare && s.docs >= smallDocs
	own := float64(s.line) >= placeShare*float64(s.docs)
	intro := strings.HasSuffix(l.shown(s).example, ":")
	switch {
	case told && kind == quality.Share && hits == 1 && !common: // an author's account, not a row of buttons
		return quality.Byline, s.docs >= smallDocs
	case told && (s.docs >= smallDocs || s.words >= longUnit && hits >= 3) && (s.words < longUnit || !connects(l.pattern(s))):
		return kind, true
	case connects(l.pattern(s)):
		return 0, false
	case s.head > s.tail && s.words <= shortHead && (common || s.docs >= bylineDocs && own):
		return quality.Byline, true
	case common:
		return quality.Nav, true
	case s.docs >= commonDocs && own && s.words > shortHead && share >= rareShare && !intro && distinct(s.prev)+distinct(s.next) >= commonDocs:
		return quality.Promo, true
	case s.docs >= bylineDocs && own && s.words <= shortHead: // regular authors, their closings, subtitles of a column
		return quality.Other, true
	}
	return 0, false
}

// stories accepts the sentences of other stories that a site prints after its articles: long, at the end, after different sentences
// in texts that are no copies of each other. One of them proves little, so a source must have them in a fair share of its
// texts.
func (l *learner) stories() {
	found, sum := map[int]bool{}, make([]uint32, len(l.c.sources))
	for changed := true; changed; {
		changed = false
		for i := range l.c.stats {
			if s := &l.c.stats[i]; l.entries[i] == nil && !found[i] && l.story(s, found) {
				found[i], changed = true, true
				sum[s.source] += s.docs
			}
		}
	}
	depths := map[int32][]uint8{}
	for i := range l.c.stats {
		s := &l.c.stats[i]
		if found[i] && float64(sum[s.source]) >= storyShare*float64(l.total(s)) {
			l.accept(i, Entry{Kind: quality.Related, Rule: storyRule, Place: Tail, Match: Whole})
			depths[s.source] = append(depths[s.source], s.depth)
		}
	}
	for source, d := range depths {
		if slices.Sort(d); len(d) >= smallDocs { // the deepest but for one in twenty
			l.lists[source] = int(d[len(d)-1-len(d)/20])
		}
	}
}

// storyRule is the rule of the sentences of other stories. Two of them in a text begin a list that goes to its end.
const storyRule = "recurring-sentence"

// story judges a sentence: it follows different sentences, or one that was found.
func (l *learner) story(s *stat, found map[int]bool) bool {
	if !s.mayBeStory() || connects(l.pattern(s)) {
		return false
	}
	return distinct(s.prev) > 1 || found[l.c.statOf(s.source, s.before)]
}
