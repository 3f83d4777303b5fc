package job

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// jsonLine builds lines of JSON without an allocation for each value. Keys are given as the bytes before the value.
type jsonLine struct{ buf []byte }

func (w *jsonLine) raw(s string) { w.buf = append(w.buf, s...) }

func (w *jsonLine) str(before, s string) { w.buf = appendJSON(append(w.buf, before...), s) }

func (w *jsonLine) int(before string, n int64) {
	w.buf = strconv.AppendInt(append(w.buf, before...), n, 10)
}

// float writes the shortest digits that read back as the same number.
func (w *jsonLine) float(before string, f float64) {
	w.buf = strconv.AppendFloat(append(w.buf, before...), f, 'g', -1, 64)
}

// appendJSON appends a string as JSON. Anything but plain text goes the slow, safe way: control characters, what is not UTF-8,
// and what could end a script in a page.
func appendJSON(dst []byte, s string) []byte {
	if !plain(s) {
		quoted, _ := json.Marshal(s) // a string always marshals
		return append(dst, quoted...)
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

// plain tells whether s stands for itself between quotes.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0x7F:
			return false
		case c >= utf8.RuneSelf:
			return utf8.ValidString(s) && !hasSeparator(s)
		}
	}
	return true
}

// hasSeparator finds what a longer look is needed for once a string holds more than ASCII.
func hasSeparator(s string) bool {
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r == '<' || r == '>' || r == '&' || r == 0x7F || r == '\u2028' || r == '\u2029' {
			return true
		}
	}
	return false
}
