package audit

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/quality"
)

// articles reads the articles of a newspaper corpus that have a text.
func articles(t *testing.T, trim bool) []Document {
	t.Helper()
	f, err := os.Open(evaldata.Plain(t, "corpora/saudinewsnet.jsonl.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var docs []Document
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var d Document
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		if trim {
			d.Text = trimLines(d.Text)
		}
		if strings.TrimSpace(d.Text) != "" {
			docs = append(docs, d)
		}
	}
	if in.Err() != nil {
		t.Fatal(in.Err())
	}
	return docs
}

// examine returns what presets do by their names.
func examine(t *testing.T, docs []Document, raw bool, names ...string) map[string]*Preset {
	t.Helper()
	opt := Options{Raw: raw}
	for _, name := range names {
		p, err := quality.LoadPreset(name)
		if err != nil {
			t.Fatal(err)
		}
		opt.Presets = append(opt.Presets, p)
	}
	r, err := Examine(docs, opt)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Preset{}
	for i := range r.Presets {
		out[r.Presets[i].Name] = &r.Presets[i]
	}
	return out
}

func (p *Preset) rule(name string) *Rule {
	for i := range p.Rules {
		if p.Rules[i].Name == name {
			return &p.Rules[i]
		}
	}
	return &Rule{}
}

func of(rates []Rate, source string) float64 {
	for _, r := range rates {
		if r.Source == source {
			return r.Share
		}
	}
	return math.NaN()
}

func (p *Preset) warning(rule, source string) *Warning {
	for i := range p.Warnings {
		if w := &p.Warnings[i]; w.Rule == rule && w.Source == source {
			return w
		}
	}
	return nil
}

// TestPublishedFindings finds what was found by hand of the published recipes on 30,676 good articles: which rule drops which source, and why.
func TestPublishedFindings(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a whole corpus four times over")
	}
	near := func(what string, got, want, tol float64) {
		t.Logf("%-62s %.3f (found by hand %.3f)", what, got, want)
		if !(math.Abs(got-want) <= tol) {
			t.Errorf("%s: %.3f, want %.3f ± %.3f", what, got, want, tol)
		}
	}
	presets := examine(t, articles(t, false), true, "fineweb2-arb", "c4", "mc4", "gopher")
	arb, c4, mc4 := presets["fineweb2-arb"], presets["c4"], presets["mc4"]
	punct := arb.rule("line_punct_ratio")
	near("FineWeb-2 arb, no end mark: dropped", punct.Share, .510, .004)
	near("  alriyadh", of(punct.Sources, "alriyadh"), 1, .002)
	near("  sabq", of(punct.Sources, "sabq"), .99, .006)
	near("  aljazirah", of(punct.Sources, "aljazirah"), .98, .006)
	near("  with lines trimmed", float64(punct.Trimmed)/30_676, .053, .004)
	for _, source := range []string{"alriyadh", "sabq", "aljazirah"} {
		if w := arb.warning("line_punct_ratio", source); w == nil || w.Trimmed < .85 {
			t.Errorf("no warning that blanks at line ends drop %s: %+v", source, w)
		}
	}
	if w := arb.warning("dup_line_frac", "alriyadh"); w == nil || w.Trimmed < .95 {
		t.Errorf("no warning that lines of one blank are equal: %+v", w)
	}
	near("C4: dropped", c4.Share, .468, .004)
	near("  for too few sentences", c4.rule("too_few_sentences").Share, .464, .004)
	near("  documents with a brace", float64(c4.rule("curly_bracket").Hits), 122, 4)
	near("mC4: dropped", mc4.Share, .575, .004)
	near("  sabq, which has no line ends", of(mc4.Sources, "sabq"), .98, .01)
	near("Gopher, with English stop words: dropped", presets["gopher"].Share, .999, .002)

	trimmed := examine(t, articles(t, true), true, "fineweb2-arb")["fineweb2-arb"]
	near("lines trimmed, FineWeb-2 arb: dropped", trimmed.Share, .115, .015)
	near("  alweeam", of(trimmed.rule("line_punct_ratio").Sources, "alweeam"), .30, .02)
	if w := trimmed.warning("line_punct_ratio", "alweeam"); w == nil {
		t.Error("no warning that its footer drops alweeam")
	}
	repaired := examine(t, articles(t, true), false, "fineweb2-arb")["fineweb2-arb"]
	near("  the same repaired", of(repaired.rule("line_punct_ratio").Sources, "alweeam"), .03, .02)
}
