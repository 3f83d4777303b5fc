package corpus

import (
	"bytes"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendString appends the decoded value of a field of the line that v was found in: of a string its characters, of a number
// its digits as they stand, of everything else nothing, so that a missing, null or empty field looks alike.
//
// The result is what encoding/json decodes: half a surrogate pair and every byte that is not UTF-8 become U+FFFD. A record's
// Text, which holds neither, is copied without a second check.
func AppendString(dst, line []byte, v Value) []byte {
	switch v.Kind {
	case Number:
		return append(dst, line[v.Start:v.End]...)
	case String:
		if v.form >= verbatim {
			return appendForeign(dst, line[v.Start:v.End], v.form)
		}
		return appendDecoded(dst, line[v.Start+1:v.End-1], v.form)
	}
	return dst
}

// appendForeign decodes a string of another format than JSON.
func appendForeign(dst, src []byte, f form) []byte {
	if f&doubled != 0 {
		before := len(dst)
		dst = appendUndoubled(dst, src)
		return appendValid(dst[:before], dst[before:])
	}
	return appendValid(dst, src)
}

// appendDecoded decodes what stands between the quotes of a valid string.
func appendDecoded(dst, src []byte, f form) []byte {
	if f&validUTF8 == 0 && invalidUTF8(src) >= 0 {
		return appendRepaired(dst, src)
	}
	if f == validUTF8 {
		return append(dst, src...)
	}
	dst = slices.Grow(dst, len(src)) // decoding never lengthens valid text
	for len(src) > 0 {
		run := bytes.IndexByte(src, '\\')
		if run < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:run]...)
		for src = src[run:]; len(src) > 0 && src[0] == '\\'; {
			var size int
			dst, size = appendEscaped(dst, src)
			src = src[size:]
		}
	}
	return dst
}

// appendRepaired is appendDecoded for text that is not all UTF-8: no backslash is part of what is wrong.
func appendRepaired(dst, src []byte) []byte {
	for len(src) > 0 {
		var size int
		if src[0] == '\\' {
			dst, size = appendEscaped(dst, src)
		} else {
			var r rune
			r, size = utf8.DecodeRune(src)
			dst = utf8.AppendRune(dst, r)
		}
		src = src[size:]
	}
	return dst
}

// appendEscaped decodes one escape, or the two of a surrogate pair, of a valid string.
func appendEscaped(dst, src []byte) (_ []byte, size int) {
	if src[1] != 'u' {
		return append(dst, escapes[src[1]]), 2
	}
	r := hex4(src[2:])
	if 0x80 <= r && r < 0x800 { // Arabic and most else that is escaped at all
		return append(dst, 0xC0|byte(r>>6), 0x80|byte(r&0x3F)), 6
	}
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(dst, r), 6
	}
	if pair := joined(r, src[6:]); pair != utf8.RuneError {
		return utf8.AppendRune(dst, pair), 12
	}
	return utf8.AppendRune(dst, utf8.RuneError), 6
}

// joined is the character of a first half and the escape that follows it, or U+FFFD if they are no pair.
func joined(first rune, next []byte) rune {
	if len(next) < 6 || next[0] != '\\' || next[1] != 'u' {
		return utf8.RuneError
	}
	return utf16.DecodeRune(first, hex4(next[2:]))
}

// halfSurrogate reports whether a valid string, without its quotes, holds half a surrogate pair.
func halfSurrogate(src []byte) bool {
	for {
		i := bytes.IndexByte(src, '\\')
		if i < 0 {
			return false
		}
		src = src[i:]
		if src[1] != 'u' {
			src = src[2:]
			continue
		}
		size := 6
		if r := hex4(src[2:]); utf16.IsSurrogate(r) {
			if joined(r, src[6:]) == utf8.RuneError {
				return true
			}
			size = 12
		}
		src = src[size:]
	}
}

// unicodeEscape checks the \uXXXX at the start of src and returns its length, 0 if it is none.
func unicodeEscape(src []byte) (size int, half form) {
	if len(src) < 6 || src[1] != 'u' || (hex[src[2]]|hex[src[3]]|hex[src[4]]|hex[src[5]]) == notHex {
		return 0, 0
	}
	if hex[src[2]] == 0xD && hex[src[3]] >= 8 {
		half = surrogate
	}
	return 6, half
}

// hex4 reads four hexadecimal digits.
func hex4(b []byte) rune {
	_ = b[3]
	return rune(hex[b[0]])<<12 | rune(hex[b[1]])<<8 | rune(hex[b[2]])<<4 | rune(hex[b[3]])
}

// escapes holds what the byte after a backslash stands for; 0 for none, and for u.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

const notHex = 0xFF

// hex holds the value of a hexadecimal digit; all bits set for what is none.
var hex = func() (table [256]byte) {
	for i := range table {
		table[i] = notHex
	}
	for i := range byte(10) {
		table['0'+i] = i
	}
	for i := range byte(6) {
		table['a'+i], table['A'+i] = 10+i, 10+i
	}
	return table
}()
