package corpus

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sampleLength is the most characters a sample of a bad record has.
const sampleLength = 120

// Printable makes any string from a document safe to show on a terminal or in a log: what could move the cursor, change the
// direction of the text or hide something is shown as an escape.
//
// Kept are the graphic characters of Unicode (letters, marks, numbers, punctuation, symbols, spaces), the two joiners
// U+200C and U+200D, which Persian and emoji need, and the visible format characters such as U+06DD (end of ayah). Everything
// else becomes \n, \r, \t, \u202e, \U000e0041 or, for a byte that is not UTF-8, \xff. A backslash stays as it is: the result
// is for reading, not for decoding.
func Printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !isSafe(r) }) {
		return s
	}
	return string(appendPrintable(nil, []byte(s), math.MaxInt))
}

// sample is the start of a bad record, safe to show.
func sample(line []byte) string {
	return string(appendPrintable(nil, bytes.TrimRight(line, "\r\n"), sampleLength))
}

// appendPrintable appends at most limit characters, never part of an escape.
func appendPrintable(dst, src []byte, limit int) []byte {
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		width := 1
		before := len(dst)
		switch {
		case r == utf8.RuneError && size == 1:
			dst = fmt.Appendf(dst, `\x%02x`, src[0])
			width = len(dst) - before
		case isSafe(r):
			dst = append(dst, src[:size]...)
		default:
			dst = appendEscape(dst, r)
			width = len(dst) - before
		}
		if limit -= width; limit < 0 {
			return dst[:before]
		}
		src = src[size:]
	}
	return dst
}

func appendEscape(dst []byte, r rune) []byte {
	switch {
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case r > 0xFFFF:
		return fmt.Appendf(dst, `\U%08x`, r)
	}
	return fmt.Appendf(dst, `\u%04x`, r)
}

func isSafe(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = 0x200C, 0x200D
	return ' ' <= r && r < 0x7F || unicode.IsGraphic(r) || r == zeroWidthNonJoiner || r == zeroWidthJoiner ||
		unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}
