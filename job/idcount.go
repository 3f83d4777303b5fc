package job

import (
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/internal/spill"
	"github.com/corpusctl/corpusctl/report"
)

// idCounter counts documents without an id and documents whose id others have too, by XXH64 of the id.
type idCounter struct {
	hashes  *spill.Records[uint64]
	missing int
}

func newIDCounter(space *spill.Space) *idCounter {
	return &idCounter{hashes: spill.NewRecords[uint64](space, 256, 256)}
}

func (c *idCounter) add(id []byte) error {
	if len(id) == 0 {
		c.missing++
		return nil
	}
	h := xxhash.Sum64(id)
	c.hashes.Append(int(h>>56), h)
	return c.hashes.Settle()
}

// counts uses the counter up.
func (c *idCounter) counts() (report.Ids, error) {
	ids := report.Ids{Missing: c.missing}
	var some []uint64
	var err error
	for part := range 256 {
		if some, err = c.hashes.Take(part, some); err != nil {
			return ids, err
		}
		slices.Sort(some)
		for i := 0; i < len(some); {
			j := i + 1
			for j < len(some) && some[j] == some[i] {
				j++
			}
			if j-i > 1 {
				ids.Repeated += j - i
			}
			i = j
		}
	}
	return ids, c.hashes.Close()
}
