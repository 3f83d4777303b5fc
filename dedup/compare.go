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
		c := comparer{d: d}
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
	return inOrder(pairs, w.ranges)
}

// inOrder returns the pairs of all ranges, by A, then B.
func inOrder(pairs *spill.Records[Pair], ranges int) ([]Pair, error) {
	all := make([]Pair, 0, pairs.Len())
	var some []Pair
	var err error
	for number := range ranges {
		if some, err = pairs.Take(number, some); err != nil {
			return nil, err
		}
		slices.SortFunc(some, comparePairs)
		all = append(all, some...)
	}
	return all, nil
}

// comparer verifies the pairs of one range after the other; one for each goroutine.
type comparer struct {
	d        *Deduper
	shift    uint
	verifier verifier
	work     []comparison
	found    []Pair
	a, b     []byte // buffers for texts
}

func (c *comparer) compare(ctx context.Context, to *spill.Records[Pair]) error {
	slices.SortFunc(c.work, func(x, y comparison) int {
		return cmp.Or(cmp.Compare(x.load, y.load), cmp.Compare(x.match, y.match))
	})
	c.found = c.found[:0]
	for i := 0; i < len(c.work); {
		j := i + 1
		for j < len(c.work) && c.work[j].load == c.work[i].load {
			j++
		}
		if err := cmp.Or(c.group(c.work[i:j]), ctx.Err()); err != nil {
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

// group compares one document with each of its partners.
func (c *comparer) group(group []comparison) (err error) {
	var text []byte
	if text, c.a, err = c.d.texts.read(group[0].load, c.a); err != nil {
		return err
	}
	c.verifier.load(text)
	for _, pair := range group {
		if text, c.b, err = c.d.texts.read(pair.match, c.b); err != nil {
			return err
		}
		m := c.verifier.match(text)
		if relation, drop := c.verifier.relate(m); relation != None {
			p := Pair{Measure: m, Relation: relation, Drop: drop, EndsEarly: c.verifier.endsEarly}
			c.found = append(c.found, p.between(pair.load, pair.match))
		}
	}
	return nil
}

// loadsBefore tells whether the text of a is the one to load, of two: the longer, of two as long the one that sorts first.
func (d *Deduper) loadsBefore(a, b uint32) (bool, error) {
	if x, y := d.texts.length(a), d.texts.length(b); x != y {
		return x > y, nil
	}
	x, _, err := d.texts.read(a, nil)
	if err != nil {
		return false, err
	}
	y, _, err := d.texts.read(b, nil)
	return bytes.Compare(x, y) < 0, err
}
