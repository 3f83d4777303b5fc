package dedup

import "github.com/corpusctl/corpusctl/internal/spill"

// keyStore are the entries of one proposer, in partitions by the upper bits of the key: each partition is sorted by itself, in cache where
// it is small, and in memory where all of them together are not.
type keyStore struct {
	*spill.Records[entry]
}

// keyBlock is how many entries a partition grows by.
const keyBlock = 256

func newKeyStore(space *spill.Space) keyStore {
	return keyStore{spill.NewRecords[entry](space, 1<<partitionBits, keyBlock)}
}

func (k keyStore) add(keys []uint64, doc uint32) {
	for _, key := range keys {
		e := newEntry(key, doc)
		k.Append(e.partition(), e)
	}
}

// keySorter brings the entries of one partition after the other together; one for each goroutine.
type keySorter struct{ entries, scratch []entry }

// sorted returns the entries of a partition by key, then document. They are good until the next call.
func (s *keySorter) sorted(k keyStore, part int) (_ []entry, err error) {
	if s.entries, err = k.Take(part, s.entries); err != nil {
		return nil, err
	}
	n := len(s.entries)
	s.scratch = grow(s.scratch, n)
	out := sortEntries(s.entries, s.scratch)
	return out, nil
}

// eachBucket calls do with the documents, ascending, of each key that two or more have. It uses docs as work space and returns it.
func eachBucket(sorted []entry, docs []uint32, do func(key uint64, docs []uint32)) []uint32 {
	for i := 0; i < len(sorted); {
		e := sorted[i]
		j := i + 1
		for j < len(sorted) && sorted[j].lo == e.lo && sorted[j].hi == e.hi {
			j++
		}
		if sorted[j-1].doc != e.doc {
			docs = docs[:0]
			for _, e := range sorted[i:j] {
				if n := len(docs); n == 0 || docs[n-1] != e.doc {
					docs = append(docs, e.doc)
				}
			}
			do(e.key(), docs)
		}
		i = j
	}
	return docs
}
