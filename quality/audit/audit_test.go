package audit

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/quality"
)

func preset(t *testing.T, yaml string) *quality.Preset {
	t.Helper()
	p, err := quality.ParsePreset(strings.NewReader(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const rules = `name: mine
about: x
source: x
rules:
  - {name: short, signal: chars, op: "<", threshold: 20}
  - {name: digits, signal: digits, op: ">", threshold: 0.5}
  - {name: open, signal: fineweb_line_punct, op: "<", threshold: 0.5}
  - {name: gated, signal: chars, op: "<", threshold: 1000, when: [{signal: digits, op: ">", threshold: 0.9}]}
`

// TestSets counts by hand.
func TestSets(t *testing.T) {
	docs := []Document{
		{ID: "a", Text: "قصير."},                   // short
		{ID: "b", Text: "1234567890123456789012."}, // digits, gated
		{ID: "c", Text: "12345."},                  // short, digits
		{ID: "d", Text: "هذه جملة طويلة تنتهي بفراغ بعدها. "}, // open, but for the space
		{ID: "e", Text: "هذه جملة طويلة تنتهي بنقطة كما يجب."},
	}
	r, err := Examine(docs, Options{Presets: []*quality.Preset{preset(t, rules)}, Raw: true, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Presets[0]
	if p.Dropped != 4 || p.Trimmed != 3 {
		t.Errorf("dropped %d, trimmed %d", p.Dropped, p.Trimmed)
	}
	for i, want := range [][3]int{{2, 1, 2}, {2, 0, 2}, {1, 1, 0}, {1, 0, 1}} {
		if g := p.Rules[i]; [3]int{g.Hits, g.Alone, g.Trimmed} != want {
			t.Errorf("%s: hits %d, alone %d, trimmed %d, want %v", g.Name, g.Hits, g.Alone, g.Trimmed, want)
		}
	}
	near := p.Rules[0]
	if near.Dropped[0].ID != "c" || near.Kept[0].ID != "b" {
		t.Errorf("near the threshold: %+v, %+v", near.Dropped, near.Kept)
	}
	if gated := p.Rules[3]; len(gated.Kept) != 0 || len(gated.Dropped) != 1 {
		t.Errorf("examples where the rule does not apply: %+v", gated.Kept)
	}
	if o := p.Overlaps; len(o) != 2 || o[0].Both != 1 {
		t.Errorf("overlaps %+v", o)
	}
}

// TestFisher holds the tail against sums of exact fractions.
func TestFisher(t *testing.T) {
	for range 2000 {
		total := 1 + rand.IntN(60)
		n, hits := rand.IntN(total+1), rand.IntN(total+1)
		k := rand.IntN(min(n, hits) + 1)
		sum := new(big.Int)
		for i := k; i <= min(n, hits); i++ {
			if n-i <= total-hits {
				a := new(big.Int).Binomial(int64(hits), int64(i))
				sum.Add(sum, a.Mul(a, new(big.Int).Binomial(int64(total-hits), int64(n-i))))
			}
		}
		want, _ := new(big.Rat).SetFrac(sum, new(big.Int).Binomial(int64(total), int64(n))).Float64()
		if got := math.Exp(fisher(k, n, hits, total)); math.Abs(got-want) > 1e-9*max(want, 1e-3) {
			t.Fatalf("%d of %d, %d of %d: %v, want %v", k, n, hits, total, got, want)
		}
	}
	if p := fisher(1000, 1000, 1000, 1_000_000); p > -6000 || math.IsNaN(p) {
		t.Errorf("far out: %v", p)
	}
}

// TestFairRules warns seldom where there is no difference, and where there is, of that source alone.
func TestFairRules(t *testing.T) {
	warned := 0
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		var docs []Document
		for i := range 1200 {
			source, text := fmt.Sprintf("s%d", i%12), "هذه جملة طويلة تنتهي بنقطة كما يجب."
			if r.IntN(10) == 0 || round == 0 && source == "s3" && r.IntN(2) == 0 {
				text = "قصير."
			}
			docs = append(docs, Document{ID: fmt.Sprint(i), Source: source, Text: text})
		}
		result, err := Examine(docs, Options{Presets: []*quality.Preset{preset(t, rules)}, Raw: true})
		if err != nil {
			t.Fatal(err)
		}
		w := result.Presets[0].Warnings
		if round == 0 {
			if len(w) != 1 || w[0].Source != "s3" || w[0].Rule != "short" {
				t.Errorf("warnings: %+v", w)
			}
			continue
		}
		warned += len(w)
	}
	if warned > 2 {
		t.Errorf("%d warnings in 59 corpora without a difference", warned)
	}
}

func TestNoDocuments(t *testing.T) {
	p := preset(t, rules)
	for _, docs := range [][]Document{nil, {{}}, {{Text: "\xff\xfe\x00"}}} {
		r, err := Examine(docs, Options{Presets: []*quality.Preset{p}})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := r.Print(&b, func(s string) string { return s }, true); err != nil || b.Len() == 0 {
			t.Error(err)
		}
	}
}
