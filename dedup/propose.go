package dedup

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/corpusctl/corpusctl/internal/spill"
)

// candidate is a pair of documents, a < b, that a proposer wants compared.
type candidate struct {
	a, b   uint32
	shared [proposals]uint32 // keys that they share, by the proposer
}

// The proposers.
const (
	byBand   = iota // buckets of the sketch
	bySample        // postings of sampled shingles that few documents have
	byCommon        // postings that many have, where copies meet and all who use the same words
	byCapped        // buckets and postings that were capped: pairs of neighbours
	proposals
)

// weight is the number of keys shared.
func (c *candidate) weight() uint32 {
	return c.shared[byBand] + c.shared[bySample] + c.shared[byCommon] + c.shared[byCapped]
}

// proposer finds the candidates of one document after the other; one for each goroutine.
type proposer struct {
	*meetings
	reader *rangeReader
	tally  tally
	weak   []candidate   // for which only a bucket of the sketch speaks, or too little of what is capped
	faint  []candidate   // for which only common words speak, and not for half of the text
	few    int           // how many of the weak a document may have
	most   int           // how many of the faint a document may have
	asked  int           // of its sampled shingles, how many thousandths a faint pair must share
	counts []sampleCount // of the partners
	proposed
}

// proposed is what a proposer found, and how many pairs it passed over.
type proposed struct {
	pairs       []candidate // by a, then b
	cappedOnly  int         // of these, pairs that share nothing but what is capped
	boilerplate int         // all they share is boilerplate
	crowded     int         // their document has too many that little speaks for
}

// propose lays out who met, by bands and by samples, and returns the pairs worth a comparison, in ranges by the document to load.
func (d *Deduper) propose(ctx context.Context, stats *Stats) (_ *work, err error) {
	m, err := d.meet(ctx)
	defer func() { err = errors.Join(err, m.close()) }()
	if err != nil {
		return nil, err
	}
	stats.Buckets, stats.Postings = m.counts[byBand], m.counts[bySample]
	stats.CappedBuckets, stats.CappedPostings = m.capped[byBand].Capped, m.capped[bySample].Capped
	if stats.Boilerplate, err = d.nameBoilerplate(m.capped[bySample].sets); err != nil {
		return nil, err
	}
	w, n := newWork(d, m), d.opt.whole(d.docs.len())
	var mu sync.Mutex
	err = d.parallel(ctx, m.ranges(), func() func(int) error {
		p := proposer{meetings: m, reader: newRangeReader(m), few: d.opt.scaled(crowd, 1), most: d.opt.scaled(faintCrowd(n), 1), asked: faintAsked(n)}
		return func(number int) error {
			if err := p.proposeRange(number); err != nil {
				return err
			}
			mu.Lock()
			stats.Candidates += len(p.pairs)
			stats.CappedOnly += p.cappedOnly
			stats.BoilerplatePairs += p.boilerplate
			stats.CrowdedPairs += p.crowded
			mu.Unlock()
			return w.add(p.pairs)
		}
	})
	return w, err
}

// proposeRange finds the candidates of a range of documents.
func (p *proposer) proposeRange(number int) error {
	p.proposed = proposed{pairs: p.pairs[:0]}
	if err := p.reader.load(number); err != nil {
		return err
	}
	for doc := number << p.shift; doc < min((number+1)<<p.shift, p.docs.len()); doc++ {
		p.tally.reset()
		if err := p.reader.tally(&p.tally, uint32(doc)); err != nil {
			return err
		}
		p.propose(uint32(doc))
	}
	return nil
}

// propose appends the candidates of a document, whose partners are in the tally, with later ones.
func (p *proposer) propose(doc uint32) {
	from := len(p.pairs)
	p.weak, p.faint = p.weak[:0], p.faint[:0]
	p.counts = grow(p.counts, len(p.tally.used))
	for i, at := range p.tally.used { // nothing but that: among a million documents each is a miss of the cache, and many can be under way at once
		p.counts[i] = p.samples[p.tally.slots[at].doc-1]
	}
	for i, at := range p.tally.used {
		s := &p.tally.slots[at]
		p.sift(candidate{a: doc, b: s.doc - 1, shared: s.shared}, p.counts[i])
	}
	p.strongest(p.weak, p.few)
	p.strongest(p.faint, p.most)
	for _, c := range p.pairs[from:] {
		if c.weight() == c.shared[byCapped] {
			p.cappedOnly++
		}
	}
	slices.SortFunc(p.pairs[from:], func(x, y candidate) int { return cmp.Compare(x.b, y.b) })
}

