package recur

import (
	"github.com/cespare/xxhash/v2"

	"github.com/corpusctl/corpusctl/arabic"
)

const (
	maxLead  = 12   // words of the longest lead that is counted in the first unit,
	tailLead = 6    // and near the end
	maxWords = 120  // of a unit that is counted whole
	maxUnit  = 4096 // bytes of a unit that is read whole; of a longer one the lead
)

// masked is a unit as it is compared: its folded words with one space between, each run of digits written 0.
type masked struct {
	text    []byte
	words   int
	ends    [maxLead]int // ends of the first words in text
	whole   bool         // text is the whole unit
	raw     []byte
	borders []int // scratch
}

// set masks a unit.
func (m *masked) set(unit string) {
	if m.whole = len(unit) <= maxUnit; !m.whole {
		unit = unit[:maxUnit]
	}
	m.raw = append(m.raw[:0], unit...)
	m.text = arabic.AppendFold(m.text[:0], m.raw)
	m.words = 0
	out, digit := m.text[:0], false
	for _, c := range m.text {
		if c >= '0' && c <= '9' {
			if digit {
				continue
			}
			digit, c = true, '0'
		} else {
			digit = false
		}
		if c == ' ' {
			m.endWord(len(out))
		}
		out = append(out, c)
	}
	if m.text = out; len(out) > 0 {
		m.endWord(len(out))
	}
}

func (m *masked) endWord(at int) {
	if m.words < maxLead {
		m.ends[m.words] = at
	}
	m.words++
}

// lead returns the first n words.
func (m *masked) lead(n int) []byte { return m.text[:m.ends[n-1]] }

// hash returns the key of a whole unit.
func hash(words []byte) uint64 { return xxhash.Sum64(words) | 1 }

// hashLead returns the key of a lead, which is never that of a whole unit.
func hashLead(words []byte) uint64 { return xxhash.Sum64(words) &^ 1 }
