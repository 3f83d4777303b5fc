package recur

import (
	"cmp"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/quality"
)

// leads accepts first words that are followed by something else each time: up to the end of the text ("link to this story: <title>"),
// up to the end of the line ("more: <title>"), or by the text itself (a row of buttons).
func (l *learner) leads() {
	found := map[int]Entry{}
	var order []int
	longer := map[string]uint32{} // texts of the commonest longer lead that begins so
	for i := range l.c.stats {
		s := &l.c.stats[i]
		e, ok := l.lead(s)
		if !ok {
			continue
		}
		found[i] = e
		order = append(order, i)
		prefixes(l.pattern(s), func(p string) bool {
			k := l.name(s, p)
			longer[k] = max(longer[k], s.docs)
			return true
		})
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.c.stats[a].words, l.c.stats[b].words) })
	taken := map[string]bool{}
	for _, i := range order {
		s := &l.c.stats[i]
		if float64(longer[l.name(s, l.pattern(s))]) >= placeShare*float64(s.docs) || l.covered(s, taken) {
			continue
		}
		taken[l.name(s, l.pattern(s))] = true
		l.accept(i, found[i])
	}
	for i, e := range l.entries { // a lead says all that the units say that begin with it
		if e != nil && e.Match == Whole && e.Place != Head && l.covered(&l.c.stats[i], taken) {
			l.entries[i] = nil
		}
	}
}

func (l *learner) name(s *stat, words string) string {
	return l.c.sources[s.source].name + "\n" + words
}

// covered reports whether a shorter lead was taken.
func (l *learner) covered(s *stat, taken map[string]bool) (yes bool) {
	prefixes(l.pattern(s), func(p string) bool {
		yes = taken[l.name(s, p)]
		return !yes
	})
	return yes
}

// prefixes calls f with each shorter lead of at most maxLead words, until it returns false.
func prefixes(words string, f func(string) bool) {
	n := 0
	for i := range len(words) {
		if words[i] == ' ' {
			if n++; n > maxLead || !f(words[:i]) {
				return
			}
		}
	}
}

// lead judges first words.
func (l *learner) lead(s *stat) (Entry, bool) {
	if s.isUnit() || s.docs < smallDocs {
		return Entry{}, false
	}
	w, share, docs := l.pattern(s), float64(s.docs)/float64(l.total(s)), float64(s.docs)
	if l.sources[l.key(s)] >= manySources && share < habitShare || connects(w) || distinct(s.next) < smallDocs || !speaks(w) {
		return Entry{}, false
	}
	kind, hits, told := guess(w)
	common := share >= commonShare && s.docs >= commonDocs
	switch {
	case float64(s.head) >= placeShare*docs:
		return Entry{Kind: kind, Rule: "recurring-head", Place: Head, Match: Lead},
			told && s.docs >= commonDocs && s.words >= 3 && hits > 1 && hits*3 >= int(s.words)
	case distinct(s.prev) < smallDocs:
		return Entry{}, false
	case (common || told && s.docs >= commonDocs && share >= leadShare) && float64(s.outside) <= (1-placeShare)*docs/2 &&
		float64(s.last) >= placeShare*docs && l.loose(float64(s.open), docs, told):
		if !told {
			kind = quality.Nav
		}
		return Entry{Kind: kind, Rule: "recurring-tail", Place: Tail, Match: Rest}, true
	case told && hits*2 >= int(s.words) && (common || share >= smallShare) && float64(s.starts) >= placeShare*docs && l.loose(float64(s.loose), docs, true):
		return Entry{Kind: kind, Rule: "recurring-line", Place: Anywhere, Match: Line}, true
	}
	return Entry{}, false
}

// speaks reports words that are more than numbers and parts of an address.
func speaks(words string) (yes bool) {
	for w := range strings.SplitSeq(words, " ") {
		switch w {
		case "com", "www", "http", "https":
			return false
		}
		yes = yes || w != "0"
	}
	return yes
}

// loose reports whether what follows a lead is mostly no sentence.
func (l *learner) loose(n, docs float64, told bool) bool {
	return n >= placeShare*docs || told && n >= looseShare*docs
}
