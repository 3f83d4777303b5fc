package quality

import (
	"strings"
	"unicode"
)

// settle widens the spans that will be cut by the white space that would be left over: around a line that goes, the line's end goes
// too; of the spaces on both sides of a cut, one side stays, that with a line break if any has one; at the ends of the text nothing
// stays. Spans that are only marked, and those that put something in the place of what they cut, are as they were.
func settle(spans []Span, cut Kinds, text string) {
	plain := func(i int) bool { return i < len(spans) && cuts(spans[i], cut) && spans[i].Put == "" }
	floor := 0 // where the last span ended
	for i := 0; i < len(spans); {
		if !plain(i) {
			floor = spans[i].End
			i++
			continue
		}
		j := i + 1 // the spans from i to j have only white space between
		for plain(j) && blankText(text[spans[j-1].End:spans[j].Start]) {
			spans[j-1].End = spans[j].Start
			j++
		}
		ceiling := len(text)
		if j < len(spans) {
			ceiling = spans[j].Start
		}
		before, after := blankBefore(text[floor:spans[i].Start]), blankAfter(text[spans[j-1].End:ceiling])
		atStart, atEnd := spans[i].Start-len(before) == 0, spans[j-1].End+len(after) == len(text)
		takeBefore, takeAfter := sides(before, after, atStart, atEnd)
		if takeBefore {
			spans[i].Start -= len(before)
		}
		if takeAfter {
			spans[j-1].End += len(after)
		}
		floor, i = spans[j-1].End, j
	}
}

// sides tells which of the white space around a cut goes with it.
func sides(before, after string, atStart, atEnd bool) (takeBefore, takeAfter bool) {
	switch {
	case atStart || atEnd:
		return true, true
	case before == "" || after == "":
		return false, false
	case strings.Contains(before, "\n") && !strings.Contains(after, "\n"):
		return false, true
	}
	return true, false
}

func blankBefore(s string) string { return s[len(strings.TrimRightFunc(s, unicode.IsSpace)):] }

func blankAfter(s string) string { return s[:len(s)-len(strings.TrimLeftFunc(s, unicode.IsSpace))] }
