package quality

import "math/bits"

// A token is what tokenPairs must know of one: the same for equal ones.
type token struct {
	hash  uint64
	chars int
}

// tokenPairs bound the repetition of n-grams by pairs of tokens, which go into buckets by a hash. The characters of a 2-gram times its count are
// not more than the characters of all pairs in its bucket. And where a 5-gram stands a second time, each of its four pairs stands in a bucket
// that is not empty: so the tokens in four such pairs in a row, or more, have all characters that such 5-grams can have.
type tokenPairs struct {
	buckets []uint32
	top     int // characters of the fullest bucket
	dup     int // characters of tokens in four known pairs in a row
}

// read sets the bounds for a text of so many bytes. The first token makes a pair with nothing, which only adds to them.
func (p *tokenPairs) read(tokens []token, size int) {
	*p = tokenPairs{buckets: emptyBuckets(p.buckets, size)}
	buckets, last, length := p.buckets, uint64(0), 0
	known := 0 // a bit for each pair, the last lowest: its bucket was not empty
	for i, t := range tokens {
		b := &buckets[(last^t.hash)*0xD1B54A32D192ED03>>32&uint64(len(buckets)-1)]
		known = known<<1 | int(min(*b, 1))
		*b += uint32(length + 1 + t.chars)
		p.top = max(p.top, int(*b))
		last, length = bits.RotateLeft64(t.hash, 32), t.chars
		if known&0b1111 == 0b1111 {
			p.addKnown(tokens[i-4:i+1], known>>4&1 != 0)
		}
	}
}

// addKnown counts the last of five tokens in known pairs, and the others if they were not counted before.
func (p *tokenPairs) addKnown(five []token, before bool) {
	if !before {
		for _, t := range five[:4] {
			p.dup += t.chars
		}
	}
	p.dup += five[4].chars
}

// emptyBuckets makes two to four buckets a token of a text of so many bytes, perhaps in the place of others: a token and the space behind it take
// ten bytes of most texts.
func emptyBuckets(b []uint32, size int) []uint32 {
	n := 1 << bits.Len(uint(size/4|0xFF))
	if n > cap(b) {
		return make([]uint32, n)
	}
	clear(b[:n])
	return b[:n]
}
