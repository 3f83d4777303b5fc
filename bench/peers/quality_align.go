package main

import (
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// piece is a line or a word of a text, at a place in code points.
type piece struct {
	text       string // words with one space between them
	start, end int
}

// cutOut says of each code point of a text whether it is missing from what a tool left of it. What tools cut are whole lines as a rule, and words are
// compared only where a line came back changed: many words stand in several lines. White space is never missing.
func cutOut(text, left string) []bool {
	was, is := []rune(text), []rune(left)
	missing, changed := align(lines(was), lines(is))
	if changed {
		missing, _ = align(words(was), words(is))
	}
	out := make([]bool, len(was))
	for _, p := range missing {
		for i := p.start; i < p.end; i++ {
			out[i] = !unicode.IsSpace(was[i])
		}
	}
	return out
}

// align finds pieces of one text that are not in the other, and tells whether the other has pieces of its own.
func align(a, b []piece) (missing []piece, changed bool) {
	symbols := map[string]rune{}
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // the result must not depend on the machine
	for _, d := range dmp.DiffMainRunes(encode(symbols, a), encode(symbols, b), false) {
		n := len([]rune(d.Text))
		switch d.Type {
		case diffmatchpatch.DiffInsert:
			changed = true
		case diffmatchpatch.DiffDelete:
			missing, a = append(missing, a[:n]...), a[n:]
		default:
			a = a[n:]
		}
	}
	return missing, changed
}

// encode numbers different pieces from 1, past the surrogates, which are no code points.
func encode(symbols map[string]rune, pieces []piece) (out []rune) {
	for _, p := range pieces {
		s, ok := symbols[p.text]
		if !ok {
			if s = rune(len(symbols) + 1); s >= 0xD800 {
				s += 0x800
			}
			symbols[p.text] = s
		}
		out = append(out, s)
	}
	return out
}

// lines are those that are not blank.
func lines(text []rune) []piece {
	return pieces(text, func(r rune) bool { return r == '\n' })
}

func words(text []rune) []piece { return pieces(text, unicode.IsSpace) }

func pieces(text []rune, between func(rune) bool) (out []piece) {
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && !between(text[i]) {
			continue
		}
		if said := strings.Join(strings.Fields(string(text[start:i])), " "); said != "" {
			out = append(out, piece{said, start, i})
		}
		start = i + 1
	}
	return out
}
