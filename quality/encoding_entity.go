package quality

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// encEntityMax bounds an entity without its ampersand; the longest name of HTML has 31 letters.
const encEntityMax = 33

// entity decodes the HTML entity at i.
func (s *encScan) entity(i int) int {
	put, n := encEntity(s.text[i:])
	if n == 0 || s.url.holds(s.text, i) && !encEndsURL(put) {
		return i + 1
	}
	return s.add(i, i+n, "html-entity", put)
}

// encEntity decodes the entity that s begins with and returns its length, 0 if there is none. While the result is an ampersand
// that begins another entity, that one is decoded too: "&amp;quot;" was escaped twice.
func encEntity(s string) (put string, n int) {
	for {
		one, k := encEntityBody(s[max(1, n):])
		if k == 0 {
			return put, n
		}
		if n = max(1, n) + k; one != "&" {
			return one, n
		}
		put = one
	}
}

// encEntityBody decodes an entity without its ampersand.
func encEntityBody(s string) (put string, n int) {
	for n < len(s) && n < encEntityMax && encEntityByte(s[n]) {
		n++
	}
	if n == 0 || n == len(s) || s[n] != ';' {
		return "", 0
	}
	n++
	if s[0] == '#' {
		put = encNumber(s[1 : n-1])
	} else {
		put = encName(s[:n])
	}
	switch put {
	case "":
		return "", 0
	case "\u00A0":
		put = " " // it was typed for its width, and a blank is what every other tool makes of it
	case "\uFEFF":
		put = "" // as where it stands unescaped
	}
	return put, n
}

func encEntityByte(c byte) bool {
	return c == '#' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// encName decodes a name with its semicolon. The library also takes old names that lack one as prefixes of longer words; then
// a semicolon is left.
func encName(name string) string {
	put := html.UnescapeString("&" + name)
	if put[0] == '&' && len(put) > 1 || put[len(put)-1] == ';' && len(put) > 1 {
		return ""
	}
	return put
}

// encNumber decodes the number of a character, "39" or "x27". It returns "" for what is no character of a text.
func encNumber(digits string) string {
	base := 10
	if digits != "" && digits[0]|0x20 == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > unicode.MaxRune {
		return ""
	}
	r := rune(n)
	if 0x80 <= r && r < 0xA0 {
		r = encPages[encCP1252].chars[r-0x80] // as browsers do: such numbers were written for Windows
	}
	switch {
	case r == '\t', r == '\n', r == '\r':
	case unicode.IsControl(r), !utf8.ValidRune(r), r == utf8.RuneError, r&0xFFFE == 0xFFFE, 0xFDD0 <= r && r < 0xFDF0:
		return ""
	}
	return string(r)
}

// encURL knows whether a place lies in a URL. It is asked from left to right, so that each byte is looked at once.
type encURL struct {
	start int // of the word that was looked at last
	done  int // how far
	in    bool
}

// holds reports a URL around i: the word up to there has "://" or begins with "www.".
func (u *encURL) holds(text string, i int) bool {
	for k := i - 1; k >= u.done; k-- {
		if encEndsWord(text[k]) || text[k] == ';' && encEndsURL(encEntityBefore(text[u.done:k+1])) {
			u.start, u.done, u.in = k+1, k+1, false
			break
		}
	}
	if !u.in {
		// Three bytes back, since the mark may straddle the place reached before.
		word := text[max(u.start, u.done-3):i]
		u.in = strings.Contains(word, "://") || strings.HasPrefix(text[u.start:i], "www.")
	}
	u.done = i
	return u.in
}

// encEndsWord reports a byte that ends a URL in running text.
func encEndsWord(c byte) bool {
	return c <= ' ' || c == '"' || c == '<' || c == '>' || c >= utf8.RuneSelf
}

// encEndsURL reports an entity that stands for a quote, a bracket of a tag or a blank, so that it belongs to the text around a URL.
func encEndsURL(put string) bool {
	return put != "" && strings.Contains(" \t\r\n\"'<>«»“”‘’", put)
}

// encEntityBefore decodes the entity that s ends with, or returns "".
func encEntityBefore(s string) string {
	s = s[max(0, len(s)-encEntityMax-2):]
	k := strings.LastIndexByte(s, '&')
	if k < 0 {
		return ""
	}
	put, n := encEntityBody(s[k+1:])
	if k+1+n != len(s) {
		return ""
	}
	return put
}
