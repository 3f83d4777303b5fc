package dedup

import (
	"cmp"
	"context"
	"slices"
)

// candidate is a pair of documents, a < b, that a proposer wants compared.
type candidate struct {
	a, b   uint32
	shared [proposals]uint32 // keys that they share, by the proposer
}

// The proposers.
const (
	byBand   = iota // buckets of the sketch
	bySample        // postings of sampled shingles
	byCapped        // buckets and postings that were capped: pairs of neighbours
	proposals
)

// weight is the number of keys shared.
func (c *candidate) weight() uint32 {
	return c.shared[byBand] + c.shared[bySample] + c.shared[byCapped]
}

// proposer finds the candidates of one document after the other.
type proposer struct {
	bands, samples *meetings
	free           freeSamples

	tally tally
	weak  []candidate
	proposed
}

// proposed is what a proposer found, and how many pairs it passed over.
type proposed struct {
	pairs       []candidate // by a, then b
	boilerplate int         // all they share is boilerplate
	crowded     int         // their document has too many that little speaks for
}

// candidates proposes the pairs of all documents, some documents a task.
func (d *Deduper) candidates(ctx context.Context, bands, samples *meetings, free freeSamples) proposed {
	const some = 1 << 10
	tasks := (len(d.docs) + some - 1) / some
	found := make([]proposed, tasks)
	d.parallel(tasks, func() func(int) {
		p := proposer{bands: bands, samples: samples, free: free}
		return func(i int) {
			p.proposed = proposed{}
			for doc := i * some; doc < min(i*some+some, len(d.docs)) && ctx.Err() == nil; doc++ {
				p.propose(uint32(doc))
			}
			found[i] = p.proposed
		}
	})
	var all proposed
	for _, f := range found {
		all.pairs = append(all.pairs, f.pairs...)
		all.boilerplate += f.boilerplate
		all.crowded += f.crowded
	}
	return all
}

// propose appends the candidates of a document with later ones.
func (p *proposer) propose(doc uint32) {
	p.tally.reset()
	p.bands.tallyPartners(&p.tally, doc, byBand)
	p.samples.tallyPartners(&p.tally, doc, bySample)
	from := len(p.pairs)
	p.weak = p.weak[:0]
	for _, at := range p.tally.used {
		s := &p.tally.slots[at]
		p.sift(candidate{a: doc, b: s.doc - 1, shared: s.shared})
	}
	p.pairs = append(p.pairs, p.strongest()...)
	slices.SortFunc(p.pairs[from:], func(x, y candidate) int { return cmp.Compare(x.b, y.b) })
}

// sift drops a pair with too little in common to matter.
func (p *proposer) sift(c candidate) {
	sampled := p.free.sampled(c)
	switch {
	case c.shared[bySample] == 0 && p.free.ofPair(c) >= telling:
		p.boilerplate++
	case c.shared[byBand] == 0 && !enoughShared(int(c.shared[bySample]+c.shared[byCapped]), sampled):
	case c.shared[bySample] == 0 && !enoughShared(int(c.shared[byCapped]), sampled):
		p.weak = append(p.weak, c)
	default:
		p.pairs = append(p.pairs, c)
	}
}

// crowd is how many pairs each document may have with later ones for which neither sampled shingles speak nor enough of what is
// capped: in a crowd of texts that share half of their words, every one looks a little like every other.
const crowd = 8

// strongest returns the weak pairs that are compared.
func (p *proposer) strongest() []candidate {
	if len(p.weak) <= crowd {
		return p.weak
	}
	slices.SortFunc(p.weak, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.weight(), x.weight()), cmp.Compare(x.b, y.b))
	})
	p.crowded += len(p.weak) - crowd
	return p.weak[:crowd]
}

// telling is the number of sampled shingles, capped ones aside, from which it tells that two texts share none of them: what
// brought them together is boilerplate. Of a pair worth listing, more than a third of the sampled shingles are shared.
const telling = 12

// freeSamples counts the sampled shingles of documents.
type freeSamples struct {
	all    []uint32 // of each document
	capped []uint32 // of these, those whose postings are capped
}

// ofPair is the number of samples that are not capped of the document that has fewer of them.
func (f freeSamples) ofPair(c candidate) uint32 {
	return min(f.all[c.a]-f.capped[c.a], f.all[c.b]-f.capped[c.b])
}

// sampled is the number of samples of the document that has fewer.
func (f freeSamples) sampled(c candidate) int { return int(min(f.all[c.a], f.all[c.b])) }

// enoughShared tells whether shared of n sampled shingles make a containment of .5 or more likely enough to look. Long
// shingles die with every edit: at a containment of .8 by short shingles about half of the long ones survive, so a
// quarter is asked for, and a single one of a handful.
func enoughShared(shared, n int) bool {
	return shared >= 2 && shared*4 >= n || shared == 1 && n <= 4
}
