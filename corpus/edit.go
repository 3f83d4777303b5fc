package corpus

import (
	"bytes"
	"unicode/utf8"
)

// An Edit cuts bytes out of the decoded value of a string and puts others in their place.
type Edit struct {
	Start, End int // in bytes of the decoded value, on character borders
	Put        string
}

// AppendEdited appends a line with one of its string values edited. All else is copied byte for byte, escapes of what stays included,
// so that no more than the text changes. The edits are sorted and disjoint; the value is a record's Text.
func AppendEdited(dst, line []byte, v Value, edits []Edit) []byte {
	dst = append(dst, line[:v.Start+1]...)
	src, at := line[v.Start+1:v.End-1], 0 // at is the place in the decoded value
	for _, e := range edits {
		n := encodedLen(src, e.Start-at)
		dst, src = append(dst, src[:n]...), src[n:]
		src, at = src[encodedLen(src, e.End-e.Start):], e.End
		dst = appendQuoted(dst, e.Put)
	}
	dst = append(dst, src...)
	return append(dst, line[v.End-1:]...)
}

// encodedLen is how many bytes of a valid string stand for the first n bytes of its value.
func encodedLen(src []byte, n int) int {
	size := 0
	var room [utf8.UTFMax]byte
	for n > 0 {
		plain := src[size:min(size+n, len(src))]
		if i := bytes.IndexByte(plain, '\\'); i >= 0 {
			plain = plain[:i]
		}
		if size, n = size+len(plain), n-len(plain); n == 0 || size == len(src) {
			break
		}
		decoded, used := appendEscaped(room[:0], src[size:])
		size, n = size+used, n-len(decoded)
	}
	return size
}

// appendQuoted appends what stands between the quotes of a JSON string.
func appendQuoted(dst []byte, s string) []byte {
	const digits = "0123456789abcdef"
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
