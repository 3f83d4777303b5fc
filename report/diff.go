package report

import (
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"github.com/corpusctl/corpusctl/arabic"
)

// RunKind says in which of two texts a run of words stands.
type RunKind int8

// The kinds of runs.
const (
	OnlyRemoved RunKind = -1
	InBoth      RunKind = 0
	OnlyKept    RunKind = 1
)

// WordRun is a run of words of one kind.
type WordRun struct {
	Kind  RunKind
	Words []string // as written; of a run in both texts, as the removed one has them
	Other []string // of a run in both texts: as the kept one has them
}

// DiffWords aligns two texts word by word. Words are equal when they fold to the same; punctuation goes with the word before it.
func DiffWords(removed, kept string) []WordRun {
	symbols := symbolTable{}
	wordsA, a := symbols.encode(removed)
	wordsB, b := symbols.encode(kept)
	return diffSymbols(wordsA, a, wordsB, b)
}

// diffSymbols aligns two lists of words, each with its symbols.
func diffSymbols(wordsA []string, a []rune, wordsB []string, b []rune) []WordRun {
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // the result must not depend on the machine
	var runs []WordRun
	for _, d := range dmp.DiffMainRunes(a, b, false) {
		n := len([]rune(d.Text))
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			runs, wordsA = append(runs, WordRun{Kind: OnlyRemoved, Words: wordsA[:n]}), wordsA[n:]
		case diffmatchpatch.DiffInsert:
			runs, wordsB = append(runs, WordRun{Kind: OnlyKept, Words: wordsB[:n]}), wordsB[n:]
		default:
			runs, wordsA, wordsB = append(runs, WordRun{InBoth, wordsA[:n], wordsB[:n]}), wordsA[n:], wordsB[n:]
		}
	}
	return runs
}

// symbolTable gives each folded word a code point of its own, so that a library that compares characters compares words.
type symbolTable map[string]rune

func (t symbolTable) encode(text string) (words []string, symbols []rune) {
	for word := range strings.FieldsSeq(text) {
		folded := arabic.Fold(word)
		if folded == "" && len(words) > 0 {
			words[len(words)-1] += " " + word
			continue
		}
		words = append(words, word)
		symbols = append(symbols, t.symbol(folded))
	}
	return words, symbols
}

// symbol numbers words from 1, past the surrogates, which are no code points. More different words than there are code points
// share the last: they would be shown as equal, in texts of more than a million different words.
func (t symbolTable) symbol(word string) rune {
	s, ok := t[word]
	if !ok {
		s = rune(len(t) + 1)
		if s >= 0xD800 {
			s += 0x800
		}
		s = min(s, 0x10FFFF)
		t[word] = s
	}
	return s
}
