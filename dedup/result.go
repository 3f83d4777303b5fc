package dedup

// Pair is a verified pair of documents, by number; A was read before B.
type Pair struct {
	A, B     uint32
	Measure  Measure
	Relation Relation
	Drop     Drop

	EndsEarly bool // the one that could go ends where the other goes on: it may be truncated
}

func (p *Pair) containmentOf(d uint32) float64 {
	if d == p.A {
		return p.Measure.ContainmentA()
	}
	return p.Measure.ContainmentB()
}

// Decision is what became of one document that is removed: which kept document it duplicates, and the direct comparison of
// the two that says so.
type Decision struct {
	Doc, Kept uint32
	Pair      Pair
	Exact     bool  // the two folded texts are equal
	Cluster   int32 // number of the star: clusters are numbered by their kept document, in order, from 0
}

// Containment returns how much of the removed document stands in the kept one.
func (d *Decision) Containment() float64 { return d.Pair.containmentOf(d.Doc) }

// Result is the outcome of a Run. See also Pairs.
type Result struct {
	Removed []Decision // in the order of the documents
	Stats   Stats

	pairs expansion
}

// Times are the seconds that the parts of a Run took: no part of its result, and others in each run.
type Times struct{ Propose, Verify, Decide float64 }

// Stats counts what a run did.
type Stats struct {
	Documents      int    `json:"documents"`
	ExactCopies    int    `json:"exact_copies"`    // documents whose folded text an earlier one has
	BandKeys       int    `json:"band_keys"`       // keys of the first proposer
	SampleKeys     int    `json:"sample_keys"`     // keys of the second: different sampled shingles of each document
	Buckets        int    `json:"buckets"`         // band keys that two or more documents have
	Postings       int    `json:"postings"`        // sampled shingles that two or more documents have
	Candidates     int    `json:"candidates"`      // pairs verified
	CappedOnly     int    `json:"capped_only"`     // of these, pairs that nothing proposed but what is capped: they grow as the documents do
	Pairs          int    `json:"pairs"`           // pairs with a relation, those of exact copies included
	CappedBuckets  Capped `json:"capped_buckets"`  // what the cap on buckets hid
	CappedPostings Capped `json:"capped_postings"` // what the cap on postings hid

	BoilerplatePairs int `json:"boilerplate_pairs"` // pairs not verified because all they share is boilerplate

	CrowdedPairs int `json:"crowded_pairs"` // pairs not verified because bands alone speak for too many of the document

	Boilerplate []Boilerplate `json:"boilerplate,omitempty"` // the passages behind the capped postings
}