// sift drops a pair with too little in common to matter. other is what is known of the sampled shingles of b.
func (p *proposer) sift(c candidate, other sampleCount) {
	sampled, free := fewer(p.samples[c.a], other)
	rare, capped := int(c.shared[bySample]), int(c.shared[byCapped])
	known := rare + int(c.shared[byCommon])
	all := known + capped
	switch {
	case known == 0 && free >= telling:
		p.boilerplate++
	case c.shared[byBand] == 0 && !enoughShared(all, sampled):
	case known == 0 && !enoughShared(capped, sampled):
		p.weak = append(p.weak, c)
	case c.shared[byBand] == 0 && !enoughShared(rare, sampled) && 2*all < sampled:
		if 1000*(all+rare) >= p.asked*sampled { // rare ones count double
			p.faint = append(p.faint, c)
		}
	default:
		p.pairs = append(p.pairs, c)
	}
}

// crowd is how many pairs each document may have with later ones for which neither sampled shingles speak nor enough of what is
// capped: in a crowd of texts that share half of their words, every one looks a little like every other.
const crowd = 8

// faintCrowd is how many pairs a document may have, among n, that share a quarter of its sampled shingles, not half of them, and hardly one that no
// more than listedBucket documents have. Of 31,030 articles one in seven of such pairs has a relation, of a million texts one in five
// hundred: the larger a corpus, the more texts use the same words, while those with a relation do not become more.
func faintCrowd(n int) int { return max(2, min(faintPairs/max(n, 1), 128)) }

const faintPairs = 4 << 20

// faintAsked is how many thousandths of its sampled shingles a faint pair must share, among n documents: a quarter up to 2^17, and 2.3 hundredths
// more each time the corpus doubles, which is nearly a third among a million and two fifths among ten million. Of a million texts half of the
// faint pairs share just a quarter, and one in ten thousand of these is a copy. Of 31,030 articles 7,971 are removed; asked for as
// much as a million are, they lose one of these for another, as much as ten million, three.
func faintAsked(n int) int {
	return 250 + max(0, int(23*math.Log2(float64(max(n, 1))/faintFree)))
}

const faintFree = 1 << 17

// strongest appends the pairs of a list that share most, as many as there may be.
func (p *proposer) strongest(list []candidate, limit int) {
	if len(list) > limit {
		p.crowded += len(list) - limit
		list = foremost(list, limit)
	}
	p.pairs = append(p.pairs, list...)
}

// foremost returns the pairs of a long list that share most, of those that share as much the first, by looking at each once. It changes the order.
func foremost(list []candidate, limit int) []candidate {
	best := list[:limit]
	slices.SortFunc(best, compareWeights)
	for _, c := range list[limit:] {
		if at, _ := slices.BinarySearchFunc(best, c, compareWeights); at < limit {
			copy(best[at+1:], best[at:])
			best[at] = c
		}
	}
	return best
}

func compareWeights(x, y candidate) int {
	return cmp.Or(cmp.Compare(y.weight(), x.weight()), cmp.Compare(x.b, y.b))
}

// telling is the number of sampled shingles, capped ones aside, from which it tells that two texts share none of them: what
// brought them together is boilerplate. Of a pair worth listing, more than a third of the sampled shingles are shared.
const telling = 12

// fewer returns of the one of two documents that has fewer sampled shingles how many it has, and of the one that has fewer that are not capped how
// many these are.
func fewer(a, b sampleCount) (all int, free uint32) {
	return int(min(a.all, b.all)), min(a.all-a.capped, b.all-b.capped)
}

// enoughShared tells whether shared of n sampled shingles make a containment of .5 or more likely enough to look. Long
// shingles die with every edit: at a containment of .8 by short shingles about half of the long ones survive, so a
// quarter is asked for, and a single one of a handful.
func enoughShared(shared, n int) bool {
	return shared >= 2 && shared*4 >= n || shared == 1 && n <= 4
}

// comparison is a pair on its way to be verified.
type comparison struct{ load, match uint32 }

// work is the pairs to verify, in ranges of documents by the one to load, so that each is loaded once for all of its pairs.
type work struct {
	*spill.Records[comparison]
	d      *Deduper
	shift  uint
	ranges int
}

func newWork(d *Deduper, m *meetings) *work {
	return &work{spill.NewRecords[comparison](d.space, m.ranges(), rangeBlock), d, m.shift, m.ranges()}
}

// add says which document of each pair is loaded: the longer. That depends on the texts alone, so that what is said of two texts does not
// depend on which was read first; of two as long, group decides.
func (w *work) add(pairs []candidate) error {
	w.Lock()
	defer w.Unlock()
	for _, c := range pairs {
		load, match := c.a, c.b
		if w.d.texts.length(c.b) > w.d.texts.length(c.a) {
			load, match = match, load
		}
		w.Append(int(load>>w.shift), comparison{load, match})
	}
	return w.Settle()
}
