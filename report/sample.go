package report

import (
	"cmp"
	"slices"
)

// sampler chooses a few of many: half of them those with the smallest score, half of them at random. What is random is the number that
// comes with each: the same things give the same choice in any order. It keeps no more than it chooses.
type sampler[T any] struct {
	near, random shortlist[T]
}

// pick is a thing that may be chosen.
type pick[T any] struct {
	score  float64
	number uint64
	value  T
}

// noScore is the score of things that no threshold decides: they are chosen at random alone.
const noScore = -1

func newSampler[T any](n int) *sampler[T] {
	return &sampler[T]{near: shortlist[T]{limit: n}, random: shortlist[T]{limit: n}}
}

// offer takes notice of a thing. Its value is asked for only if it may be chosen. Of things with the same number one is enough: the
// first of those with the smallest score.
func (s *sampler[T]) offer(score float64, number uint64, value func() T) {
	near := score != noScore && s.near.wants(score, number)
	random := s.random.wants(0, number)
	if !near && !random {
		return
	}
	v := value()
	if near {
		s.near.add(pick[T]{score, number, v})
	}
	if random {
		s.random.add(pick[T]{0, number, v})
	}
}

// chosen returns the choice, the nearest first, then the random ones.
func (s *sampler[T]) chosen() []T {
	var out []T
	n, seen := s.random.limit, map[uint64]bool{}
	take := func(from []pick[T], most int) {
		for _, p := range from {
			if len(out) < most && !seen[p.number] {
				seen[p.number] = true
				out = append(out, p.value)
			}
		}
	}
	take(s.near.picks, (n+1)/2)
	take(s.random.picks, n)
	return out
}

// shortlist keeps the things with the smallest scores, sorted; of equal scores the smallest numbers.
type shortlist[T any] struct {
	limit int
	picks []pick[T]
}

func (l *shortlist[T]) wants(score float64, number uint64) bool {
	if len(l.picks) < l.limit {
		return true
	}
	last := &l.picks[l.limit-1]
	return score < last.score || score == last.score && number < last.number
}

func (l *shortlist[T]) add(p pick[T]) {
	if i := slices.IndexFunc(l.picks, func(o pick[T]) bool { return o.number == p.number }); i >= 0 {
		if l.picks[i].score <= p.score {
			return
		}
		l.picks = slices.Delete(l.picks, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(l.picks, p, func(a, b pick[T]) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.number, b.number))
	})
	if len(l.picks) == l.limit {
		l.picks = l.picks[:l.limit-1]
	}
	l.picks = slices.Insert(l.picks, at, p)
}

// merge adds what another list keeps.
func (l *shortlist[T]) merge(o *shortlist[T]) {
	for _, p := range o.picks {
		if l.wants(p.score, p.number) {
			l.add(p)
		}
	}
}

// mix makes a number that looks random of any other (the finalizer of SplitMix64): the seed of all samples.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
