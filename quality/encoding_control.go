package quality

import "strings"

// encBreaks are the control characters that end a line or a field: without a line end in their place, words would be glued.
const encBreaks = "\v\f\x1c\x1d\x1e\u0085"

// control finds a stretch of control characters at i.
func (s *encScan) control(i int) int {
	end := i
	for n := encControlLen(s.text[end:]); n > 0; n = encControlLen(s.text[end:]) {
		end += n
	}
	if end == i {
		return i + 1
	}
	put := ""
	if strings.ContainsAny(s.text[i:end], encBreaks) && !s.atLineEnd(i, end) {
		put = "\n"
	}
	return s.add(i, end, "control", put)
}

// atLineEnd reports a line end or a border of the text beside a stretch.
func (s *encScan) atLineEnd(start, end int) bool {
	return start == 0 || end == len(s.text) || s.text[start-1] == '\n' || s.text[end] == '\n' || s.text[end] == '\r'
}

// encControlLen returns the length of the unwanted control character that s begins with, or 0.
func encControlLen(s string) int {
	switch {
	case s == "":
		return 0
	case encClass[s[0]] == encControl:
		return 1
	case len(s) > 1 && s[0] == 0xC2 && s[1] >= 0x80 && s[1] < 0xA0:
		return 2
	case strings.HasPrefix(s, "\uFEFF"):
		return 3
	}
	return 0
}
