package generate

import (
	"slices"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/dedup"
)

// TestLabels compares every labelled pair of a corpus, exactly, and asks package dedup what it says of the two.
func TestLabels(t *testing.T) {
	for _, mean := range []int{ShortBytes, NewsBytes} {
		g := generator(t, Options{Seed: 7, Bytes: mean})
		var a, b Document
		seen := map[Kind]int{}
		documents := 5000
		if testing.Short() {
			documents = 1500
		}
		for i := range documents {
			g.Make(i, &b)
			l := b.Label
			if l.A == l.B {
				continue
			}
			text := slices.Clone(b.Text)
			g.Make(l.A, &a)
			seen[l.Kind]++
			checkPair(t, l, a.Text, text)
		}
		t.Log(mean, seen)
		if len(seen) != len(kindNames)-int(exact) {
			t.Errorf("only these kinds were made: %v", seen)
		}
	}
}

func checkPair(t *testing.T, l Label, a, b []byte) {
	t.Helper()
	k := dedup.DefaultOptions().Shingle
	m := dedup.Compare(arabic.AppendFold(nil, a), arabic.AppendFold(nil, b), k)
	ok := true
	switch j, ca, cb := m.Jaccard(), m.ContainmentA(), m.ContainmentB(); l.Kind {
	case exact:
		ok = j == 1
	case edited:
		ok = j >= .6 && j < 1 && min(ca, cb) >= .75
	case truncated, dropped, excerpt:
		ok = cb >= .9 && ca < .95
	case enlarged:
		ok = ca >= .85 && cb < .95
	case quote, background:
		ok = max(ca, cb) < .7
	case facts:
		ok = j > .25 && j < .9
	}
	if !ok {
		t.Errorf("%+v: measures %v %v %v", l, m.Jaccard(), m.ContainmentA(), m.ContainmentB())
	}
	found, err := dedup.Find([]string{string(a), string(b)}, dedup.Options{})
	if err != nil {
		t.Fatal(err)
	}
	drop := dedup.DropNone
	pairs := slices.Collect(found.Pairs())
	if len(pairs) > 0 {
		drop = pairs[0].Drop
	}
	if drop != l.Drop() {
		t.Errorf("%+v: %v, drop %v by dedup (%v)\n%s\n%s", l, pairs, drop, m, a, b)
	}
}
