package arabic

import (
	_ "embed" // the composites
	"encoding/binary"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A piece is a code point without decomposition.
type piece struct {
	r      rune
	ccc    uint8 // the canonical combining class: 0, or that of a mark
	starts bool  // opens a cluster of its own: neither a mark, nor a vowel sign that composes with a letter before it
}

// pieceOf looks a piece up. Hangul is put together when it is written, because a mark that is deleted may stand between its
// parts; so every part starts.
func pieceOf(r rune) piece {
	if r < 0x300 {
		return piece{r: r, starts: true} // no marks yet
	}
	p := normal(r)
	return piece{r, p.CCC(), isJamo(r) || p.BoundaryBefore()}
}

func normal(r rune) norm.Properties {
	var room [utf8.UTFMax]byte
	return norm.NFC.Properties(room[:utf8.EncodeRune(room[:], r)])
}

// A cluster is a piece and the marks that follow it, in canonical order. It keeps the first 30 marks in that order, the limit
// of Unicode's stream-safe text, and has one place more for a vowel sign, which no mark passes. No letter composes with more
// than three marks.
type cluster struct {
	pieces [1 + 30 + 1]piece
	n      int
}

// add puts a piece at its canonical place: behind all that have its class or a lower one (Unicode Standard, D109).
func (c *cluster) add(p piece) {
	room := len(c.pieces)
	if p.ccc != 0 {
		room--
	}
	i := c.n
	for ; i > 0 && c.pieces[i-1].ccc > p.ccc && p.ccc != 0; i-- {
		if i < room {
			c.pieces[i] = c.pieces[i-1]
		}
	}
	if i < room {
		c.pieces[i] = p
	}
	c.n = max(c.n, min(c.n+1, room))
}

// composed returns the first character of the cluster's canonical composition (D117).
func (c *cluster) composed() rune {
	r := c.pieces[0].r
	left := -1 // the class of the last mark that did not compose, which blocks those of its class and of class 0
	for _, p := range c.pieces[1:c.n] {
		both, ok := composites()[pair{r, p.r}]
		switch {
		case ok && left < int(p.ccc):
			r = both
		case p.ccc == 0:
			return r // a vowel sign stands between, and has the marks behind it
		default:
			left = int(p.ccc)
		}
	}
	return r
}

type pair struct{ first, second rune }

// composed holds the characters that two others compose to, each with them: three code points of four bytes. x/text keeps its own table of them to
// itself, and composes through buffers that it allocates. Hangul is apart. A test computes them.
//
//go:embed composed.bin
var composed string

// composites are the same as a map, made when it is first wanted.
var composites = sync.OnceValue(func() map[pair]rune {
	const row = 3 * 4
	m := make(map[pair]rune, len(composed)/row)
	for rest := []byte(composed); len(rest) > 0; rest = rest[row:] {
		point := func(i int) rune { return rune(binary.LittleEndian.Uint32(rest[4*i:])) }
		m[pair{point(0), point(1)}] = point(2)
	}
	return m
})
