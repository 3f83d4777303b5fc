package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/corpusctl/corpusctl/bench/internal/page"
	"github.com/corpusctl/corpusctl/dedup/truth"
	"github.com/google/go-cmp/cmp"
)

// small is a corpus of four texts: 0 and 1 are near copies, 2 stands in 0, 3 is alone, 4 equals 3, 5 is too short.
func small() (*records, *alike) {
	c := &records{place: map[string]int32{}}
	for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
		c.ids, c.texts = append(c.ids, id), append(c.texts, []byte(id))
		c.place[id] = int32(i)
	}
	c.texts[5] = nil
	return c, newAlike(c, truth.Result{
		Pairs:  []truth.Pair{{A: 0, B: 1, J: .9, CA: .92, CB: .97, NA: 100, NB: 95}, {A: 0, B: 2, J: .3, CA: .3, CB: .95, NA: 100, NB: 32}, {A: 1, B: 2, J: .25, CA: .27, CB: .6, NA: 95, NB: 32}},
		Groups: []truth.Group{{Members: []int32{3, 4}, Shingles: 50}},
	})
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestScorePairs: a tool that names pairs, right and wrong ones.
func TestScorePairs(t *testing.T) {
	c, truth := small()
	dir := t.TempDir()
	write(t, dir, "kept.jsonl", `{"id":"a","text":"x"}`+"\n"+`{"id":"c","text":"x"}`+"\n"+`{"id":"f","text":"x"}`+"\n")
	write(t, dir, "pairs.tsv", "a\tb\nb\ta\nd\te\na\td\nunknown\ta\n")
	cl, err := readClaims(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	got := truth.score(cl)
	got.scoreGold(cl, c, []label{{"a", "b", "either", 1}, {"a", "c", "b", 1}, {"a", "d", "none", 1}, {"b", "c", "b", 0}})
	want := &duplicates{Removed: 3, InScope: 3, Lost: 2, Left: 1, ToFind: 3, Cut: rate{0, 1},
		Near: &rate{1, 1}, Truncated: &rate{0, 1}, Right: &rate{1, 2}, GoldPrecision: &rate{1, 2}, GoldRecall: &rate{1, 2}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestScoreGroups: all pairs of a group are named; a tool that names nothing has no rates of pairs.
func TestScoreGroups(t *testing.T) {
	c, truth := small()
	dir := t.TempDir()
	write(t, dir, "kept.jsonl", `{"id":"a"}`+"\n"+`{"id":"d"}`+"\n"+`{"id":"f"}`+"\n")
	cl, err := readClaims(dir, c)
	if err != nil || cl.tellsPairs() {
		t.Fatal(err)
	}
	if got := truth.score(cl); got.Left != 0 || got.Lost != 0 || got.Near != nil || got.Cut != (rate{1, 1}) {
		t.Errorf("%+v", got)
	}
	write(t, dir, "groups.tsv", "a\t7\nb\t7\nc\t7\nd\t9\ne\t9\n")
	if cl, err = readClaims(dir, c); err != nil {
		t.Fatal(err)
	}
	if got := truth.score(cl); *got.Near != (rate{1, 1}) || *got.Truncated != (rate{1, 1}) || *got.Right != (rate{3, 3}) {
		t.Errorf("%+v", got)
	}
}

// TestReadOwn: of corpusctl's pairs those are named of which one may go.
func TestReadOwn(t *testing.T) {
	c, _ := small()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "kept"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "kept/corpus.jsonl", `{"id":"a"}`+"\n")
	write(t, dir, "pairs.jsonl", `{"a":"a","b":"b","drop":"b"}`+"\n"+`{"a":"a","b":"c","drop":"none"}`+"\n")
	write(t, dir, "decisions.jsonl", `{"id":"e","duplicate_of":"d"}`+"\n"+`{"id":"c","action":"flagged"}`+"\n")
	cl, err := readOwn(dir, "corpus.jsonl", c)
	if err != nil {
		t.Fatal(err)
	}
	want := map[pair]bool{{0, 1}: true, {3, 4}: true}
	if d := cmp.Diff(want, cl.pairs, cmp.AllowUnexported(pair{})); d != "" || !cl.kept[0] || cl.kept[1] {
		t.Error(d, cl.kept)
	}
}

// TestResults: a result takes the place of the one of the same tool and setting, and the tables show failures and bests.
func TestResults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "raw.jsonl")
	m := page.Machine{Date: "2026-01-02", Model: "Model", Cores: 2}
	for _, r := range []result{
		{Kind: kindDuplicates, Tool: ownName, Setting: "default", Wall: []float64{9}, Machine: m},
		{Kind: kindDuplicates, Tool: ownName, Setting: "default", Wall: []float64{2, 1, 3}, CPU: []float64{4}, Peak: 5 << 20, Duplicates: &duplicates{Removed: 7}, Machine: m},
		{Kind: kindDuplicates, Tool: "other", Setting: "x", Wall: []float64{20}, Duplicates: &duplicates{Left: 3, Near: &rate{1, 4}}, Machine: m},
		{Kind: kindDuplicates, Tool: "other", Setting: "y", Wall: []float64{30}, Duplicates: &duplicates{Left: 9}, Machine: m},
		{Kind: kindDuplicates, Tool: "third", Setting: "x", Error: "more than 10m0s", Machine: m},
	} {
		if err := keepResult(file, r); err != nil {
			t.Fatal(err)
		}
	}
	all, err := readResults(file)
	if err != nil || len(all) != 4 || len(all[0].Wall) != 3 {
		t.Fatal(all, err)
	}
	cost, found, short := costTable(all), foundTable(all), shortTable(all)
	if got := cost.Markdown(""); !strings.Contains(got, "| 20.0 s | 0.0 s | 0 MiB | 10.0 |") || !strings.Contains(got, "**more than 10m0s**") {
		t.Error(got)
	}
	if got := found.Markdown(""); !strings.Contains(got, "| 0.250 | – |") {
		t.Error(got)
	}
	if got := short.Markdown(""); !strings.Contains(got, "other, x") || strings.Contains(got, "other, y") {
		t.Error(got)
	}
}

