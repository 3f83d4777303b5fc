package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/eval"
	"github.com/google/go-cmp/cmp"
)

// TestCutOut: what is missing from a text is found at its place, whichever of equal words or lines it is.
func TestCutOut(t *testing.T) {
	for _, c := range []struct{ name, text, left, want string }{
		{"nothing", "one two\n three", "one  two\nthree", ""},
		{"a line of words that stand elsewhere", "go on now\non now\nnow go", "go on now\nnow go", "onnow"},
		{"one of two equal lines", "a b\na b\nc", "a b\nc", "ab"},
		{"words in a line", "say f(x); it\nend", "say it\nend", "f(x);"},
		{"all but a line", "x\ny\nz", "y", "xz"},
		{"Arabic, and punctuation alone", "قال الوزير.\n“);\nشاركها", "قال الوزير.", "“);شاركها"},
		{"a line changed and one cut", "a b c\nd e\nf", "a b\nf", "cde"},
	} {
		var got []rune
		text := []rune(c.text)
		for i, gone := range cutOut(c.text, c.left) {
			if gone {
				got = append(got, text[i])
			}
		}
		if string(got) != c.want {
			t.Errorf("%s: %q is missing, want %q", c.name, string(got), c.want)
		}
	}
}

func number(n int) *int { return &n }

// TestScoreGoldTexts: one text of each sort that is told apart.
func TestScoreGoldTexts(t *testing.T) {
	texts := []text{
		{ID: "clean", Text: "good", Prose: number(1), Truncated: "no"},
		{ID: "changed", Text: "good words", Prose: number(1), Truncated: "no"},
		{ID: "gone", Text: "fine", Prose: number(1), Truncated: "no"},
		{ID: "left-over", Text: "body share me now", Spans: []goldSpan{{5, 13, "share"}, {14, 17, "byline"}}, Prose: number(1), Truncated: "no"},
		{ID: "stub", Text: "menu", Prose: number(0), Truncated: "stub"},
		{ID: "cut", Text: "he sai", Prose: number(1), Truncated: "end"},
		{ID: "unsure", Text: "who knows", Prose: number(1), Truncated: "no", Sure: number(0)},
		{ID: "unseen", Text: "seen dark", Unseen: [][2]int{{5, 9}}, Prose: number(1), Truncated: "no"},
		{ID: "coded", Text: "f(); text", Spans: []goldSpan{{0, 4, ""}}, Label: "adcode"},
		{ID: "coded and dropped", Text: "g(); text", Spans: []goldSpan{{0, 4, "script"}}, Label: "adcode"},
	}
	outcomes := []outcome{
		{}, {cut: cutOut("good words", "good")}, {dropped: true, rule: "line_punct_ratio"},
		{cut: cutOut("body share me now", "body me")}, {dropped: true}, {marked: true}, {dropped: true},
		{cut: cutOut("seen dark", "seen")}, {cut: cutOut("f(); text", "text")}, {dropped: true},
	}
	want := &goldScore{
		Worth: rate{1, 5}, Rules: map[string]int{"line_punct_ratio": 1}, NoProse: rate{1, 1}, Truncated: rate{2, 2},
		Coded: rate{1, 2}, Freed: rate{1, 2}, Cut: eval.Counts{Right: 9, Wrong: 5, Missed: 2}, Touched: rate{1, 4},
		Gone: rate{13, 15}, Lost: rate{13, 38},
	}
	if d := cmp.Diff(want, scoreGoldTexts(texts, outcomes, false)); d != "" {
		t.Error(d)
	}
}

// TestOnlyCode: where only code is labelled, other leftovers that a tool names are not wrong, but gone.
func TestOnlyCode(t *testing.T) {
	texts := []text{{Text: "f(); x share", Spans: []goldSpan{{0, 4, ""}}, Label: "adcode"}}
	o := outcome{cut: cutOut(texts[0].Text, "x"), code: cutOut(texts[0].Text, "x share"), kinds: true}
	got := scoreGoldTexts(texts, []outcome{o}, true)
	if got.Cut != (eval.Counts{Right: 4}) || got.Lost != (rate{5, 6}) {
		t.Errorf("%+v", got)
	}
	o.kinds = false
	if got := scoreGoldTexts(texts, []outcome{o}, true); got.Cut != (eval.Counts{Right: 4, Wrong: 5}) {
		t.Errorf("%+v", got)
	}
}

// TestOutcomes: a text is kept, changed, dropped by a rule, or dropped because nothing is left of it.
func TestOutcomes(t *testing.T) {
	texts := []text{{ID: "a", Text: "one\ntwo"}, {ID: "b", Text: "one\ntwo"}, {ID: "c", Text: "three"}, {ID: "d", Text: "four"}}
	dir := t.TempDir()
	write(t, dir, "kept.jsonl", `{"id":"a","text":"one\ntwo"}`+"\n"+`{"id":"b","text":"one"}`+"\n"+`{"id":"d","text":" "}`+"\n")
	write(t, dir, "dropped.tsv", "c\ttoo_short\n")
	got, err := readOutcomes(dir, texts)
	if err != nil {
		t.Fatal(err)
	}
	want := []outcome{{}, {cut: []bool{false, false, false, false, true, true, true}}, {dropped: true, rule: "too_short"}, {dropped: true}}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(outcome{})); d != "" {
		t.Error(d)
	}
	if _, err := readOutcomes(t.TempDir(), texts); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// TestOwnOutcomes: what corpusctl only marks by default is not cut out.
