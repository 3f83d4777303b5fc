package dedup

import "context"

// Staged takes the stages of Run one by one, for benchmarks from outside: those need generated corpora, which need this package.
type Staged struct {
	d     *Deduper
	stats Stats
	work  *work
	pairs []Pair
}

// NewStaged begins with documents appended, as Run does.
func NewStaged(d *Deduper) *Staged {
	d.ran, d.exact = true, exactTable{}
	d.share(meetStores)
	return &Staged{d: d}
}

// Propose returns the number of candidates.
func (s *Staged) Propose() (candidates int, err error) {
	s.work, err = s.d.propose(context.Background(), &s.stats)
	return s.stats.Candidates, err
}

// Verify returns the number of related pairs.
func (s *Staged) Verify() (pairs int, err error) {
	s.pairs, err = s.d.verify(context.Background(), s.work)
	return len(s.pairs), err
}

// Decide returns the number of documents that go.
func (s *Staged) Decide() (removed int, err error) {
	result, err := s.d.decide(s.pairs, s.stats)
	if err != nil {
		return 0, err
	}
	return len(result.Removed), s.d.Close()
}
