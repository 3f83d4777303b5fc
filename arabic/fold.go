package arabic

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Fold returns the folding of s. See [AppendFold].
func Fold(s string) string {
	return string(AppendFold(make([]byte, 0, len(s)+block), []byte(s)))
}

// AppendFold appends the folding of src to dst and returns the extended slice. The two must not overlap. src may hold any
// bytes; those that are not UTF-8 fold to a space. What dst held before is left alone and has no part in the folding.
//
// Nothing is allocated but the room that dst lacks: len(src)+Slack bytes, and more only where word signs open. The whole spare
// capacity of dst is scratch: bytes behind the result may change too.
func AppendFold(dst, src []byte) []byte {
	t, base := table(), len(dst)
	for i := 0; i < len(src); {
		dst, i = t.appendFast(dst, base, src, i)
		if i == len(src) {
			break
		}
		if e, n := t.lookup(src, i); e != entrySlow {
			dst = appendEntry(dst, base, e)
			i += n
		} else {
			dst, i = t.appendSlow(dst, base, src, i)
		}
	}
	return trim(dst, base)
}

// trim takes away the space that ends a text that begins at dst[base].
func trim(dst []byte, base int) []byte {
	if len(dst) > base && dst[len(dst)-1] == ' ' {
		return dst[:len(dst)-1]
	}
	return dst
}

// appendFast folds ASCII and characters of two bytes from src[i] on, and returns the place of the first character that is
// neither, or that the tables do not settle, or that is the last byte. None of what it folds grows.
func (t *tables) appendFast(dst []byte, base int, src []byte, i int) ([]byte, int) {
	n := len(dst)
	out := slices.Grow(dst, len(src)-i+block)
	out = out[:cap(out)]
	words := 0 // to fold before the kernel is tried
	for more := true; more; words-- {
		if words <= 0 {
			from := i
			if n, i = t.blocks(out, n, base, src, i); i-from < worthwhile {
				words = pause
			}
		}
		n, i = t.letters(out, n, src, i)
		n, i, more = t.word(out, n, base, src, i)
	}
	return out[:n], i
}

// In text of another script the kernel stops at each word. When it took fewer bytes than worthwhile, it is not tried again for
// some words.
const (
	worthwhile = 64
	pause      = 8
)

// Slack is the room that AppendFold wants in dst beyond the length of src.
const Slack = block

const (
	block    = 16                 // the bytes that letters may read and write beyond a place
	highBits = 0x8080808080808080 // of each byte
	lastBits = 0x8000800080008000 // of the second byte of each pair
)

// letters folds words of letters: in one step up to four letters, eight bytes, and the ASCII character behind them. The number
// of letters makes no branch, for no processor foresees where words end; that makes it faster by a third than word on
// unvocalised text. It stops at eight bytes that begin with ASCII, or hold something else than letters before the first ASCII.
func (t *tables) letters(out []byte, n int, src []byte, i int) (int, int) {
	for i+block <= len(src) && n+block <= len(out) {
		in := (*[block]byte)(src[i : i+block : i+block])
		to := (*[block]byte)(out[n : n+block : n+block])
		w := binary.LittleEndian.Uint64(in[:])
		ascii := ^w & highBits                   // marks the ASCII bytes
		size := bits.TrailingZeros64(ascii) >> 3 // bytes before the first, or 8
		more := ascii | uint64(^in[8]&0x80)      // not 0 if one follows, be it as the ninth
		step := size + int((more|-more)>>63)

		b := bits.ReverseBytes64(w)
		v := uint64(t.pairs[b>>48]) | uint64(t.pairs[uint16(b>>32)])<<16 |
			uint64(t.pairs[uint16(b>>16)])<<32 | uint64(t.pairs[uint16(b)])<<48
		first := ascii & -ascii
		before := first>>7 - 1 // the bits of the bytes before it, all if there is none
		// Each pair must be a letter, their bytes not odd in number, and at least one.
		if ^v&lastBits&before|first&(lastBits|0x80) != 0 {
			break
		}
		binary.LittleEndian.PutUint64(to[:], v)
		to[size%block] = t.ascii[in[size%block]&0x7F]
		n += step
		i += step
	}
	return n, i
}

// word folds character by character to the end of the next run of ASCII. It says whether there is more that it can fold.
func (t *tables) word(out []byte, n, base int, src []byte, i int) (int, int, bool) {
	for ascii := false; i+1 < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			ascii = true
			c = t.ascii[c]
			i++
		} else {
			if ascii {
				return n, i, true
			}
			e := t.pairs[uint(c)<<8|uint(src[i+1])]
			if e == entrySlow {
				return n, i, false
			}
			i += 2
			if e >= entryBytes {
				binary.LittleEndian.PutUint16(out[n:], e)
				n += 2
				continue
			}
			if e == entryDrop {
				continue
			}
			c = byte(e)
		}
		if c != ' ' || n > base && out[n-1] != ' ' {
			out[n] = c
			n++
		}
	}
	return n, i, false
}

// appendEntry appends what a settled entry says.
func appendEntry(dst []byte, base int, e entry) []byte {
	switch {
	case e > 0xFFFF:
		return binary.LittleEndian.AppendUint32(dst, e)
	case e >= entryBytes:
		return binary.LittleEndian.AppendUint16(dst, uint16(e))
	case e == entryDrop:
		return dst
	case e == ' ':
		return appendSpace(dst, base)
	}
	return append(dst, byte(e))
}

// appendSlow folds the character at src[i] by the definition, together with the letter before it that it may compose with,
// and goes on to the next character that the tables settle. It returns the place of that one.
func (t *tables) appendSlow(dst []byte, base int, src []byte, i int) ([]byte, int) {
	start, written := t.letterBefore(src, i)
	f := folder{dst: dst[:len(dst)-written], base: base}
	for start < len(src) {
		if start > i {
			if e, _ := t.lookup(src, start); e != entrySlow && e != entryDrop {
				break
			}
		}
		start = f.next(src, start)
	}
	f.flush()
	return f.dst, start
}

// letterBefore finds the letter that marks at src[i] would stand on: its place, and the length of its folding. Where there is
// none it returns i and 0. All that stands between is silent, for the slow path ends only at a settled character.
func (t *tables) letterBefore(src []byte, i int) (start, written int) {
	for j := i; j > 0; {
		_, n := utf8.DecodeLastRune(src[:j])
		j -= n
		switch e, _ := t.lookup(src, j); {
		case e == entryDrop:
		case e == entrySlow || e == ' ':
			return i, 0
		case e > 0xFFFF:
			return j, 4
		case e >= entryBytes:
			return j, 2
		default:
			return j, 1
		}
	}
	return i, 0
}
