package quality

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// judgeStart finds a text that begins inside a sentence, with a mark that cannot begin one, or inside a report, with the words by
// which a report goes on: "and he added", "for his part", "thirdly". In a script without case little else can be known.
func (t *Truncations) judgeStart(rest string) Cut {
	first := t.lines[0]
	line := first.of(rest)
	if !holds(line, proseRunes) && (len(t.lines) == 1 || !t.goesOnWith(line)) {
		return Cut{}
	}
	if startsWithMark(line) && holds(rest, shortText+1) || t.goesOnWith(line) { // messages begin with commas for ornament
		return Cut{TruncatedStart, CauseStart, firstRunes(line)}
	}
	return Cut{}
}

// startsWithMark says whether line begins with a comma, or with a closing bracket that nothing opens.
func startsWithMark(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	mark := strings.ContainsRune("،؛,;", r) || r == ')' && strings.IndexByte(line, '(') < 0 || r == '»' && !strings.Contains(line, "«")
	return mark && strings.TrimFunc(line[size:], invisible) != ""
}

// goesOnWith says whether line begins with a word that continues a report.
func (t *Truncations) goesOnWith(line string) bool {
	head := firstBytes(line, 60)
	first, rest, two := bytes.Cut(t.foldShort(opening(head)), []byte{' '})
	if !two {
		first, rest, _ = bytes.Cut(t.foldShort(head), []byte{' '})
	}
	second, _, _ := bytes.Cut(rest, []byte{' '})
	return continuers[string(first)] && !quotedOften[string(second)] || string(first) == "من" && sidesOf[string(second)]
}

// firstBytes returns the characters of s that begin in its first n+1 bytes.
func firstBytes(s string, n int) string {
	end := min(n+1, len(s))
	for most := min(n+utf8.UTFMax, len(s)); end < most && !utf8.RuneStart(s[end]); {
		end++
	}
	return s[:end]
}

// continuers are the words, folded, that continue a report; after them quotedOften begin a saying instead, which can begin a text.
var (
	continuers  = foldedSet(`واضاف واضافت واكد واكدت واوضح واوضحت وقال وقالت واشار واشارت وتابع وتابعت واستطرد ولفت ثالثا رابعا خامسا سادسا بدوره بدورها`)
	quotedOften = foldedSet(`الله تعالي رسول الرسول النبي الشاعر صلي عز سبحانه الامام شيخ ابن ابو`)
	sidesOf     = foldedSet(`جانبه جانبها جهته جهتها ناحيته ناحيتها`)
)
