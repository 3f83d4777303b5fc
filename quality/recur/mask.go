package recur

import (
	"math/bits"
	"unicode/utf8"
	"unsafe"

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
	text  []byte
	words int
	whole bool         // text is the whole unit
	marks foldedMarks  // of text
	ends  [maxLead]int // ends of the first words in text, as far as they were asked for
	known int          // how many those are
}

// set masks a unit.
func (m *masked) set(unit string) {
	if m.whole = len(unit) <= maxUnit; !m.whole {
		unit = unit[:maxUnit]
	}
	m.text = arabic.AppendFold(m.text[:0], unsafe.Slice(unsafe.StringData(unit), len(unit)))
	spaces := m.marks.read(m.text)
	if m.maskDigits() {
		m.marks.read(m.text) // there are as many
	}
	if m.words, m.known = 0, 0; len(m.text) > 0 {
		m.words = spaces + 1
	}
}

// setStart masks the beginning of a unit: its first n words at least, if it has them. A word is complete when another follows,
// which keeps what lies beyond from changing it.
func (m *masked) setStart(unit string, n int) {
	if most := 24 + 16*n; len(unit) > most {
		for cut := most; most > cut-utf8.UTFMax && !utf8.RuneStart(unit[most]); { // half a character folds slowly
			most--
		}
		if m.set(unit[:most]); m.words > n {
			m.whole = false
			return
		}
	}
	m.set(unit)
}

// end returns the end of word n, the first being 1, of at most maxLead and of words.
func (m *masked) end(n int) int {
	for m.known < n {
		at := 0
		if m.known > 0 {
			at = m.ends[m.known-1] + 1
		}
		m.ends[m.known] = m.marks.spaces.Next(at, len(m.text))
		m.known++
	}
	return m.ends[n-1]
}

// lead returns the first n words, at most maxLead.
func (m *masked) lead(n int) []byte { return m.text[:m.end(n)] }

// hash returns the key of a whole unit.
func hash(words []byte) uint64 { return xxhash.Sum64(words) | 1 }

// hashLead returns the key of a lead, which is never that of a whole unit.
func hashLead(words []byte) uint64 { return xxhash.Sum64(words) &^ 1 }

// What a Counter knows a lead by comes from the hashes of its words, so that each is read once for all leads that it is in.

// firstLead returns the key of the lead that is one word, from the word's hash.
func firstLead(word uint64) uint64 { return word &^ 1 }

// longerLead returns the key of a lead from that of the lead which is a word shorter, and the hash of that word with the space before it.
func longerLead(shorter, word uint64) uint64 {
	return (bits.RotateLeft64(shorter*0x9E3779B97F4A7C15, 29) ^ word) * 0xD1B54A32D192ED03 &^ 1
}
