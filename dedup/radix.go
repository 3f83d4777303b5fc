package dedup

import (
	"cmp"
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
	digits := 0 // of eight bits
	for n := len(e) >> 3; n > 0 && digits < 3; n >>= 8 {
		digits++
	}
	const behind = 32 - partitionBits
	for shift := behind - 8*digits; shift < behind; shift += 8 {
		var count [256]int
		for i := range e {
			count[byte(e[i].hi>>shift)]++
		}
		at := 0
		for d := range count {
			count[d], at = at, at+count[d]
		}
		for i := range e {
			d := byte(e[i].hi >> shift)
			scratch[count[d]] = e[i]
			count[d]++
		}
		e, scratch = scratch, e
	}
	sortNear(e)
	return e
}

// nearBy is how far an entry may be from its place for insertion to be the fastest way there.
const nearBy = 64

// sortNear sorts entries that stand near their places, stably: by insertion, and where something is far from its place, anew.
func sortNear(e []entry) {
	for i := 1; i < len(e); i++ {
		x := e[i]
		j := i
		for ; j > 0 && x.key() < e[j-1].key(); j-- {
			if i-j == nearBy {
				e[j] = x
				slices.SortStableFunc(e, compareKeys)
				return
			}
			e[j] = e[j-1]
		}
		e[j] = x
	}
}

func compareKeys(x, y entry) int { return cmp.Compare(x.key(), y.key()) }
