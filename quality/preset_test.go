package quality_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/quality"
)

func TestPresets(t *testing.T) {
	want := []string{"bigscience-ar", "c4", "c4-nopunct", "fineweb", "fineweb2-acm", "fineweb2-aeb", "fineweb2-apc", "fineweb2-arb",
		"fineweb2-arq", "fineweb2-ars", "fineweb2-ary", "fineweb2-arz", "gopher", "mc4", "news-ar", "redpajama2"}
	if diff := cmp.Diff(want, quality.PresetNames()); diff != "" {
		t.Error(diff)
	}
	var a quality.Analyzer
	for _, name := range quality.PresetNames() {
		p, err := quality.LoadPreset(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if p.Name != name || p.About == "" || p.Source == "" || len(p.Rules)+len(p.Signals) == 0 {
			t.Errorf("%s: name %q, about %q, source %q", name, p.Name, p.About, p.Source)
		}
		if len(p.Rules) > 0 && len(p.Judge(a.Analyze(""))) == 0 {
			t.Errorf("%s keeps a text without a letter", name)
		}
	}
}

func TestPresetErrors(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"", "read preset: EOF"},
		{"rules: []", "preset has no name: add one"},
		{"name: x\nrule: []", "field rule not found"},
		{"name: x\nrules: [{name: a, signal: no, op: <, threshold: 1}]", `rule a: no signal "no"`},
		{"name: x\nrules: [{name: a, signal: chars, op: =, threshold: 1}]", `rule a: comparison "=": use <, <=, > or >=`},
		{"name: x\nrules: [{name: a, signal: chars, op: <}]", "rule a: no threshold"},
		{"name: x\nrules: [{signal: chars, op: <, threshold: 1}]", `name "" is empty`},
		{"name: x\nrules: [{name: a, signal: chars, op: <, threshold: 1}, {name: a, signal: chars, op: <, threshold: 1}]", "used twice"},
		{"name: x\nrules: [{name: a, signal: chars, op: <, threshold: 1, when: [{signal: no, op: <, threshold: 1}]}]", `no signal "no"`},
		{"name: x\nsignals: [no]", `no signal "no"`},
	} {
		_, err := quality.ParsePreset(strings.NewReader(c.yaml))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.yaml, err, c.want)
		}
	}
	if _, err := quality.LoadPreset("../preset"); err == nil || !strings.Contains(err.Error(), "use one of bigscience-ar") {
		t.Errorf("LoadPreset: %v", err)
	}
}

func TestJudge(t *testing.T) {
	p, err := quality.ParsePreset(strings.NewReader(`
name: test
rules:
  - {name: short, signal: chars, op: "<", threshold: 5}
  - {name: exact, signal: chars, op: ">=", threshold: 5}
  - {name: alone, signal: lines, op: "<=", threshold: 1, when: [{signal: chars, op: ">", threshold: 5}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	verdict := func(rule, signal, op string, value, threshold float64) quality.Verdict {
		return quality.Verdict{Rule: rule, Signal: signal, Op: op, Value: value, Threshold: threshold}
	}
	var a quality.Analyzer
	for text, want := range map[string][]quality.Verdict{
		"كلمة":     {verdict("short", "chars", "<", 4, 5)},
		"كلمات":    {verdict("exact", "chars", ">=", 5, 5)},
		"كلمتان.":  {verdict("exact", "chars", ">=", 7, 5), verdict("alone", "lines", "<=", 1, 1)},
		"كلمة\nلا": {verdict("exact", "chars", ">=", 7, 5)},
	} {
		if diff := cmp.Diff(want, p.Judge(a.Analyze(text))); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	if err := p.Set("short", 4); err != nil || p.Judge(a.Analyze("كلمة")) != nil {
		t.Errorf("the threshold was not set: %v", err)
	}
	if err := p.Set("long", 4); err == nil || err.Error() != `preset test has no rule "long": use one of short, exact, alone` {
		t.Errorf("Set: %v", err)
	}
	if !p.Uses("lines") || p.Uses("tokens") {
		t.Error("Uses is wrong")
	}
	if got := p.Judge(a.Analyze("كل"))[0].String(); got != "short: chars 2 < 4" {
		t.Error(got)
	}
}
