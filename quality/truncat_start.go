package quality

import (
	"strings"
	"unicode/utf8"
)

// judgeStart finds a text that begins inside a sentence: with a mark that cannot begin one. A first line in lower words is none
// in a script without case, so little can be known.
func (t *Truncations) judgeStart(rest string) Cut {
	first := t.lines[0]
	line := rest[first.start:first.end]
	r, size := utf8.DecodeRuneInString(line)
	switch {
	case strings.ContainsRune("،؛,;", r), r == ')' && strings.IndexByte(line, '(') < 0, r == '»' && !strings.Contains(line, "«"):
		if strings.TrimFunc(line[size:], invisible) != "" && first.runes >= proseRunes {
			return Cut{TruncatedStart, CauseStart, firstRunes(line)}
		}
	}
	return Cut{}
}
