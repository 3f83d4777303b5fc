package truth

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// index knows of every shingle that two or more texts hold which texts these are, and of every text which such shingles it
// holds. Shingles are numbered from the rarest (in two texts) to the most frequent; the number is called the rank. The order of
// equally frequent ones follows their hashes, so it is the same in every run.
type index struct {
	sizes []int32 // by text: number of different shingles, those of no other text included

	posts []int32 // texts of rank r: posts[start[r]:start[r+1]], ascending
	start []int

	ranks []uint32 // ranks of text t: ranks[from[t]:from[t+1]], ascending
	from  []int
}

// entry says that a text holds a shingle.
type entry struct {
	hash uint64
	text int32
}

// shards is the number of parts by the top bits of the hash; each is sorted on its own and fits into a processor's cache
// better than the whole.
const (
	shardBits = 8
	shards    = 1 << shardBits
)

// build indexes the texts named in first that have shingles enough.
func build(texts [][]byte, first []int32, opt Options) (*index, error) {
	x := &index{sizes: make([]int32, len(texts))}
	parts := x.scatter(texts, first, opt)
	var runs [shards][]entry
	each(shards, func(next func() (int, bool)) {
		for s, ok := next(); ok; s, ok = next() {
			runs[s] = shared(gather(parts, s))
		}
	})
	if err := x.rank(&runs); err != nil {
		return nil, err
	}
	x.invert()
	return x, nil
}

// scatter hashes the texts and deals the entries of every stretch of texts to shards.
func (x *index) scatter(texts [][]byte, first []int32, opt Options) [][shards][]entry {
	const stretch = 2048
	parts := make([][shards][]entry, (len(first)+stretch-1)/stretch)
	each(len(parts), func(next func() (int, bool)) {
		var set []uint64
		for i, ok := next(); ok; i, ok = next() {
			for _, t := range first[i*stretch : min((i+1)*stretch, len(first))] {
				set = appendSet(set[:0], texts[t], opt.K)
				x.sizes[t] = int32(len(set))
				if len(set) >= opt.MinShingles {
					deal(&parts[i], set, t)
				}
			}
		}
	})
	return parts
}

func deal(to *[shards][]entry, set []uint64, text int32) {
	for _, h := range set {
		s := h >> (64 - shardBits)
		to[s] = append(to[s], entry{h, text})
	}
}

// gather joins what the stretches dealt to one shard and sorts it by hash, then text. The parts are let go.
func gather(parts [][shards][]entry, s int) []entry {
	n := 0
	for i := range parts {
		n += len(parts[i][s])
	}
	all := make([]entry, 0, n)
	for i := range parts {
		all = append(all, parts[i][s]...)
		parts[i][s] = nil
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.text, b.text))
	})
	return all
}

// shared keeps the entries of shingles that two or more texts hold.
func shared(sorted []entry) []entry {
	var kept []entry
	for run := range runsOf(sorted) {
		if len(run) > 1 {
			kept = append(kept, run...)
		}
	}
	return kept
}

// runsOf yields the stretches of equal hash.
func runsOf(sorted []entry) func(yield func([]entry) bool) {
	return func(yield func([]entry) bool) {
		for len(sorted) > 0 {
			n := 1
			for n < len(sorted) && sorted[n].hash == sorted[0].hash {
				n++
			}
			if !yield(sorted[:n]) {
				return
			}
			sorted = sorted[n:]
		}
	}
}

// rank numbers the shingles by a counting sort on the number of their texts and fills posts and start.
func (x *index) rank(runs *[shards][]entry) error {
	count := make([]int, len(x.sizes)+1) // by number of texts: shingles
	for s := range runs {
		for run := range runsOf(runs[s]) {
			count[len(run)]++
		}
	}
	rank, place := make([]int, len(count)), make([]int, len(count)) // by number of texts: the next free ones
	ranks, places := 0, 0
	for n, c := range count {
		rank[n], place[n] = ranks, places
		ranks, places = ranks+c, places+c*n
	}
	if uint64(ranks) > math.MaxUint32 {
		return errors.New("more than 2^32 different shingles in two or more texts: split the corpus")
	}
	x.posts, x.start = make([]int32, places), make([]int, ranks+1)
	x.start[ranks] = places
	for s := range runs {
		for run := range runsOf(runs[s]) {
			n := len(run)
			x.start[rank[n]] = place[n]
			for i, e := range run {
				x.posts[place[n]+i] = e.text
			}
			rank[n], place[n] = rank[n]+1, place[n]+n
		}
		runs[s] = nil
	}
	return nil
}

// invert fills ranks and from: walking the ranks upwards leaves every text's list ascending without a sort.
func (x *index) invert() {
	x.from = make([]int, len(x.sizes)+1)
	for _, t := range x.posts {
		x.from[t+1]++
	}
	for t := range x.sizes {
		x.from[t+1] += x.from[t]
	}
	free := slices.Clone(x.from)
	x.ranks = make([]uint32, len(x.posts))
	for r := range len(x.start) - 1 {
		for _, t := range x.posts[x.start[r]:x.start[r+1]] {
			x.ranks[free[t]] = uint32(r)
			free[t]++
		}
	}
}

// of returns the ranks of a text, ascending.
func (x *index) of(text int32) []uint32 {
	return x.ranks[x.from[text]:x.from[text+1]]
}
