package arabic

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A folder folds a text character by character. It is the definition of the folding; fold.go is the shortcut.
//
// Every character is opened to the pieces of its compatibility decomposition, which are the same whatever normal form the text
// came in; silent pieces go and letters are lower-cased. A piece that can begin a letter opens a cluster, the marks after it
// join it in canonical order, and the finished cluster is composed and written. Reordered, composed or decomposed input differs
// only in what happens inside one cluster, so all forms of a text give one result.
type folder struct {
	dst     []byte
	base    int // where the text begins in dst
	offsets []int
	track   bool // whether offsets are wanted

	cluster cluster
	at      int // the place in the source of the cluster's first piece
}

// next takes the character at src[i] and returns the place of the one after it.
func (f *folder) next(src []byte, i int) int {
	r, n := utf8.DecodeRune(src[i:])
	f.take(i, r)
	return i + n
}

// take adds one character that stands at place i of the source. A byte that is not UTF-8 comes as U+FFFD, which is a symbol.
func (f *folder) take(i int, r rune) {
	var room [24]piece
	for _, p := range appendOpened(room[:0], r) {
		if p.starts {
			f.flush()
			f.at = i
		}
		f.cluster.add(p)
	}
}

// flush writes the open cluster. What remains of it behind the composed character can only be marks, which nobody wants.
func (f *folder) flush() {
	if f.cluster.n > 0 {
		f.write(f.cluster.composed())
		f.cluster.n = 0
	}
}

// write settles one composed character: a letter or number, nothing for a mark that found no letter, or else a space.
func (f *folder) write(r rune) {
	switch {
	case unicode.IsLetter(r):
		f.letter(unite(r))
	case unicode.IsNumber(r):
		f.letter(digit(r))
	case !unicode.IsMark(r):
		f.dst = appendSpace(f.dst, f.base)
		f.place()
	}
}

func (f *folder) letter(r rune) {
	last, n := utf8.DecodeLastRune(f.dst[f.base:])
	if s := syllable(last, r); s != 0 {
		f.dst = f.dst[:len(f.dst)-n]
		r = s
	}
	f.dst = utf8.AppendRune(f.dst, r)
	f.place()
}

// place gives the bytes written last the place of their cluster.
func (f *folder) place() {
	for f.track && len(f.offsets) < len(f.dst) {
		f.offsets = append(f.offsets, f.at)
	}
}

// appendSpace separates words: at the beginning of the text, and after a space, it does nothing.
func appendSpace(dst []byte, base int) []byte {
	if len(dst) > base && dst[len(dst)-1] != ' ' {
		dst = append(dst, ' ')
	}
	return dst
}

// appendOpened appends the pieces of r that are not silent, in lower case.
func appendOpened(out []piece, r rune) []piece {
	if s := sign(r); s != "" {
		for _, r := range s {
			out = appendPiece(out, r)
		}
		return out
	}
	if r >= hangulLo && r < hangulHi {
		return appendJamo(out, r)
	}
	var room [utf8.UTFMax]byte
	n := utf8.EncodeRune(room[:], r)
	d := norm.NFKD.Properties(room[:n]).Decomposition()
	if d == nil {
		return appendPiece(out, r)
	}
	for len(d) > 0 {
		r, n := utf8.DecodeRune(d)
		out = appendPiece(out, r)
		d = d[n:]
	}
	return out
}

func appendPiece(out []piece, r rune) []piece {
	if unicode.In(r, silent, unicode.Cf) {
		return out
	}
	return append(out, pieceOf(unicode.ToLower(r)))
}

// sign returns the words that a sign stands for, or "".
func sign(r rune) string {
	if r < signs[0].sign || r > signs[len(signs)-1].sign {
		return ""
	}
	for _, s := range signs {
		if s.sign == r {
			return s.words
		}
	}
	return ""
}

// unite returns the letter that stands for r.
func unite(r rune) rune {
	for _, u := range united {
		if r < u.lo || r > u.hi {
			continue
		}
		for _, from := range u.from {
			if r == from {
				return u.to
			}
		}
	}
	return r
}

// digit returns the ASCII digit of the value of a decimal digit, and any other number as it is. Unicode has decimal digits in
// runs of ten from zero to nine, and its tables join runs that touch.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}
