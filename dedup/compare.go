package dedup

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// verify compares every candidate exactly and returns those with a relation, by A, then B.
//
// The work is cut where the document to load changes; results go to places fixed beforehand, so that the number of workers does not
// show.
func (d *Deduper) verify(ctx context.Context, w *work) (_ []Pair, err error) {
	pairs := spill.NewRecords[Pair](d.space, w.ranges, rangeBlock)
	defer func() { err = errors.Join(err, w.Close(), pairs.Close()) }()
	err = d.parallel(ctx, w.ranges, func() func(int) error {
		c := comparer{d: d, loaded: spill.NewWindow(d.texts.log)}
		c.verifier.k, c.shift = d.opt.Shingle, w.shift
		return func(number int) (err error) {
			if c.work, err = w.Take(number, c.work); err != nil {
				return err
			}
			return c.compare(ctx, pairs)
		}
	})
	if err != nil {
		return nil, err
	}
	return d.inOrder(ctx, pairs, w.ranges)
}

// inOrder returns the pairs of all ranges, by A, then B.
func (d *Deduper) inOrder(ctx context.Context, pairs *spill.Records[Pair], ranges int) ([]Pair, error) {
	all, ends := make([]Pair, pairs.Len()), make([]int, ranges+1) // of the ranges, the first after ends[0]
	for number := range ranges {
		ends[number+1] = ends[number] + pairs.Count(number)
	}
	err := d.parallel(ctx, ranges, func() func(int) error {
		return func(number int) error {
			from, to := ends[number], ends[number+1]
			some, err := pairs.Take(number, all[from:from:to]) // they lie in all then
			slices.SortFunc(some, comparePairs)
			return err
		}
	})
	return all, err
}

// comparer verifies the pairs of one range after the other; one for each goroutine.
type comparer struct {
	d        *Deduper
	shift    uint
	verifier verifier
	work     []comparison
	partners []sought // of work
	found    []Pair
	turned   []uint32      // documents to load instead
	loaded   *spill.Window // through which the texts to load are read
	ahead    []byte        // the text to compare next, on its way from memory
	buffers  [2][]byte     // for it and for the one that is compared
	other    []byte        // buffer for a text to load instead
}

// sought is where the text of a partner stands, and its length.
type sought struct {
	at     int64
	length int
}

// lookUp looks all partners up, one after the other and nothing but that: among a million documents each is a miss of the cache, and many can be
// under way at once.
func (c *comparer) lookUp() {
	c.partners = grow(c.partners, len(c.work))
	for i := range c.work {
		p := &c.partners[i]
		p.at, p.length = c.d.texts.place(c.work[i].match)
	}
}

func (c *comparer) compare(ctx context.Context, to *spill.Records[Pair]) error {
	slices.SortFunc(c.work, func(x, y comparison) int {
		return cmp.Or(cmp.Compare(x.load, y.load), cmp.Compare(x.match, y.match))
	})
	c.lookUp()
	c.found = c.found[:0]
	if err := c.readAhead(0); err != nil {
		return err
	}
	for i := 0; i < len(c.work); {
		j := i + 1
		for j < len(c.work) && c.work[j].load == c.work[i].load {
			j++
		}
		if err := cmp.Or(c.group(i, j), ctx.Err()); err != nil {
			return err
		}
		i = j
	}
	to.Lock()
	defer to.Unlock()
	for _, p := range c.found {
		to.Append(int(p.A>>c.shift), p)
	}
	return to.Settle()
}

// readAhead reads the text that comparison i wants while the one before is made: where texts are many, it is in no cache.
func (c *comparer) readAhead(i int) (err error) {
	if i < len(c.work) {
		p, buffer := &c.partners[i], &c.buffers[i&1]
		if c.ahead, *buffer, err = c.d.texts.log.Read(p.at, p.length, *buffer); err == nil {
			fetch(c.ahead)
		}
	}
	return err
}

// group makes the comparisons from i to before j, of one document with each of its partners. It is the one that is loaded, unless a partner as
// long sorts before it: these are turned round, and come last.
func (c *comparer) group(i, j int) (err error) {
	load := c.work[i].load
	var text []byte
	if text, err = c.d.texts.readNext(load, c.loaded); err != nil {
		return err
	}
	c.load(load, text)
	c.turned = c.turned[:0]
	for ; i < j; i++ {
		match, other := c.work[i].match, c.ahead
		if err = c.readAhead(i + 1); err != nil {
			return err
		}
		if loadsBefore(other, text) {
			c.turned = append(c.turned, match)
		} else {
			c.pair(load, match, other)
		}
	}
	for _, doc := range c.turned {
		var other []byte
		if other, c.other, err = c.d.texts.read(doc, c.other); err != nil {
			return err
		}
		c.load(doc, other)
		c.pair(doc, load, text)
	}
	return nil
}

// load makes a document's text the one that others are compared with.
func (c *comparer) load(doc uint32, text []byte) {
	c.verifier.load(text)
	c.d.docs.at(doc).noteAtLeast(c.verifier.table.size)
}

// pair compares the text loaded with another.
func (c *comparer) pair(load, match uint32, text []byte) {
	a, b := c.d.docs.at(load), c.d.docs.at(match)
	m, ok := c.verifier.related(text, b.knownDistinct())
	if !ok {
		b.noteAtLeast(m.B)
		return
	}
	a.noteDistinct(m.A)
	b.noteDistinct(m.B)
	if relation, drop := c.verifier.relate(m); relation != None {
		p := Pair{Measure: m, Relation: relation, Drop: drop, EndsEarly: c.verifier.endsEarly}
		c.found = append(c.found, p.between(load, match))
	}
}

// loadsBefore tells whether the text a is the one to load, of two: the longer, of two as long the one that sorts first.
func loadsBefore(a, b []byte) bool {
	return len(a) > len(b) || len(a) == len(b) && bytes.Compare(a, b) < 0
}
