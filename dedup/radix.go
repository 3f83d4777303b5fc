package dedup

import (
	"cmp"
	"math/bits"
	"slices"
)

// entry is a key and the document that has it: a band key, or the hash of a sampled shingle. It is a record of 12 bytes.
type entry struct{ hi, lo, doc uint32 }

func newEntry(key uint64, doc uint32) entry { return entry{uint32(key >> 32), uint32(key), doc} }

func (e entry) key() uint64 { return uint64(e.hi)<<32 | uint64(e.lo) }

// partitionBits is the number of upper bits of a key that say to which partition its entry goes.
const partitionBits = 8

func (e entry) partition() int { return int(e.hi >> (32 - partitionBits)) }

// sortEntries sorts the entries of one partition by key, those of one key in the order they came in. scratch must be as long as e; the
// sorted entries are returned in one of the two.
//
// Keys are hashes: a least-significant-digit radix sort over the bits behind those that all entries of a partition share, as many
// bits as tell most of the entries apart, leaves neighbours, which are sorted by comparison. Knuth, The Art of Computer
// Programming, volume 3, 5.2.5.
func sortEntries(e, scratch []entry) []entry {
	width, passes := digits(len(e))
	for shift := behind - width*passes; shift < behind; shift += width {
		sortDigit(scratch, e, shift, width)
		e, scratch = scratch, e
	}
	sortNear(e, behind-width*passes)
	return e
}

const (
	behind   = 32 - partitionBits // bits of the upper half of a key that may differ within a partition
	maxDigit = behind / 2
)

// digits is by how many digits, of how many bits, n entries are sorted. Two tell the entries of any partition apart that fits in memory: wider
// ones for many entries, since to go over these once more costs more than to write to more places at a time.
func digits(n int) (width, passes int) {
	switch {
	case n < 1<<3:
		return 0, 0
	case n < 1<<11:
		return 8, 1
	}
	return min(max((bits.Len(uint(n))+2)/2, 8), maxDigit), 2
}

// sortDigit copies entries to dst in the order of some bits of their keys.
func sortDigit(dst, e []entry, shift, width int) {
	var room [1 << maxDigit]uint32
	count := room[:1<<width]
	by, mask := uint(shift)&31, uint32(len(count)-1)
	for i := range e {
		count[e[i].hi>>by&mask]++
	}
	at := uint32(0)
	for d := range count {
		count[d], at = at, at+count[d]
	}
	for _, x := range e {
		d := x.hi >> by & mask
		dst[count[d]] = x
		count[d]++
	}
}

// nearBy is how far an entry may be from its place for insertion to be the fastest way there.
const nearBy = 64

// sortNear sorts entries that stand near their places, stably: by insertion, and where something is far from its place, all that it stands among
// anew. Entries whose keys differ from the given bit of the upper half on are in order already; if they are not, everything is sorted anew.
func sortNear(e []entry, bit int) {
	for i := 1; i < len(e); i++ {
		if e[i].key() >= e[i-1].key() || insert(e, i) {
			continue
		}
		from, to := among(e, i, bit)
		slices.SortStableFunc(e[from:to], compareKeys)
		if from > 0 && e[from].key() < e[from-1].key() {
			slices.SortStableFunc(e, compareKeys)
			return
		}
		i = to - 1
	}
}

// insert brings entry i to its place among those before it, which are in order; if that is far, it does nothing and says false.
func insert(e []entry, i int) bool {
	x := e[i]
	j := i - 1
	for ; j > 0 && x.key() < e[j-1].key(); j-- {
		if i-j == nearBy {
			return false
		}
	}
	copy(e[j+1:i+1], e[j:i])
	e[j] = x
	return true
}

// among returns the stretch of entries around place i that agree in the upper half of the key from a bit on.
func among(e []entry, i, bit int) (from, to int) {
	same := func(j int) bool { return e[j].hi>>uint(bit) == e[i].hi>>uint(bit) }
	for from = i; from > 0 && same(from-1); from-- {
	}
	for to = i + 1; to < len(e) && same(to); to++ {
	}
	return from, to
}

func compareKeys(x, y entry) int { return cmp.Compare(x.key(), y.key()) }
