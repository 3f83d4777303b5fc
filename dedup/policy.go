package dedup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Policy is a keep policy: an ordered list of rules that say which of two documents is the better one to keep; the first rule
// that tells them apart decides. The rules are
//
//	longest        the text with more shingles
//	earliest       the earlier date; documents without a readable date come after those with one
//	latest         the later date; as above
//	source:a,b,c   the source that stands first in the list; sources not in it come after
//	first          the one read first; it always ends the list, written or not
//
// A policy decides between texts that could each go. It never keeps a text that does not contain the removed one: where only
// one side of a pair may go, that side goes.
type Policy []string

// DefaultPolicy keeps the longest, of these the earliest, of these the first.
func DefaultPolicy() Policy { return Policy{"longest", "earliest", "first"} }

// ParsePolicy reads a policy as it is written on a command line: "source:was;reuters,longest" or "longest,earliest". Inside a
// source rule the sources are separated by semicolons, or the rule stands alone with commas: "source:a,b,c".
func ParsePolicy(s string) (Policy, error) {
	var p Policy
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case isRule(part):
			p = append(p, trimmedRule(part))
		case len(p) > 0 && strings.HasPrefix(p[len(p)-1], sourceRule):
			p[len(p)-1] += "," + part
		default:
			return nil, fmt.Errorf("keep policy: unknown rule %q; the rules are longest, earliest, latest, source:a,b,c and first", part)
		}
	}
	return p, p.validate()
}

// trimmedRule writes a rule with commas and without the spaces around the names of sources.
func trimmedRule(rule string) string {
	list, ok := strings.CutPrefix(rule, sourceRule)
	if !ok {
		return rule
	}
	names := strings.FieldsFunc(list, func(r rune) bool { return r == ';' || r == ',' })
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return sourceRule + strings.Join(names, ",")
}

const sourceRule = "source:"

func isRule(s string) bool {
	switch s {
	case "longest", "earliest", "latest", "first":
		return true
	}
	return strings.HasPrefix(s, sourceRule) && len(s) > len(sourceRule)
}

func (p Policy) validate() error {
	for _, rule := range p {
		if !isRule(rule) {
			return fmt.Errorf("keep policy: unknown rule %q; the rules are longest, earliest, latest, source:a,b,c and first", rule)
		}
	}
	return nil
}

// String returns the policy as ParsePolicy reads it.
func (p Policy) String() string {
	rules := make([]string, len(p))
	for i, rule := range p {
		rules[i] = strings.ReplaceAll(rule, ",", ";")
	}
	return strings.Join(rules, ",")
}

// order returns a comparison of two documents: negative when the first is the better one to keep.
func (p Policy) order(docs *paged[docInfo], sources []string) func(a, b uint32) int {
	steps := make([]func(x, y *docInfo) int, 0, len(p))
	for _, rule := range p {
		switch rule {
		case "longest":
			steps = append(steps, func(x, y *docInfo) int { return cmp.Compare(y.shingles, x.shingles) })
		case "earliest":
			steps = append(steps, func(x, y *docInfo) int { return compareDates(x.date, y.date, 1) })
		case "latest":
			steps = append(steps, func(x, y *docInfo) int { return compareDates(x.date, y.date, -1) })
		case "first":
			steps = append(steps, func(_, _ *docInfo) int { return 0 })
		default:
			rank := sourceRanks(preferred(rule), sources)
			steps = append(steps, func(x, y *docInfo) int { return cmp.Compare(rank[x.source], rank[y.source]) })
		}
	}
	return func(a, b uint32) int {
		for _, step := range steps {
			if c := step(docs.at(a), docs.at(b)); c != 0 {
				return c
			}
		}
		return cmp.Compare(a, b)
	}
}

// preferred lists the sources of a source rule.
func preferred(rule string) []string { return strings.Split(strings.TrimPrefix(rule, sourceRule), ",") }

// names reports whether a rule asks for the source.
func (p Policy) names(source string) bool {
	return slices.ContainsFunc(p, func(rule string) bool {
		return strings.HasPrefix(rule, sourceRule) && slices.Contains(preferred(rule), source)
	})
}

// sourceRanks gives each source its place in the list, or the place after the last.
func sourceRanks(first, sources []string) []int {
	rank := make([]int, len(sources))
	for i, s := range sources {
		rank[i] = len(first)
		for j, p := range first {
			if p == s {
				rank[i] = j
				break
			}
		}
	}
	return rank
}

// compareDates orders dates in the direction given, with unreadable ones last in both.
func compareDates(x, y int64, direction int) int {
	switch {
	case x == y:
		return 0
	case x == noDate:
		return 1
	case y == noDate:
		return -1
	}
	return direction * cmp.Compare(x, y)
}
