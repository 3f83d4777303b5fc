package report

import (
	"strconv"
	"strings"
)

// Two texts side by side: rows of two cells. A row holds either words that both texts have, or a place where they differ with the few
// common words in and around it.

const (
	comparedWords = 1500 // words of each text that are compared: the time for two quite different texts grows with the square
	rowWords      = 12   // common words in a row from which they stand in a row of their own
	clipWords     = 10   // words shown at either end of a long run
	clipFrom      = 30   // length of a run from which its middle is left out
)

// row is a part of the comparison: runs in which the two texts are equal, or differ.
type row struct {
	common bool
	runs   []WordRun
}

// rowsOf splits an alignment into rows.
func rowsOf(runs []WordRun) []row {
	var out []row
	for _, run := range runs {
		common := run.Kind == InBoth && len(run.Words) >= rowWords
		if common || len(out) == 0 || out[len(out)-1].common {
			out = append(out, row{common: common})
		}
		last := &out[len(out)-1]
		last.runs = append(last.runs, run)
	}
	return out
}

// alignShown aligns what is shown of two texts: the first words of one that went, and of the other the stretch that has most of them.
func alignShown(removed, kept string) (runs []WordRun, before, after int) {
	symbols := symbolTable{}
	wordsA, a := symbols.encode(removed)
	wordsB, b := symbols.encode(kept)
	after = max(len(a)-comparedWords, 0)
	a, wordsA = a[:len(a)-after], wordsA[:len(a)-after]
	from := densest(a, b, comparedWords)
	to := min(from+comparedWords, len(b))
	after += len(b) - to
	return diffSymbols(wordsA, a, wordsB[from:to], b[from:to]), from, after
}

// densest returns where the stretch of n symbols of b begins that has the most symbols of a; the first of equal ones.
func densest(a, b []rune, n int) int {
	if len(b) <= n {
		return 0
	}
	in := make(map[rune]bool, len(a))
	for _, s := range a {
		in[s] = true
	}
	count, most, at := 0, 0, 0
	for i, s := range b {
		if in[s] {
			count++
		}
		if i >= n && in[b[i-n]] {
			count--
		}
		if count > most {
			most, at = count, max(i-n+1, 0)
		}
	}
	return at
}

// sideBySide writes two texts as rows of two cells.
func (m *markup) sideBySide(removed, kept string) {
	runs, before, after := alignShown(removed, kept)
	if before > 0 {
		m.note(before, " words of the second text before this")
	}
	m.raw(`<div class="diff">`)
	for _, r := range rowsOf(runs) {
		if r.common {
			m.raw(`<div class="row same">`)
		} else {
			m.raw(`<div class="row">`)
		}
		m.cell(r.runs, OnlyRemoved)
		m.cell(r.runs, OnlyKept)
		m.raw(`</div>`)
	}
	m.raw(`</div>`)
	if after > 0 {
		m.note(after, " words more are not compared here")
	}
}

func (m *markup) note(n int, what literal) {
	m.raw(`<p class="note">`)
	m.text(grouped(n))
	m.raw(what, `</p>`)
}

// cell writes what one of two texts has of a row.
func (m *markup) cell(runs []WordRun, side RunKind) {
	m.raw(`<p class="cell" dir="auto">`)
	for _, run := range runs {
		switch {
		case run.Kind == InBoth && side == OnlyKept:
			m.words(run.Other)
		case run.Kind == InBoth:
			m.words(run.Words)
		case run.Kind == side && side == OnlyRemoved:
			m.raw(`<del>`)
			m.words(run.Words)
			m.raw(`</del>`)
		case run.Kind == side:
			m.raw(`<ins>`)
			m.words(run.Words)
			m.raw(`</ins>`)
		default:
			continue
		}
		m.raw(" ")
	}
	m.raw(`</p>`)
}

// words writes a run of words, the middle of a long one left out.
func (m *markup) words(words []string) {
	if len(words) < clipFrom {
		m.text(strings.Join(words, " "))
		return
	}
	m.text(strings.Join(words[:clipWords], " "))
	m.raw(` <span class="gap" dir="ltr">… `)
	m.text(strconv.Itoa(len(words) - 2*clipWords))
	m.raw(` words …</span> `)
	m.text(strings.Join(words[len(words)-clipWords:], " "))
}
