package dedup

import "slices"

// entry is a key and the document that has it: a band key, or the hash of a sampled shingle.
type entry struct {
	key uint64
	doc uint32
}

// sortEntries brings entries with equal keys together, those of one key in the order they came in; the order of the keys is
// that of their upper 32 bits, then of the rest. scratch must be as long as e; the sorted entries are returned in one of the two.
//
// Keys are hashes: four passes of a least-significant-digit radix sort over the upper 32 bits leave only accidental
// neighbours, which are sorted by comparison. Knuth, The Art of Computer Programming, volume 3, 5.2.5.
func sortEntries(e, scratch []entry) []entry {
	if len(e) < 256 {
		slices.SortStableFunc(e, compareKeys)
		return e
	}
	for shift := 32; shift < 64; shift += 8 {
		var count [256]int
		for i := range e {
			count[byte(e[i].key>>shift)]++
		}
		if count[byte(e[0].key>>shift)] == len(e) {
			continue // all have the same digit
		}
		at := 0
		for d := range count {
			count[d], at = at, at+count[d]
		}
		for i := range e {
			d := byte(e[i].key >> shift)
			scratch[count[d]] = e[i]
			count[d]++
		}
		e, scratch = scratch, e
	}
	sortTies(e)
	return e
}

// sortTies sorts runs of entries whose upper 32 bits are equal but whose keys are not.
func sortTies(e []entry) {
	for i := 0; i < len(e); {
		j, equal := i+1, true
		for ; j < len(e) && e[j].key>>32 == e[i].key>>32; j++ {
			equal = equal && e[j].key == e[i].key
		}
		if !equal {
			slices.SortStableFunc(e[i:j], compareKeys)
		}
		i = j
	}
}

func compareKeys(x, y entry) int {
	switch {
	case x.key < y.key:
		return -1
	case x.key > y.key:
		return 1
	}
	return 0
}
