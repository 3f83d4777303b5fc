package quality

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entityBytes is more than the longest name of a character has, with its semicolon.
const entityBytes = 33

// entity decodes the character reference at i, if it is one, and returns where to go on.
func (s *encodingScan) entity(i int) int {
	if s.address(i) {
		return i + 1
	}
	from := i + 1 // after any number of "amp;", of references escaped again and again
	for strings.HasPrefix(s.text[from:], "amp;") {
		from += len("amp;")
	}
	end, put := reference(s.text[from:])
	switch {
	case end == 0 && from == i+1:
		return from
	case end == 0:
		put, end = "&", from
	default:
		end += from
	}
	if s.tagMark(put, end) {
		return end
	}
	s.add(i, end, ruleEntity, put, false)
	return end
}

// reference decodes what stands after an ampersand: it returns the length with the semicolon, and the character. It returns 0 where
// there is no reference, or one that makes no visible character.
func reference(s string) (int, string) {
	end := strings.IndexByte(s[:min(len(s), entityBytes)], ';')
	if end < 2 {
		return 0, ""
	}
	for _, c := range []byte(s[:end]) {
		if !(c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '#') {
			return 0, ""
		}
	}
	source := "&" + s[:end+1]
	put := html.UnescapeString(source)
	if put == source || strings.HasSuffix(put, ";") && s[:end] != "semi" && s[:end] != "#59" || strings.ContainsRune(put, utf8.RuneError) {
		return 0, "" // Go decodes "&notx;" by its beginning, as browsers do
	}
	r, size := utf8.DecodeRuneInString(put)
	switch {
	case size < len(put):
	case r == '\u00AD':
		put = ""
	case unicode.IsSpace(r):
		put = " "
	case unicode.IsControl(r):
		return 0, ""
	}
	return end + 1, put
}

// tagMark says whether a decoded < or > might be that of a tag, which stays as it is. s.text goes on at end.
func (s *encodingScan) tagMark(put string, end int) bool {
	switch put {
	case "<":
		r, _ := utf8.DecodeRuneInString(s.text[end:])
		s.tag = r == '/' || r == '!' || r < utf8.RuneSelf && unicode.IsLetter(r)
		return s.tag
	case ">":
		tag := s.tag
		s.tag = false
		return tag
	}
	return false
}

// address says whether the token around i is an address or has a query. Each token is looked at once.
func (s *encodingScan) address(i int) bool {
	if i < s.tokenEnd {
		return s.inURL
	}
	start := max(strings.LastIndexAny(s.text[s.tokenEnd:i], " \t\n\r")+1+s.tokenEnd, s.tokenEnd)
	end := len(s.text)
	if k := strings.IndexAny(s.text[i:], " \t\n\r"); k >= 0 {
		end = i + k
	}
	token := s.text[start:end]
	s.tokenEnd = end
	s.inURL = strings.Contains(token, "://") || strings.Contains(token, "www.") || strings.Contains(token, "/?")
	return s.inURL
}

// control takes the run of control characters at i and returns its end.
func (s *encodingScan) control(i int) int {
	end, separates := i, false
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if !unicode.IsControl(r) || r == '\t' || r == '\n' || r == '\r' {
			break
		}
		separates = separates || r == '\v' || r == '\f' || r >= 0x1A && r <= 0x1F || r == 0x85
		end += size
	}
	if end == i {
		return i + 1
	}
	put := ""
	before, _ := lastRune(s.text[:i])
	after, _ := utf8.DecodeRuneInString(s.text[end:])
	if separates && i > 0 && end < len(s.text) && !unicode.IsSpace(before) && !unicode.IsSpace(after) {
		put = " "
	}
	s.add(i, end, ruleControl, put, false)
	return end
}

// LostDigits says whether digits or letters of text were replaced by question marks: three or more of them as a word of their own after
// a word ("بلغ ???? ريال"). What they were cannot be known.
func LostDigits(text string) bool {
	for i := 0; ; {
		k := strings.Index(text[i:], "???")
		if k < 0 {
			return false
		}
		start := i + k
		i = start
		for i < len(text) && text[i] == '?' {
			i++
		}
		before, size := lastRune(text[:start])
		if unicode.IsSpace(before) {
			before, _ = lastRune(strings.TrimRight(text[max(0, start-size-8):start], " \u00a0"))
			after, _ := utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(before) && (i == len(text) || !unicode.IsLetter(after)) {
				return true
			}
		}
	}
}
