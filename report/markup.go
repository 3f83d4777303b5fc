package report

import (
	"cmp"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/corpus"
)

// literal is markup that this package spells out: a constant converts to it by itself, a string from a document does not.
type literal string

// markup writes the parts of the page for which templates are too slow or too wordy: drawings and texts word by word. What comes from a
// document can only pass through text or attr, so that nothing of it is ever markup.
type markup struct{ b strings.Builder }

// raw writes markup.
func (m *markup) raw(parts ...literal) {
	for _, s := range parts {
		m.b.WriteString(string(s))
	}
}

// text writes text of a document. What would be invisible, or change the direction of the text around it, is shown as an escape, which
// stands apart so that its Latin letters turn nothing around either.
func (m *markup) text(s string) {
	s = plainLineEnds(s)
	if s != "" && visible(s) == s {
		m.b.WriteString(html.EscapeString(s))
		return
	}
	from := 0
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		char := s[i : i+size]
		if shown := visible(char); shown != char {
			m.b.WriteString(html.EscapeString(s[from:i]))
			m.raw(`<bdi class="esc">`)
			m.b.WriteString(html.EscapeString(shown))
			m.raw(`</bdi>`)
			from = i + size
		}
	}
	m.b.WriteString(html.EscapeString(s[from:]))
}

// attr writes an attribute with its value.
func (m *markup) attr(name literal, value string) {
	m.raw(" ", name, `="`)
	m.b.WriteString(html.EscapeString(visible(value)))
	m.raw(`"`)
}

// percent writes an attribute that is a share of the width.
func (m *markup) percent(name literal, share float64) {
	m.raw(" ", name, `="`)
	m.b.WriteString(strconv.FormatFloat(100*share, 'f', 2, 64))
	m.raw(`%"`)
}

// number writes an attribute that is a number.
func (m *markup) number(name literal, n float64) {
	m.raw(" ", name, `="`)
	m.b.WriteString(strconv.FormatFloat(n, 'f', -1, 64))
	m.raw(`"`)
}

// visible shows what would be invisible or change the direction of text around it as an escape; line ends stay, and \r\n is one.
func visible(s string) string {
	if !strings.Contains(s, "\n") {
		return corpus.Printable(s)
	}
	lines := strings.Split(plainLineEnds(s), "\n")
	for i, line := range lines {
		lines[i] = corpus.Printable(line)
	}
	return strings.Join(lines, "\n")
}

// plainLineEnds writes \r\n as \n.
func plainLineEnds(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// grouped writes a whole number with commas between groups of three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
