package quality

import "unicode/utf8"

// proseWords is the number of words of a run of prose that the lexer reads all the same: so many tokens before one are looked at to weigh it.
const proseWords = 3

// skipProse passes over a run of Arabic words, with spaces, commas and full stops between them, which weigh nothing for code as long as there
// is no region: of a text with code that is most. The lexer goes on at the last words of the run, so that what follows finds the
// neighbours that it has.
func (s *codeScan) skipProse() {
	if s.lex.pos < s.prose || s.r.alive() || !s.w.n.isProse() || !s.w.nn.isProse() {
		return
	}
	s.prose = proseEnd(s.text, s.lex.pos)
	s.lex.pos = lastWords(s.text, s.lex.pos, s.prose)
}

// isProse reports a word beyond ASCII, or a mark between such words.
func (t *codeToken) isProse() bool {
	return t.kind == tokWord && t.has(tokForeign) || t.gap == noGap && (t.kind == tokOther || t.is('.'))
}

// proseEnd returns where the prose ends that begins at i.
func proseEnd(s string, i int) int {
	for i+1 < len(s) {
		switch c := s[i]; {
		case isArabicPair(c, s[i+1]), c == comma[0] && s[i+1] == comma[1]:
			i += 2
		case c == ' ':
			i++
		case c == '.' && s[i+1] == ' ' && i > 0 && s[i-1] >= utf8.RuneSelf:
			i += 2
		default:
			return i
		}
	}
	return i
}

const comma = "،"

// isArabicPair reports two bytes that are one of U+0620 to U+06FF, all of which belong to words for the lexer.
func isArabicPair(a, b byte) bool {
	return a >= 0xD8 && a <= 0xDB && b&0xC0 == 0x80 && (a > 0xD8 || b >= 0xA0)
}

// lastWords returns where the space before the last words of a run begins, or where the run does.
func lastWords(s string, start, end int) int {
	for n := 0; end > start; end-- {
		if s[end-1] == ' ' && (end == len(s) || s[end] != ' ') {
			if n++; n > proseWords {
				return end - 1
			}
		}
	}
	return start
}
