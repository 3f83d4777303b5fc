package quality_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/quality"
)

// document is what the tests read of a record.
type document struct {
	ID, Source, Text string
}

// corpus reads a file of the evaluation data; texts of white space alone are left out, as in the published figures.
func corpus(tb testing.TB, name string) []document {
	tb.Helper()
	f, err := os.Open(evaldata.Plain(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var docs []document
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var d document
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			tb.Fatal(err)
		}
		if strings.TrimSpace(d.Text) != "" {
			docs = append(docs, d)
		}
	}
	if in.Err() != nil {
		tb.Fatal(in.Err())
	}
	return docs
}

// some keeps the rules of a preset whose signals begin with one of prefixes.
func some(tb testing.TB, name string, prefixes ...string) *quality.Preset {
	tb.Helper()
	p, err := quality.LoadPreset(name)
	if err != nil {
		tb.Fatal(err)
	}
	var rules []quality.Rule
	for _, r := range p.Rules {
		for _, prefix := range prefixes {
			if strings.HasPrefix(r.Signal, prefix) {
				rules = append(rules, r)
			}
		}
	}
	if len(rules) == 0 {
		tb.Fatalf("%s has no rules over %v", name, prefixes)
	}
	p.Rules = rules
	return p
}

// trimLines trims each line, and the text: a line break at each end would be two equal lines to Gopher's rule.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

var (
	fineWebSignals    = []string{"fineweb_"}
	repetitionSignals = []string{"gopher_dup", "gopher_top"}
	qualitySignals    = []string{"gopher_words", "gopher_mean", "gopher_hash", "gopher_ellipsis", "gopher_bullet", "gopher_alpha", "stop_words"}
)

// TestPublished compares what the published recipes drop of 30,676 good articles with what the published code drops of them,
// which was run unmodified but for its tokenizer: ±.3 points where a rule looks at lines, ±1.5 where it counts tokens.
func TestPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a whole corpus four times over")
	}
	docs := corpus(t, "corpora/saudinewsnet.jsonl.zst")
	cases := []struct {
		name, preset string
		signals      []string
		trim         bool
		percent, tol float64
	}{
		{"FineWeb-2 arb, FineWeb rules", "fineweb2-arb", fineWebSignals, false, 51.0, .3},
		{"FineWeb-2 arb, FineWeb rules, lines trimmed", "fineweb2-arb", fineWebSignals, true, 5.3, .3},
		{"FineWeb-2 arb, Gopher repetition", "fineweb2-arb", repetitionSignals, false, 5.1, 1.5},
		{"FineWeb-2 arb, Gopher repetition, lines trimmed", "fineweb2-arb", repetitionSignals, true, 2.3, 1.5},
		{"FineWeb-2 arb, Gopher quality", "fineweb2-arb", qualitySignals, false, 7.0, 1.5},
		{"FineWeb-2 arb, Gopher quality, lines trimmed", "fineweb2-arb", qualitySignals, true, 7.1, 1.5},
		{"FineWeb-2 arb, lines trimmed", "fineweb2-arb", []string{""}, true, 11.5, 1.5},
		{"C4", "c4", []string{"c4_"}, false, 46.8, .3},
		{"C4 without its rule of end marks", "c4-nopunct", []string{"c4_"}, false, 38.3, .3},
		{"mC4", "mc4", []string{"mc4_"}, false, 57.5, .3},
		{"Gopher quality, English stop words", "gopher", qualitySignals, false, 99.9, .3},
	}
	var presets []*quality.Preset
	for _, c := range cases {
		presets = append(presets, some(t, c.preset, c.signals...))
	}
	dropped := make([]int, len(cases))
	rules := make([]map[string]int, len(cases))
	var a quality.Analyzer
	for _, d := range docs {
		for _, trim := range []bool{false, true} {
			if trim {
				d.Text = trimLines(d.Text)
			}
			s := a.Analyze(d.Text)
			for i, p := range presets {
				if cases[i].trim != trim {
					continue
				}
				verdicts := p.Judge(s)
				if len(verdicts) > 0 {
					dropped[i]++
				}
				for _, v := range verdicts {
					if rules[i] == nil {
						rules[i] = map[string]int{}
					}
					rules[i][v.Rule]++
				}
			}
		}
	}
	for i, c := range cases {
		got := 100 * float64(dropped[i]) / float64(len(docs))
		t.Logf("%-50s %5.2f%% (published %.1f%%) %v", c.name, got, c.percent, rules[i])
		if got < c.percent-c.tol || got > c.percent+c.tol {
			t.Errorf("%s drops %.2f%%, published %.1f%% ± %.1f", c.name, got, c.percent, c.tol)
		}
	}
}
