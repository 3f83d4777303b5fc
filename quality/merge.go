package quality

import (
	"slices"
	"strings"
)

// merge adds spans to those that were found before, which have the right of way: what overlaps them is clipped, and goes if no more
// than white space is left of it. Both are sorted and disjoint, and so is the result.
func merge(found, more []Span, text string) []Span {
	if len(more) == 0 {
		return found
	}
	first := len(found)
	before := found[:first:first]
	for _, s := range more {
		for len(before) > 0 && before[0].End <= s.Start {
			before = before[1:]
		}
		for _, b := range before {
			if b.Start >= s.End {
				break
			}
			found = appendClipped(found, s, s.Start, b.Start, text)
			s.Start = max(s.Start, b.End)
		}
		found = appendClipped(found, s, s.Start, s.End, text)
	}
	slices.SortFunc(found, func(x, y Span) int { return x.Start - y.Start })
	return found
}

// appendClipped appends what of a span lies in text[start:end]. A span that puts something in its place is all or nothing.
func appendClipped(dst []Span, s Span, start, end int, text string) []Span {
	if start >= end || s.Put != "" && (start != s.Start || end != s.End) || s.Put == "" && blankText(text[start:end]) && !blankText(text[s.Start:s.End]) {
		return dst
	}
	s.Start, s.End = start, end
	return append(dst, s)
}

func blankText(s string) bool { return strings.TrimSpace(s) == "" }