func TestOwnOutcomes(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "out/decisions.jsonl", `{"id":"a","action":"repaired","spans":[{"start":0,"end":2,"kind":"share","rule":"x","cut":true},{"start":3,"end":4,"kind":"byline","rule":"y"}]}`+"\n"+
		`{"id":"b","action":"removed","truncated":"stub","reasons":[{"rule":"truncated"},{"rule":"stub"}]}`+"\n"+`{"id":"other","action":"removed"}`+"\n")
	got, err := readOwnOutcomes(dir, []text{{ID: "a", Text: "من هو"}, {ID: "b", Text: "x"}, {ID: "c", Text: "y"}})
	if err != nil {
		t.Fatal(err)
	}
	none := make([]bool, 5)
	want := []outcome{{cut: []bool{true, true, false, false, false}, code: none, kinds: true}, {dropped: true, rule: "stub", marked: true, kinds: true}, {}}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(outcome{})); d != "" {
		t.Error(d)
	}
}

// TestSample: the same texts are drawn whatever their order, and no blank one.
func TestSample(t *testing.T) {
	dir := t.TempDir()
	lines := []string{`{"id":"a","text":"1"}`, `{"id":"b","text":" "}`, `{"id":"c","text":"2"}`, `{"id":"d","text":"3"}`}
	write(t, dir, "x", strings.Join(lines, "\n"))
	write(t, dir, "y", lines[3]+"\n\n"+lines[2]+"\n"+lines[1]+"\n"+lines[0]+"\n")
	x, errX := sampleTexts(filepath.Join(dir, "x"), 2)
	y, errY := sampleTexts(filepath.Join(dir, "y"), 2)
	if d := cmp.Diff(x, y, cmp.AllowUnexported(goldSpan{})); d != "" || errX != nil || errY != nil || len(x) != 2 {
		t.Error(d, errX, errY)
	}
	if all, err := sampleTexts(filepath.Join(dir, "x"), 9); err != nil || len(all) != 3 {
		t.Error(all, err)
	}
}

// TestQualityTables: failures stand beside the others, and a tool that cuts nothing has no precision.
func TestQualityTables(t *testing.T) {
	q := &quality{News: map[string]rate{"x": {1, 4}, "y": {3, 4}}, NewsRules: map[string]int{"r": 3, "": 9}, NewsBytes: 2e6}
	q.Leftovers = &goldScore{Worth: rate{1, 9}, Rules: map[string]int{"b": 1, "a": 1}}
	q.Code = &goldScore{Cut: eval.Counts{Right: 1, Wrong: 1}, Touched: rate{1, 2}}
	q.Pages = &goldScore{}
	all := []result{
		{Kind: kindQuality, Tool: ownName, Setting: "default", Wall: []float64{1}, Quality: q},
		{Kind: kindQuality, Tool: "broken", Setting: "x", Error: "no such module"},
	}
	var s strings.Builder
	for _, table := range append(qualityTables(all), shortQualityTable(all)) {
		s.WriteString(table.Markdown(""))
	}
	for _, want := range []string{"**no such module**", "0.500 s", "1 of 9 | a 1 |", "| – | – | – |", "| 0.500 | 1.000 | 1 of 2 |", "| 50.0 | 25.0 | 75.0 | r 3 |", "75.0% of y"} {
		if !strings.Contains(s.String(), want) {
			t.Errorf("no %q in\n%s", want, s.String())
		}
	}
}

// TestFind: results are scored by the entries of the catalogue that made them, and no two have one name.
func TestFind(t *testing.T) {
	met := map[string]bool{}
	for i := range catalogue {
		for _, s := range catalogue[i].settings {
			name := catalogue[i].kind + "/" + catalogue[i].name + "/" + s.name
			if met[name] {
				t.Errorf("%s stands there twice", name)
			}
			met[name] = true
			if found, setting := find(catalogue[i].kind, catalogue[i].name, s.name); found != &catalogue[i] || setting != s {
				t.Errorf("%s is not found", name)
			}
		}
	}
	if found, _ := find(kindQuality, "none", "such"); found != nil {
		t.Error(found)
	}
	o := options{only: "quality,rensa/tuned"}
	if !o.wants(kindQuality, "dolma", "c4") || o.wants(kindDuplicates, "dolma", "documented") || !o.wants(kindDuplicates, "rensa", "tuned") || o.wants(kindDuplicates, "rensa", "documented") {
		t.Error("wants")
	}
	o.only = "quality/dolma/c4,sweep/gaoya"
	if !o.wants(kindQuality, "dolma", "c4") || o.wants(kindQuality, "dolma", "gopher") || !o.wants(kindSweep, "gaoya", "x") || o.wants(kindDuplicates, "gaoya", "x") {
		t.Error("wants with a kind")
	}
}
