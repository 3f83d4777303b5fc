package dedup

import (
	"cmp"
	"iter"
	"slices"
	"sort"
)

// copies are the documents with the same text as another.
type copies struct {
	docs  *paged[docInfo] // of those that have copies, with the number of different shingles
	next  []uint32        // the next document with the same text, 0 for none; empty if there are no copies at all
	count int             // documents that are not the first of their text
}

// copies lists the exact copies of each text.
func (d *Deduper) copies() (*copies, error) {
	c := &copies{docs: &d.docs}
	var count table
	for n := d.docs.len() - 1; n >= 0; n-- {
		doc := uint32(n)
		info := d.docs.at(doc)
		if info.first == doc {
			if info.copies == 1 || info.knownDistinct().counted {
				continue
			}
			text, buf, err := d.texts.read(doc, d.buf)
			if err != nil {
				return nil, err
			}
			d.buf = buf
			count.load(text, d.opt.Shingle)
			count.settle()
			info.noteDistinct(count.size)
			continue
		}
		if c.next == nil {
			c.next = make([]uint32, d.docs.len())
		}
		c.next[doc], c.next[info.first] = c.next[info.first], doc // from behind, so that the chain ascends
		c.count++
	}
	return c, nil
}

// pair is the pair of two documents with the same text.
func (c *copies) pair(a, b uint32) Pair {
	n := c.docs.at(c.docs.at(a).first).distinct
	return Pair{Measure: Measure{n, n, n}, Relation: Copy, Drop: DropEither}.between(a, b)
}

// after returns the next document with the same text.
func (c *copies) after(doc uint32) (next uint32, ok bool) {
	if c.next == nil || c.next[doc] == 0 {
		return 0, false
	}
	return c.next[doc], true
}

// MaxExpand is the number of copies of one text up to which every pair with one of them is listed; a text with more copies is
// listed by its first.
const MaxExpand = 32

// expands tells whether the pairs of a text, given by its first document, are those of all of its copies.
func (c *copies) expands(first uint32) bool {
	n := c.docs.at(first).copies
	return n > 1 && n <= MaxExpand
}

// expansion is the pairs of all documents: those of texts, for all of their copies, and those among the copies of one text. They are
// made as they are asked for, for there can be a thousand times as many as pairs of texts.
type expansion struct {
	pairs  []Pair   // of the first documents of texts, by A, then B
	back   []uint32 // of these, those that have copies on a side, by B, then A
	copies *copies
}

func newExpansion(pairs []Pair, c *copies) expansion {
	e := expansion{pairs: pairs, copies: c}
	for i := range pairs {
		if c.expands(pairs[i].A) || c.expands(pairs[i].B) {
			e.back = append(e.back, uint32(i))
		}
	}
	slices.SortFunc(e.back, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(pairs[x].B, pairs[y].B), cmp.Compare(x, y))
	})
	return e
}

// Pairs yields every verified pair with a relation, by A, then B. Pairs of texts that stand several times are pairs of all of their
// copies (of the first, where there are more than 32), and so are the copies of one text.
func (r *Result) Pairs() iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		e := &r.pairs
		var some []Pair
		at := 0
		for doc := range uint32(e.len()) {
			some, at = e.of(some[:0], doc, at)
			for _, p := range some {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// len is the number of documents.
func (e *expansion) len() int {
	if e.copies == nil {
		return 0
	}
	return e.copies.docs.len()
}

// count returns how many pairs there are, without making them.
func (e *expansion) count() (n int) {
	listed := func(first uint32) int { // copies that have the pairs of their text
		if e.copies.expands(first) {
			return int(e.copies.docs.at(first).copies)
		}
		return 1
	}
	for i := range e.pairs {
		n += listed(e.pairs[i].A) * listed(e.pairs[i].B)
	}
	for doc := range uint32(e.len()) {
		info := e.copies.docs.at(doc)
		switch others := int(info.copies) - 1; {
		case info.first != doc:
		case e.copies.expands(doc): // each with each
			n += others * (others + 1) / 2
		default:
			n += others
		}
	}
	return n
}

// of appends the pairs of a document with later ones, in order. at is where the pairs of the first documents from this one on begin, and
// is returned for the next.
func (e *expansion) of(dst []Pair, doc uint32, at int) ([]Pair, int) {
	first := e.copies.docs.at(doc).first
	from, to := at, at
	if first == doc {
		for to < len(e.pairs) && e.pairs[to].A == doc {
			to++
		}
		at = to
	} else {
		if !e.copies.expands(first) {
			return dst, at
		}
		from = sort.Search(len(e.pairs), func(i int) bool { return e.pairs[i].A >= first })
		for to = from; to < len(e.pairs) && e.pairs[to].A == first; to++ {
		}
	}
	sorted := len(dst)
	for i := from; i < to; i++ {
		dst = e.appendCopies(dst, &e.pairs[i], doc, first, e.pairs[i].B)
	}
	back := sort.Search(len(e.back), func(i int) bool { return e.pairs[e.back[i]].B >= first })
	for ; back < len(e.back) && e.pairs[e.back[back]].B == first; back++ {
		p := &e.pairs[e.back[back]]
		dst = e.appendCopies(dst, p, doc, first, p.A)
	}
	dst = e.appendEqual(dst, doc)
	slices.SortFunc(dst[sorted:], comparePairs)
	return dst, at
}

// appendCopies appends the pairs of a document, whose text is that of first, with the later ones that have the text of other.
func (e *expansion) appendCopies(dst []Pair, p *Pair, doc, first, other uint32) []Pair {
	for b, ok := other, true; ok; b, ok = e.copies.after(b) {
		if b > doc {
			if first == p.A {
				dst = append(dst, p.between(doc, b))
			} else {
				dst = append(dst, p.between(b, doc))
			}
		}
		if !e.copies.expands(other) {
			break
		}
	}
	return dst
}

// appendEqual appends the pairs of a document with the later ones that have its text.
func (e *expansion) appendEqual(dst []Pair, doc uint32) []Pair {
	for b, ok := e.copies.after(doc); ok; b, ok = e.copies.after(b) {
		dst = append(dst, e.copies.pair(doc, b))
	}
	return dst
}

func comparePairs(x, y Pair) int {
	return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
}
