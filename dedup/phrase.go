package dedup

import (
	"bytes"
	"slices"
)

// phrase is what stands on one side of a gap, word by word.
type phrase struct {
	*outline
	at    span // {} when nothing was taken
	words int
	known bool // the words have been read
	terms []term
	signs lexeme // of all words together

	numbers [][]byte // runs of digits
	sorted  [][]byte // the same, sorted
	value   []byte   // all digits, without zeros before and groups of three behind

	room [maxGapWords]term
}

// term is a word of a phrase.
type term struct {
	text, bare       []byte
	textKey, bareKey uint64
	content          bool // carries content: of no closed class, no number, no letters alone
}

// forget makes the next phrase be read whatever it is.
func (p *phrase) forget() { p.at = span{} }

// take makes the phrase that of a span; false when that has more than maxGapWords. The same span again costs nothing: in a text without
// spaces every gap is the whole text.
func (p *phrase) take(o *outline, at span) bool {
	if p.at != at {
		p.outline, p.at, p.known, p.words = o, at, false, o.words(at)
	}
	return 0 < p.words && p.words <= maxGapWords
}

// read takes the words.
func (p *phrase) read() {
	if p.known {
		return
	}
	p.known, p.terms, p.signs = true, p.room[:0], lexeme{}
	p.numbers, p.sorted, p.value = p.numbers[:0], p.sorted[:0], p.value[:0]
	for word := (span{p.at.start, p.at.start}); word.start <= p.at.end; word.start = word.end + 1 {
		word.end = min(p.at.end, p.wordEnd(word.start))
		p.add(word)
	}
	p.sorted = append(p.sorted, p.numbers...)
	slices.SortFunc(p.sorted, bytes.Compare)
	p.value = withoutThousands(bytes.TrimLeft(p.value, "0"))
}

// add takes one word.
func (p *phrase) add(at span) {
	p.terms = p.terms[:len(p.terms)+1]
	t := &p.terms[len(p.terms)-1]
	word, digit := p.text[at.start:at.end], p.hasDigit(at)
	t.text, t.bare, t.textKey = word, bare(word), key(word)
	t.bareKey = t.textKey
	says := listed.find(t.textKey, word)
	bareSays := says
	if len(t.bare) < len(word) {
		t.bareKey = key(t.bare)
		bareSays = listed.find(t.bareKey, t.bare)
	}
	p.signs.join(says)
	p.signs.scale = p.signs.scale || bareSays.scale
	if digit {
		p.addNumbers(word)
	}
	t.content = !says.light && !bareSays.light && !says.counts() && !digit && p.outline.letters(at) >= minWordLetter
}

// addNumbers takes the runs of digits of a word.
func (p *phrase) addNumbers(word []byte) {
	for i := 0; i < len(word); i++ {
		from := i
		for i < len(word) && isDigit(word[i]) {
			i++
		}
		if i > from {
			p.numbers = append(p.numbers, word[from:i])
			p.value = append(p.value, word[from:i]...)
		}
	}
}

func isDigit(c byte) bool { return c-'0' < 10 }

// withoutThousands cuts groups of three zeros off the end of a number.
func withoutThousands(digits []byte) []byte {
	for bytes.HasSuffix(digits, []byte("000")) {
		digits = digits[:len(digits)-3]
	}
	return digits
}

// otherNumber tells whether the digits of two phrases are other numbers and not another way to write the same: with another grouping
// (545 000, 545000), with a leading zero (07, 7), in thousands (545, 545000), turned around by a bidirectional editor (63.54, 54.63), or with
// a scale word (100 الف, 100000).
func otherNumber(a, b *phrase) bool {
	if len(a.numbers) == 0 || len(b.numbers) == 0 || a.signs.scale || b.signs.scale {
		return false
	}
	return !haveCommon(a.sorted, b.sorted) && !bytes.Equal(a.value, b.value)
}

// haveCommon tells whether two sorted lists have an element in common.
func haveCommon(x, y [][]byte) bool {
	for len(x) > 0 && len(y) > 0 {
		switch c := bytes.Compare(x[0], y[0]); {
		case c == 0:
			return true
		case c < 0:
			x = x[1:]
		default:
			y = y[1:]
		}
	}
	return false
}

// own returns the words of p that carry content and that other has not.
func (p *phrase) own(other *phrase) (own wordSet) {
	for i := range p.terms {
		if p.terms[i].content && !other.has(&p.terms[i]) {
			own |= 1 << i
		}
	}
	return own
}

func (p *phrase) has(t *term) bool {
	for i := range p.terms {
		if o := &p.terms[i]; o.textKey == t.textKey && bytes.Equal(o.text, t.text) {
			return true
		}
	}
	return false
}
