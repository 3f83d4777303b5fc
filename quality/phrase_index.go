package quality

import (
	"slices"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

// A phraseBorder is what a phrase can begin or end with.
type phraseBorder struct {
	words      []int32
	number     bool
	link, mail bool
	open       bool // any word, or a prefix
	empty      bool // nothing at all
}

// first returns what the phrase can begin with.
func (f *phrase) first() phraseBorder {
	var b phraseBorder
	b.collect(f.nodes, 0, make([]bool, len(f.nodes)))
	return b
}

func (b *phraseBorder) collect(nodes []phraseNode, n int32, seen []bool) {
	if seen[n] {
		return
	}
	seen[n] = true
	switch node := &nodes[n]; node.kind {
	case nodeMatch:
		b.empty = true
	case nodeSplit:
		b.collect(nodes, node.next, seen)
		b.collect(nodes, node.other, seen)
	case nodeGap:
		b.collect(nodes, node.next, seen)
	default:
		b.put(node)
	}
}

func (b *phraseBorder) put(node *phraseNode) {
	switch node.kind {
	case nodeWord:
		b.words = append(b.words, node.words...)
	case nodeNumber:
		b.number = true
	case nodeLink:
		b.link = true
	case nodeMail:
		b.mail = true
	default:
		b.open = true
	}
}

// last returns what the phrase can end with: the nodes from which no word more is needed.
func (f *phrase) last() phraseBorder {
	var b phraseBorder
	ends := f.ending()
	for i := range f.nodes {
		if node := &f.nodes[i]; node.kind < nodeGap && ends[node.next] {
			b.put(node)
		}
	}
	return b
}

// ending tells of each node whether the phrase can be complete there without a word more.
func (f *phrase) ending() []bool {
	ends := make([]bool, len(f.nodes))
	for again := true; again; {
		again = false
		for n := range f.nodes { // most nodes go on at one before them
			node, can := &f.nodes[n], false
			switch node.kind {
			case nodeMatch:
				can = true
			case nodeSplit:
				can = ends[node.next] || ends[node.other]
			case nodeGap:
				can = ends[node.next]
			}
			if can && !ends[n] {
				ends[n], again = true, true
			}
		}
	}
	return ends
}

// longest returns how many words of letters the phrase can take, from 1 to maxPhraseTokens.
func (f *phrase) longest() int {
	words := make([]int, len(f.nodes)) // from each node on
	for again := true; again; {
		again = false
		for n := range f.nodes { // most nodes go on at one before them
			node, most := &f.nodes[n], 0
			switch node.kind {
			case nodeMatch:
			case nodeSplit:
				most = max(words[node.next], words[node.other])
			case nodeGap, nodeNumber, nodeLink, nodeMail:
				most = words[node.next]
			default:
				most = min(1+words[node.next], maxPhraseTokens)
			}
			if most > words[n] {
				words[n], again = most, true
			}
		}
	}
	return max(words[0], 1)
}

// accepts says whether the border may be a word.
func (b *phraseBorder) accepts(t phraseToken) bool {
	if b.open || b.number && t.class == numberWord || b.link && t.class == linkWord || b.mail && t.class == mailWord {
		return true
	}
	_, found := slices.BinarySearch(b.words, t.id)
	return found
}

// A phraseIndex finds the phrases that can begin, or end, with a word. Its lists hold positions in Phrases.phrases, ascending.
type phraseIndex struct {
	words      [][]int32 // by number of the word
	number     []int32
	link, mail []int32
	open       []int32
	starts     bitmap.Bitmap // the first letters of its words, mixed: see letterRow
	others     bool          // it has numbers, addresses, or words that begin with no letter as sorts have it
	stops      [1 << 12]bool // the last two letters of its words, the last first: see letterPair
	finals     [0x800]bool   // the last letters, folded, of its words, numbers and addresses; of those beyond nothing is known
}

func (x *phraseIndex) add(b phraseBorder, f *phrase) {
	slices.Sort(b.words)
	for _, w := range slices.Compact(b.words) {
		x.words[w] = append(x.words[w], int32(f.order))
	}
	for _, c := range []struct {
		holds bool
		list  *[]int32
	}{{b.number, &x.number}, {b.link, &x.link}, {b.mail, &x.mail}, {b.open, &x.open}} {
		if c.holds {
			*c.list = append(*c.list, int32(f.order))
		}
	}
}

// of returns the phrases for a token, apart from the open ones. No index has none.
func (x *phraseIndex) of(t phraseToken) []int32 {
	switch {
	case x == nil:
		return nil
	case t.id >= 0 && len(x.words[t.id]) > 0:
		return x.words[t.id] // a number that is named is also listed as a number: see index
	case t.class == numberWord:
		return x.number
	case t.class == linkWord:
		return x.link
	case t.class == mailWord:
		return x.mail
	}
	return nil
}

// seal notes the first and last letters. Nothing is added afterwards.
func (x *phraseIndex) seal(w *phraseWords) {
	x.starts = make(bitmap.Bitmap, 1<<startBits/64)
	x.others = len(x.number)+len(x.link)+len(x.mail) > 0
	for word, id := range w.ids {
		if len(x.words[id]) > 0 {
			first, _ := utf8.DecodeRuneInString(word)
			x.others = x.others || phraseSort(first) != sortLetter
			row, k := uint32(0), 0
			for _, r := range word {
				if row = letterRow(row, r); k == startLetters-1 {
					break
				}
				k++
			}
			x.starts.Put(startOf(row), 1)
			last, n := utf8.DecodeLastRuneInString(word)
			before, _ := utf8.DecodeLastRuneInString("\x00" + word[:len(word)-n])
			x.stops[letterPair(last, before)] = true
			if int(last) < len(x.finals) {
				x.finals[last] = true
			}
		}
	}
	for _, c := range w.chars {
		if len(x.number) > 0 && c.sort() == sortDigit && int(c.fold()) < len(x.finals) {
			x.finals[c.fold()] = true
		}
	}
	for c := range rune(utf8.RuneSelf) {
		x.finals[c] = x.finals[c] || len(x.link)+len(x.mail) > 0 && phraseSort(c) != sortNone
	}
}

// letterPair numbers two letters; one that is missing is 0.
func letterPair(first, second rune) int { return int(uint32(first)*67^uint32(second)) & (1<<12 - 1) }

// letterRow mixes one letter more into the number of the first letters of a word, of which there are startLetters at most.
func letterRow(row uint32, letter rune) uint32 { return (row ^ uint32(letter)) * 0x9E3779B1 }

const (
	startLetters = 4
	startBits    = 15
)

// startOf is the place in starts of a row.
func startOf(row uint32) int { return int(row >> (32 - startBits)) }

// mayBeginWith says whether the index may have a phrase for the word that text begins with, by its first letters.
func (x *phraseIndex) mayBeginWith(w *phraseWords, text string) bool {
	row := uint32(0)
	for i, at := 0, 0; at < len(text); i++ {
		c, n := phraseChar(0), 2
		if text[at]&^1 == leadArabic && at+1 < len(text) { // as in after, without the call
			c = w.pair(text[at], text[at+1])
		}
		if c == 0 {
			c, n = w.after(text[at:])
		}
		switch {
		case c.odd():
			return true
		case i == 0 && c.sort() != sortLetter:
			return x.others || c.sort() == sortNone
		}
		if i == startLetters || c.sort() != sortLetter {
			break
		}
		row = letterRow(row, c.fold())
		at += n
	}
	k := startOf(row)
	return x.starts[k>>6]>>(k&63)&1 != 0
}

// index prepares the search: which phrases to try, by the first word of a line and by its last.
func (p *Phrases) index() {
	p.words.seal()
	n := len(p.words.ids)
	all := []*phraseIndex{&p.begins, &p.openEnds, &p.tailBegins, &p.tailInside, &p.ends, &p.closes, &p.tailEnds, &p.lastEnds}
	for _, x := range all {
		x.words = make([][]int32, n)
	}
	for _, f := range p.phrases {
		f.ends = f.last()
		slices.Sort(f.ends.words)
		f.most = f.longest()
		switch first := f.first(); {
		case f.entry.nearTail():
			p.tailBegins.add(first, f)
			if f.entry.inside {
				p.tailInside.add(first, f)
			}
			switch {
			case f.entry.at == atEnd && f.entry.where == inLast:
				p.lastEnds.add(f.ends, f)
			case f.entry.at == atEnd:
				p.tailEnds.add(f.ends, f)
			}
		case f.entry.endsLine():
			if f.closes {
				p.closes.add(first, f)
				p.closesMost = max(p.closesMost, f.most)
				break
			}
			p.ends.add(f.ends, f)
		default:
			p.begins.add(first, f)
			switch {
			case !first.open:
			case f.entry.whole():
				p.openEnds.add(f.ends, f)
			default:
				p.openEnds.open = append(p.openEnds.open, int32(f.order))
			}
		}
	}
	for word, id := range p.words.ids {
		if '0' <= word[0] && word[0] <= '9' {
			for _, x := range all {
				x.words[id] = append(x.words[id], x.number...)
				slices.Sort(x.words[id])
				x.words[id] = slices.Compact(x.words[id])
			}
		}
	}
	for _, x := range all {
		x.seal(p.words)
	}
	if words, ok := p.insideWords(); ok {
		p.sieve = newPhraseSieve(p.words, words)
	}
}

// insideWords lists the words that a phrase may begin with at any word of a line near the end, those apart that are found by the last
// word of the line. It says no if such a phrase does not begin with a word.
func (p *Phrases) insideWords() ([]string, bool) {
	names := make([]string, len(p.words.ids))
	for word, id := range p.words.ids {
		names[id] = word
	}
	var out []string
	for _, f := range p.phrases {
		if !f.entry.nearTail() || !f.entry.inside || f.entry.at == atEnd {
			continue
		}
		first := f.first()
		if first.number || first.link || first.mail || first.open {
			return nil, false
		}
		for _, id := range first.words {
			out = append(out, names[id])
		}
	}
	return out, true
}
