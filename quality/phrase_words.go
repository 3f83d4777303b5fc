package quality

import (
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// phraseWords are the words that phrases are made of, folded, by number. They are not changed once sealed.
type phraseWords struct {
	ids   map[string]int32
	slots []phraseSlot // the same by hash, a power of two of them, at most a quarter full
	chars [0x800]phraseChar
}

type phraseSlot struct {
	hash uint64
	id   int32 // noWord where empty
}

// A phraseChar is what is known of a character of one or two bytes, in one word: its sort, whether it is plain, and what it folds to.
type phraseChar uint32

// newPhraseChar makes the word. A plain character folds to one character, 0 for none, whatever stands beside it.
func newPhraseChar(sort uint8, plain bool, fold rune) phraseChar {
	return phraseChar(sort) | phraseChar(bit(plain))<<8 | phraseChar(fold)<<16
}

func (c phraseChar) sort() uint8 { return uint8(c) }
func (c phraseChar) plain() bool { return c&(1<<8) != 0 }
func (c phraseChar) fold() rune  { return rune(c >> 16) }

const (
	phraseHashSeed = 0x9E3779B97F4A7C15
	phraseHashMul  = 0xD6E8FEB86659FD93
)

func phraseHash(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)) * phraseHashMul
	return h ^ h>>29
}

// newPhraseWords returns an empty vocabulary. What single characters fold to is asked of package arabic, so that the two agree.
func newPhraseWords() *phraseWords {
	w := &phraseWords{ids: map[string]int32{}}
	for r := range rune(len(w.chars)) {
		w.chars[r] = charOf(r)
	}
	return w
}

func charOf(r rune) phraseChar {
	switch sort := phraseSort(r); sort {
	case sortNone:
		return newPhraseChar(sort, false, 0)
	case sortMark:
		const without = "اا وو يي هه كك aa ee 11"
		with := strings.ReplaceAll("ا_ا و_و ي_ي ه_ه ك_ك a_a e_e 1_1", "_", string(r))
		return newPhraseChar(sort, arabic.Fold(with) == without, 0)
	default:
		f := arabic.Fold(string(r))
		q, n := utf8.DecodeRuneInString(f)
		if n == 0 || n < len(f) || q >= 0x10000 {
			return newPhraseChar(sort, false, 0)
		}
		return newPhraseChar(sort, true, q)
	}
}

// add returns the number of a folded word, new or known.
func (w *phraseWords) add(folded string) int32 {
	id, ok := w.ids[folded]
	if !ok {
		id = int32(len(w.ids))
		w.ids[folded] = id
	}
	return id
}

// seal prepares the search by hash. Nothing is added afterwards.
func (w *phraseWords) seal() {
	n := 16
	for n < 4*len(w.ids) {
		n *= 2
	}
	w.slots = make([]phraseSlot, n)
	for i := range w.slots {
		w.slots[i].id = noWord
	}
	for word, id := range w.ids {
		h := uint64(phraseHashSeed)
		for _, r := range word {
			h = phraseHash(h, r)
		}
		i := int(h) & (n - 1)
		for w.slots[i].id != noWord {
			i = (i + 1) & (n - 1)
		}
		w.slots[i] = phraseSlot{h, id}
	}
}

func (w *phraseWords) find(h uint64) int32 {
	if len(w.slots) == 0 {
		return noWord
	}
	for i := int(h) & (len(w.slots) - 1); ; i = (i + 1) & (len(w.slots) - 1) {
		if s := w.slots[i]; s.hash == h || s.id == noWord {
			return s.id
		}
	}
}

// before returns what is known of the last character of s, which is not empty, and its length.
func (w *phraseWords) before(s string) (phraseChar, int) {
	n := len(s)
	if b := s[n-1]; b < utf8.RuneSelf {
		return w.chars[b], 1
	}
	if n > 1 && s[n-2] >= 0xC2 && s[n-2] < 0xE0 && s[n-1] < 0xC0 {
		return w.pair(s[n-2], s[n-1]), 2
	}
	r, size := utf8.DecodeLastRuneInString(s)
	return newPhraseChar(phraseSort(r), false, 0), size
}

// after returns what is known of the first character of s, which is not empty, and its length.
func (w *phraseWords) after(s string) (phraseChar, int) {
	b := s[0]
	if b < utf8.RuneSelf {
		return w.chars[b], 1
	}
	if b >= 0xC2 && b < 0xE0 && len(s) > 1 && s[1]&0xC0 == 0x80 {
		return w.pair(b, s[1]), 2
	}
	r, size := utf8.DecodeRuneInString(s)
	return newPhraseChar(phraseSort(r), false, 0), size
}

// beginsWithLetter says whether text begins with a letter, so that its first word is one of letters.
func (w *phraseWords) beginsWithLetter(text string) bool {
	if text == "" {
		return false
	}
	c, _ := w.after(text)
	return c.sort() == sortLetter
}

// letters returns the end of the letters and what belongs to them from i on: of the word there, if it begins with a letter.
func (w *phraseWords) letters(text string, i, end int) int {
	for i < end {
		c, n := w.after(text[i:end])
		if sort := c.sort(); sort != sortLetter && sort != sortMark {
			break
		}
		i += n
	}
	return i
}

// maxPhraseWord is how many bytes of a word are looked at.
const maxPhraseWord = 128

// word reads the word at i: where it ends, its class and its number. Most words are folded and hashed on the way; the others
// go through package arabic.
func (l *phraseLexer) word(text string, i, end int) (int, uint8, int32) {
	kind, plain, start, hash := uint8(sortMark), true, i, uint64(phraseHashSeed)
	chars := &l.words.chars
	for i < end {
		var c phraseChar
		n := 1
		switch b := text[i]; {
		case b < utf8.RuneSelf:
			c = chars[b]
		case b&0xE0 == 0xC0 && b >= 0xC2 && i+1 < end && text[i+1]&0xC0 == 0x80: // as in after, without the call
			c, n = chars[int(b&0x1F)<<6|int(text[i+1]&0x3F)], 2
		default:
			c, n = l.words.after(text[i:end])
		}
		if sort := c.sort(); sort != sortMark && sort != kind {
			if sort == sortNone || kind != sortMark {
				break
			}
			kind = sort
		}
		plain = plain && c.plain()
		if r := c.fold(); r != 0 {
			hash = phraseHash(hash, r)
		}
		i += n
	}
	class := wordClass(kind)
	switch {
	case plain && hash == phraseHashSeed:
		return i, class, noLetters
	case plain:
		return i, class, l.words.find(hash)
	}
	return i, class, l.foldWord(text[start:min(i, start+maxPhraseWord)])
}

// foldWord is the number of a word by the whole of the folding.
func (l *phraseLexer) foldWord(word string) int32 {
	l.src = append(l.src[:0], word...)
	l.fold = arabic.AppendFold(l.fold[:0], l.src)
	if len(l.fold) == 0 {
		return noLetters
	}
	if id, ok := l.words.ids[string(l.fold)]; ok {
		return id
	}
	return noWord
}

// hasPrefix says whether a word begins with a folded prefix, once folded.
func (l *phraseLexer) hasPrefix(word, prefix string) bool {
	l.src = append(l.src[:0], word[:min(len(word), maxPhraseWord)]...)
	l.fold = arabic.AppendFold(l.fold[:0], l.src)
	return strings.HasPrefix(string(l.fold), prefix)
}
