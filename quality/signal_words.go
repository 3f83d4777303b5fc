package quality

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
	"go.yaml.in/yaml/v3"

	"github.com/corpusctl/corpusctl/arabic"
)

// The exact lists, in the order of exactNames.
const (
	listEN = iota
	listARB
	listARZ
	listARY
	listAPC
	listARS
	listACM
	listAEB
	listARQ
	exactLists
)

// The folded lists, in the order of foldedNames.
const (
	listArabic = iota
	listPersian
	listUrdu
	listKurdish
	foldedLists
)

var (
	exactNames  = [exactLists]string{"en", "arb", "arz", "ary", "apc", "ars", "acm", "aeb", "arq"}
	foldedNames = [foldedLists]string{"arabic", "persian", "urdu", "kurdish"}
)

// longestWord is the longest token that is looked up, in bytes, and longestLetters the longest of letters alone that is folded
// for it, in characters: no word in the lists has more, which a test checks.
const (
	longestWord    = 28
	longestLetters = 6
)

//go:embed signal_words.yaml
var wordsFile []byte

// wordLists say by a word's wordHash which lists hold it, a bit each; plain are the folded ones once more, by wordKey.
type wordLists struct{ exact, folded, plain *wordSet }

// A wordSet maps hashes to bits: open addressing, half empty, small enough for the nearest cache, read by many at once. Most words are in
// no list, which a filter of single bits tells: slots that others fill would have to be compared, and nobody foresees which those are.
type wordSet struct {
	may   [1 << 8]uint64
	slots [1 << 9]wordSlot
}

type wordSlot struct {
	hash uint64
	mask uint16 // 0 is empty
}

func (w *wordSet) add(hash uint64, bit uint16) {
	w.may[hash>>56] |= 1 << (hash >> 50 & 63)
	i := w.slot(hash)
	w.slots[i].hash = hash
	w.slots[i].mask |= bit
}

// slot returns where a hash is, or belongs.
func (w *wordSet) slot(hash uint64) uint64 {
	i := hash >> 55
	for w.slots[i].mask != 0 && w.slots[i].hash != hash {
		i = (i + 1) % uint64(len(w.slots))
	}
	return i
}

// of returns the lists that hold a word.
func (w *wordSet) of(hash uint64) uint16 {
	if !w.mayHold(hash) {
		return 0
	}
	return w.held(hash)
}

// mayHold says whether a list may hold a word; no is certain.
func (w *wordSet) mayHold(hash uint64) bool { return w.may[hash>>56]>>(hash>>50&63)&1 != 0 }

// held is of, for words that mayHold lets through.
func (w *wordSet) held(hash uint64) uint16 { return w.slots[w.slot(hash)].mask }

// words reads the lists that this package carries. An error in them is one of this package, which a test finds.
var words = sync.OnceValues(func() (wordLists, error) {
	var file struct{ Exact, Folded map[string]string }
	if err := yaml.Unmarshal(wordsFile, &file); err != nil {
		return wordLists{new(wordSet), new(wordSet), new(wordSet)}, fmt.Errorf("word lists: %w", err)
	}
	folded := func(w string) uint64 { return wordHash(arabic.Fold(w)) }
	plain := func(w string) uint64 { return wordKey(arabic.Fold(w)) }
	return wordLists{
		exact:  keyed(file.Exact, exactNames[:], wordHash),
		folded: keyed(file.Folded, foldedNames[:], folded),
		plain:  keyed(file.Folded, foldedNames[:], plain),
	}, nil
})

func keyed(lists map[string]string, names []string, key func(string) uint64) *wordSet {
	set := new(wordSet)
	for i, name := range names {
		for w := range strings.FieldsSeq(lists[name]) {
			set.add(key(w), 1<<i)
		}
	}
	return set
}

// wordHash is a hash of a token's bytes: for up to 16, two overlapping loads, multiplied; beyond, xxhash.
func wordHash(s string) uint64 {
	var a, b uint64
	switch n := len(s); {
	case n > 16:
		return xxhash.Sum64String(s)
	case n >= 8:
		a, b = load64(s), load64(s[n-8:])
	case n >= 4:
		a, b = load32(s), load32(s[n-4:])
	case n > 0:
		a, b = uint64(s[0])|uint64(s[n/2])<<8, uint64(s[n-1])
	}
	hi, lo := bits.Mul64(a^0x9E3779B97F4A7C15, b^0xD1B54A32D192ED03^uint64(len(s))<<56)
	return hi ^ lo
}

func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load32(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// knownWords remember over documents what folded lists hold a word: folding costs more than all else that is done to one.
type knownWords struct {
	words [1 << 14]struct {
		hash   uint64
		folded uint16
	}
	buf []byte
}

func (k *knownWords) folded(lists *wordLists, word string, hash uint64) uint16 {
	w := &k.words[hash>>40%uint64(len(k.words))]
	if w.hash != hash {
		k.buf = append(k.buf[:0], word...)
		n := len(k.buf)
		k.buf = arabic.AppendFold(k.buf, k.buf)
		w.hash, w.folded = hash, lists.folded.of(wordHash(string(k.buf[n:])))
	}
	return w.folded
}
