package generate

import (
	"math/bits"
	"strings"
)

const (
	vocabulary = 1 << 17 // words kept in memory; those of higher ranks are invented anew each time
	phrases    = 1 << 15 // the same for phrases
	longPhrase = 6       // words of the longest phrase
	numberRank = 1 << 31 // the rank of what is no word of the vocabulary
)

// words is the vocabulary: which word has which rank. The first are real function words, the others are invented.
type words struct {
	seed    uint64
	list    []word     // the word of each rank
	letters [64][]rune // which letters may follow a letter, at letterAt; those of a first letter at 0
	ranks   octaves
	phrase  octaves
	kept    [][longPhrase]uint32
}

// word holds its bytes in place: one line of the cache, where an index and a heap would be two. The longest invented word has 22 bytes.
type word struct {
	text [23]byte
	size uint8
}

func (e *word) set(text []byte) { e.size = uint8(copy(e.text[:], text)) }

// letterAt is the place of a letter's table. All letters stand between U+0621 and U+064A.
func letterAt(r rune) int { return int(r - 0x620) }

// functionWordCount is the number of ranks taken by real words.
var functionWordCount = uint32(len(strings.Fields(functionWords)))

func newWords(seed uint64) *words {
	w := &words{seed: seed, ranks: newOctaves(wordShares), phrase: newOctaves(phraseShares)}
	w.letters[0] = []rune(firstLetters)
	for letter, next := range nextLetters {
		w.letters[letterAt(letter)] = []rune(next)
	}
	w.list = make([]word, vocabulary)
	for rank, f := range strings.Fields(functionWords) {
		w.list[rank].set([]byte(f))
	}
	var buf []byte
	for rank := functionWordCount; rank < vocabulary; rank++ {
		buf = w.invent(buf[:0], rank)
		w.list[rank].set(buf)
	}
	w.kept = make([][longPhrase]uint32, phrases)
	for i := range w.kept {
		w.kept[i] = w.makePhrase(uint32(i))
	}
	return w
}

// append appends the word of a rank.
func (w *words) append(dst []byte, rank uint32) []byte {
	if rank >= vocabulary {
		return w.invent(dst, rank)
	}
	entry := &w.list[rank]
	n := len(dst)
	return append(dst, entry.text[:]...)[:n+int(entry.size)] // a copy of fixed size is a few instructions
}

// invent appends the invented word of a rank. Hamzas and endings are written as newspapers write them, so that folding has its work.
func (w *words) invent(dst []byte, rank uint32) []byte {
	var r random
	r.begin(w.seed, forWord, uint64(rank))
	u := r.Uint64()
	dst = append(dst, prefixes[u&15]...)
	size := stemSizes[u>>8&15]
	letters, at := r.Uint64(), 0
	for i := range size {
		table := w.letters[at]
		hi, lo := bits.Mul64(letters, uint64(len(table)))
		letter := table[hi]
		letters, at = lo, letterAt(letter)
		if i == 0 && letter == 'ا' && u&15 > 7 {
			letter = 'أ'
		}
		dst = append(dst, byte(0xC0|letter>>6), byte(0x80|letter&0x3F))
	}
	return append(dst, suffixes[u>>4&15]...)
}

// phraseOf returns the word ranks of a phrase; a short one ends with numberRank.
func (w *words) phraseOf(id uint32) [longPhrase]uint32 {
	if id < phrases {
		return w.kept[id]
	}
	return w.makePhrase(id)
}

func (w *words) makePhrase(id uint32) (p [longPhrase]uint32) {
	var r random
	r.begin(w.seed, forPhrase, uint64(id))
	size := r.between(3, longPhrase)
	for i := range p {
		p[i] = numberRank
		if i < size {
			p[i] = w.ranks.draw(r.Uint64())
		}
	}
	return p
}
