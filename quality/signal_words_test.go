package quality

import (
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/corpusctl/corpusctl/arabic"
)

// TestWordLists checks that the lists are all there and that no word in them is longer than what is looked up.
func TestWordLists(t *testing.T) {
	var file struct{ Exact, Folded map[string]string }
	if err := yaml.Unmarshal(wordsFile, &file); err != nil {
		t.Fatal(err)
	}
	check := func(lists map[string]string, names []string, letters int) {
		if len(lists) != len(names) {
			t.Errorf("%d lists, want %d", len(lists), len(names))
		}
		for _, name := range names {
			list := strings.Fields(lists[name])
			if len(list) < 8 {
				t.Errorf("%s has %d words", name, len(list))
			}
			for _, w := range list {
				if len(w) > longestWord || utf8.RuneCountInString(w) > letters {
					t.Errorf("%s of %s is never looked up", w, name)
				}
			}
		}
	}
	check(file.Exact, exactNames[:], longestWord)
	check(file.Folded, foldedNames[:], longestLetters)
	if _, err := words(); err != nil {
		t.Error(err)
	}
}

// TestLookup finds every word of every list by way of a document, twice: the second time from memory.
func TestLookup(t *testing.T) {
	var file struct{ Exact, Folded map[string]string }
	if err := yaml.Unmarshal(wordsFile, &file); err != nil {
		t.Fatal(err)
	}
	var a Analyzer
	for range 2 {
		for i, name := range exactNames {
			for w := range strings.FieldsSeq(file.Exact[name]) {
				if got := a.Analyze(w).StopWords[i]; got != 1 {
					t.Errorf("stop words %s of %q: %v", name, w, got)
				}
			}
		}
		for i, name := range foldedNames {
			for w := range strings.FieldsSeq(file.Folded[name]) {
				for _, form := range []string{w, arabic.Fold(w)} {
					if got := a.Analyze(form).WordsOf[i]; got != 1 {
						t.Errorf("words %s of %q: %v", name, form, got)
					}
				}
			}
		}
	}
}

// TestTable compares the table with a map over keys that collide and over growth, through several documents.
func TestTable(t *testing.T) {
	var table table
	for _, keys := range []int{0, 10, 5000, 3} {
		table.reset(keys / 100)
		want := map[uint64]int32{}
		for i := range keys * 2 {
			key := uint64(i%keys) << (i % 3 * 20)
			id, fresh := table.add(key)
			old, ok := want[key]
			if !ok {
				old = int32(len(want))
				want[key] = old
			}
			if id != old || fresh == ok {
				t.Fatalf("key %d: %d %v, want %d %v", key, id, fresh, old, !ok)
			}
		}
	}
}

func TestFractionOfGrams(t *testing.T) {
	var r repetition
	r.reset()
	for _, id := range []int32{0, 1, 0, 1, 0, 1} {
		r.add(id, 2)
	}
	var s Signals
	r.measure(&s, []int32{3, 3}, 17)
	if got, want := s.GopherTopNGram[0], 3*5./17; got != want { // "aa bb" three times
		t.Errorf("top 2-gram %v, want %v", got, want)
	}
}