// TestPages: the pages have a place for every table.
func TestPages(t *testing.T) {
	for file, names := range map[string][]string{comparisonPage: {"cost", "found", "sweep", "quality-cost", "quality-leftovers", "quality-code", "quality-pages", "quality-sources"}, readmePage: {"peers", "quality"}} {
		text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if _, err := page.Replace(string(text), command, name, ""); err != nil {
				t.Error(file, err)
			}
		}
	}
}

// TestAdapters: every tool has its adapter, and what its packages are pinned to.
func TestAdapters(t *testing.T) {
	for _, tool := range catalogue {
		if _, err := os.Stat(filepath.Join("tools", tool.adapter)); err != nil {
			t.Error(err)
		}
		for _, p := range tool.packages {
			if !strings.Contains(p, "==") {
				t.Errorf("%s: %s has no version", tool.name, p)
			}
		}
	}
}

// TestMeasure: what a command says of a failure is kept, and one that takes too long is stopped with all that it started.
func TestMeasure(t *testing.T) {
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no shell here")
	}
	if _, err := measure(time.Minute, nil, "/bin/sh", "-c", "echo no such thing; exit 3"); err == nil || !strings.Contains(err.Error(), "no such thing") {
		t.Error(err)
	}
	begin := time.Now()
	if _, err := measure(200*time.Millisecond, nil, "/bin/sh", "-c", "sleep 60 & sleep 60"); err != errTooLong || time.Since(begin) > 30*time.Second {
		t.Error(err, time.Since(begin))
	}
	if u, err := measure(time.Minute, []string{"X=1"}, "/bin/sh", "-c", `[ "$X" = 1 ]`); err != nil || u.wall <= 0 {
		t.Error(u, err)
	}
}

func TestSmall(t *testing.T) {
	if got := page.Median([]float64{3, 1, 2}); got != 2 {
		t.Error(got)
	}
	if got := lastLines("a\nb\nc\n", 2); got != "b / c" {
		t.Error(got)
	}
}
