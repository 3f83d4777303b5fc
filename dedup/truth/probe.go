package truth

import "slices"

// pairs looks up the prefix of every text and verifies whatever it meets.
func (x *index) pairs(first []int32, opt Options) []Pair {
	const stretch = 64
	found := make([][]Pair, (len(first)+stretch-1)/stretch)
	each(len(found), func(next func() (int, bool)) {
		p := prober{index: x, opt: opt, seen: make([]int32, len(x.sizes))}
		for i, ok := next(); ok; i, ok = next() {
			for _, a := range first[i*stretch : min((i+1)*stretch, len(first))] {
				found[i] = p.appendPairs(found[i], a)
			}
		}
	})
	out := slices.Concat(found...)
	slices.SortFunc(out, comparePairs)
	return out
}

// prober is what one worker needs; its buffers serve all its texts.
type prober struct {
	*index
	opt  Options
	seen []int32 // by text: 1 + the last text that met it
	met  []int32
}

// appendPairs appends the wanted pairs of a with texts of larger sets.
func (p *prober) appendPairs(dst []Pair, a int32) []Pair {
	size := p.sizes[a]
	misses := int(size) - p.opt.need(int(size))
	p.meet(a, misses)
	own := p.of(a)
	alone := int(size) - len(own) // shingles of no other text: misses in any pair
	for _, b := range p.met {
		shared := overlap(own, p.of(b), misses-alone)
		if pair, ok := p.opt.measure(a, b, size, p.sizes[b], shared); ok {
			dst = append(dst, pair)
		}
	}
	return dst
}

// meet collects in p.met the texts of larger sets that hold one of the first misses+1 shingles of a, each once.
func (p *prober) meet(a int32, misses int) {
	p.met = p.met[:0]
	own := p.of(a)
	alone := int(p.sizes[a]) - len(own) // the rarest of all, so first in the prefix
	for _, r := range own[:max(0, min(misses+1-alone, len(own)))] {
		for _, b := range p.posts[p.start[r]:p.start[r+1]] {
			if p.seen[b] != a+1 && p.larger(b, a) {
				p.seen[b] = a + 1
				p.met = append(p.met, b)
			}
		}
	}
}

// larger orders texts by set size, then by number.
func (x *index) larger(b, a int32) bool {
	return x.sizes[b] > x.sizes[a] || x.sizes[b] == x.sizes[a] && b > a
}

// overlap counts the common numbers of two ascending lists, or gives up and returns 0 when more than misses of a are not in b.
func overlap(a, b []uint32, misses int) int32 {
	shared, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			shared++
			i++
			j++
		case a[i] < b[j]:
			i++
			if i-shared > misses {
				return 0
			}
		default:
			j++
		}
	}
	return int32(shared)
}
