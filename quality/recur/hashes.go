package recur

// hashes is a set of hashes of texts: open addressing, linear probing, half empty at least. Where a hash begins to look depends on the table's random
// number, as in table. The hash 0, which stands for a free slot, is taken for 1.
type hashes struct {
	slots []uint64
	n     int
}

// place returns the slot that holds h, or the free one where it belongs. There must be slots.
func (s *hashes) place(h, seed uint64) *uint64 {
	mask := uint64(len(s.slots) - 1)
	for i := h * seed >> 32; ; i++ {
		if at := &s.slots[i&mask]; *at == h || *at == 0 {
			return at
		}
	}
}

// has reports whether h was added.
func (s *hashes) has(h, seed uint64) bool {
	return s.n > 0 && *s.place(max(h, 1), seed) != 0
}

// add adds a hash that is not there.
func (s *hashes) add(h, seed uint64) {
	if 2*s.n >= len(s.slots) {
		old := s.slots
		s.slots = make([]uint64, max(1<<10, 2*len(old)))
		for _, h := range old {
			if h != 0 {
				*s.place(h, seed) = h
			}
		}
	}
	*s.place(max(h, 1), seed) = max(h, 1)
	s.n++
}
