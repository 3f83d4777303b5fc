package dedup

import (
	"errors"
	"sync"

	"github.com/corpusctl/corpusctl/internal/ranks"
)

// decide turns verified pairs into removals.
//
// Exact copies stand for one another: the policy chooses which copy speaks for a text, and pairs of the text are pairs of it.
// So the pairs between speakers are decided first, and then every other copy goes for whatever document its speaker goes for, or
// for the speaker itself.
func (d *Deduper) decide(pairs []Pair, stats Stats) (*Result, error) {
	better := d.opt.Keep.order(&d.docs, d.names)
	var copies *copies
	var failed error
	var beside sync.WaitGroup
	beside.Go(func() { copies, failed = d.copies() }) // it looks at texts, what follows at pairs
	speaker := d.speakers(better)
	for i, p := range pairs { // for the stars the pairs are those of the speakers; between turns them back below
		pairs[i] = p.between(speaker[p.A], speaker[p.B])
	}
	cover := stars(pairs, better, &d.docs)
	beside.Wait()
	if err := errors.Join(failed, d.texts.close()); err != nil { // from here on no text is needed
		return nil, err
	}

	res := &Result{Stats: stats, Removed: make([]Decision, 0, cover.goers(&d.docs, speaker))}
	for n := range d.docs.len() {
		doc := uint32(n)
		said := speaker[d.docs.at(doc).first]
		switch number, goes := cover.of(said); {
		case goes: // the text goes, all copies of it
			p := &pairs[number]
			res.Removed = append(res.Removed, Decision{Doc: doc, Kept: p.other(said), Pair: p.replace(said, doc)})
		case doc != said:
			res.Removed = append(res.Removed, Decision{Doc: doc, Kept: said, Pair: copies.pair(said, doc), Exact: true})
		}
	}
	numberClusters(res.Removed, d.docs.len())
	for i, p := range pairs {
		pairs[i] = p.between(d.docs.at(p.A).first, d.docs.at(p.B).first)
	}
	res.pairs = newExpansion(pairs, copies)
	res.Stats.Pairs, res.Stats.ExactCopies = res.pairs.count(), copies.count
	return res, nil
}

// speakers returns, for the first document of each text, the copy that the policy prefers.
func (d *Deduper) speakers(better func(a, b uint32) int) []uint32 {
	speaker := make([]uint32, d.docs.len())
	for n := range speaker {
		doc := uint32(n)
		first := d.docs.at(doc).first
		if doc == first || better(doc, speaker[first]) < 0 {
			speaker[first] = doc
		}
	}
	return speaker
}

// numberClusters numbers the stars by their kept documents, in the order of these.
func numberClusters(removed []Decision, documents int) {
	kept := ranks.New(documents)
	for i := range removed {
		kept.Add(removed[i].Kept)
	}
	kept.Count()
	for i := range removed {
		removed[i].Cluster = int32(kept.Before(int(removed[i].Kept)))
	}
}

// other returns the other document of the pair.
func (p *Pair) other(doc uint32) uint32 {
	if p.A == doc {
		return p.B
	}
	return p.A
}

// replace returns the same comparison with another document that has the text of one of the two.
func (p Pair) replace(old, doc uint32) Pair {
	if p.A == old {
		return p.between(doc, p.B)
	}
	return p.between(p.A, doc)
}

// between returns the same comparison for two other documents with the same texts, a with that of A and b with that of B,
// turned so that the one read first comes first.
func (p Pair) between(a, b uint32) Pair {
	p.A, p.B = a, b
	if a < b {
		return p
	}
	p.A, p.B = b, a
	p.Measure.A, p.Measure.B = p.Measure.B, p.Measure.A
	switch p.Drop {
	case DropA:
		p.Drop = DropB
	case DropB:
		p.Drop = DropA
	}
	return p
}
