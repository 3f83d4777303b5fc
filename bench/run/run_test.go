package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// TestMain lets the test binary stand in for the commands that are measured, as main does for gzip.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == unpackCommand {
		exit(unpackTo(os.Stdout, os.Args[2]))
	}
	os.Exit(m.Run())
}

// TestRun measures everything once on the bundled corpus, with a binary built as in earnest.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	corpus := filepath.Join("..", "..", "testdata", "news", "madar.jsonl")
	var out strings.Builder
	if err := run(&out, options{corpus: corpus, temp: t.TempDir(), rounds: 1}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| `dedup`, time | 1.0, hard limit 2.0 |", "| `clean`, peak memory | 256 MiB |", "| `clean` | 128 MiB |", "| stage | `dedup`"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestRunGrowth: generated corpora are made, measured, scored and deleted.
func TestRunGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	var out strings.Builder
	temp := t.TempDir()
	if err := run(&out, options{growth: sizes{500, 1000}, temp: temp}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "| 1k | 1 MB |") {
		t.Error(out.String())
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestNoCorpus: without the evaluation data a check says so and does not fail; a measurement does.
func TestNoCorpus(t *testing.T) {
	t.Setenv("CORPUSCTL_SHARED", t.TempDir())
	var out strings.Builder
	if err := run(&out, options{check: true, rounds: 1}); err != nil || !strings.Contains(out.String(), "not checked") {
		t.Errorf("%v: %s", err, out.String())
	}
	if err := run(&out, options{rounds: 1}); !errors.Is(err, errNoCorpus) {
		t.Errorf("%v", err)
	}
}

// TestChild: a failing command is an error that says what it said, and a process that ends has taken time and memory.
func TestChild(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := child(self, unpackCommand, "no-such-file"); err == nil || !strings.Contains(err.Error(), "no-such-file") {
		t.Errorf("%v", err)
	}
	u, err := child(self, unpackCommand, "run_test.go")
	if err != nil || u.wall <= 0 || u.peak < 0 || u.peak > 1<<30 {
		t.Errorf("%+v %v", u, err)
	}
}

func TestExceeded(t *testing.T) {
	small, exact, large := int64(1), int64(peakBound), int64(peakBound+1)
	for _, c := range []struct {
		ratio        float64
		dedup, clean int64
		want         bool
	}{{3, small, exact, false}, {3.01, small, small, true}, {1, large, small, true}, {1, small, large, true}} {
		err := exceeded(c.ratio, map[string]int64{"dedup": c.dedup, "clean": c.clean})
		if errors.Is(err, errExceeded) != c.want {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestQuantiles(t *testing.T) {
	x := []float64{9, 1, 8, 2, 7, 3, 6, 4, 5}
	if got := spread(x); page.Median(x) != 5 || got != "3.00–7.00 (1.00–9.00)" {
		t.Errorf("median %v, spread %s", page.Median(x), got)
	}
	if got := page.Median([]float64{4}); got != 4 {
		t.Errorf("median of one: %v", got)
	}
}

func TestSizes(t *testing.T) {
	for list, want := range map[string]string{"100k,1M,10m": "100k,1m,10m", "7": "7", "1500": "1500", "0": "", "": "", "1g": "", "9999m": "", "k": ""} {
		var s sizes
		err := s.Set(list)
		if (err == nil) != (want != "") || err == nil && s.String() != want {
			t.Errorf("%q: %v, %v", list, s.String(), err)
		}
	}
}

// TestStageTimes reads a profile as pprof prints it.
func TestStageTimes(t *testing.T) {
	const module = "github.com/corpusctl/corpusctl/"
	text := `File: corpusctl
Duration: 6.19s, Total samples = 11.87s (191.69%)
-----------+-------------------------------------------------------
      10ms   ` + module + `arabic.AppendFold
             ` + module + `dedup.(*verifier).weigh
             ` + module + `dedup.(*Deduper).verify.func1
-----------+-------------------------------------------------------
     1.50s   runtime.memmove (inline)
             ` + module + `arabic.AppendFold
             ` + module + `dedup.(*Batch).Add
             ` + module + `job.(*reader).worker.func1
-----------+-------------------------------------------------------
      20ms   runtime.scanobject
             runtime.gcBgMarkWorker
-----------+-------------------------------------------------------
      30ms   ` + module + `quality.(*Analyzer).word
             ` + module + `job.(*pageWriter).page
-----------+-------------------------------------------------------
      40ms   main.main
-----------+-------------------------------------------------------
`
	got, err := stageTimes(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]time.Duration{"verifying": 10 * time.Millisecond, "folding": 1500 * time.Millisecond,
		"garbage collector": 20 * time.Millisecond, "repairing and judging": 30 * time.Millisecond, otherStage: 40 * time.Millisecond}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if _, err := stageTimes(strings.NewReader("-----------+---\n  what is this\n")); err == nil {
		t.Error("no error for what is no profile")
	}
}

// TestPage: the page has a place for every table.
func TestPage(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(pageFile)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"budgets", "memory", "growth", "profile", "stages"} {
		if _, err := page.Replace(string(doc), command, name, ""); err != nil {
			t.Error(err)
		}
	}
}

// TestHashFolder: the hash sees every byte and every name, but not how long the run took.
func TestHashFolder(t *testing.T) {
	hash := func(files map[string]string) uint64 {
		dir := t.TempDir()
		for name, text := range files {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		sum, err := hashFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	base := hash(map[string]string{"kept/a": "1", "report.json": `{"documents":1,"run":{"seconds":1}}`})
	for _, c := range []struct {
		files map[string]string
		same  bool
	}{
		{map[string]string{"kept/a": "1", "report.json": `{"documents":1, "run":{"seconds":2}}`}, true},
		{map[string]string{"kept/a": "1", "report.json": `{"documents":2,"run":{"seconds":1}}`}, false},
		{map[string]string{"kept/a": "2", "report.json": `{"documents":1,"run":{"seconds":1}}`}, false},
		{map[string]string{"kept/b": "1", "report.json": `{"documents":1,"run":{"seconds":1}}`}, false},
	} {
		if got := hash(c.files); (got == base) != c.same {
			t.Errorf("%v: same %v, want %v", c.files, got == base, c.same)
		}
	}
}

// TestStageTable reads what go test prints and sets stages beside their floors.
func TestStageTable(t *testing.T) {
	text := `corpus: news
BenchmarkFold/impl=own-2         	       1	 2000 ns/op	 500 MB/s	 1000000 docs/s	 0 B/op	 4 allocs/op
BenchmarkFold/impl=own-2         	       1	 1000 ns/op	1000 MB/s	 2000000 docs/s	 0 B/op	 4 allocs/op
BenchmarkFold/impl=floor-2       	       1	  800 ns/op	1250 MB/s	 2000000 docs/s	 0 B/op	 0 allocs/op
BenchmarkFinders/part=code-2     	       1	 4000 ns/op	 250 MB/s	 500000 docs/s	 0 B/op	 1 allocs/op
BenchmarkFinders/impl=floor-2    	       1	 1000 ns/op	1000 MB/s	 2000000 docs/s	 0 B/op	 0 allocs/op
BenchmarkAlone-2                 	       1	 1000 ns/op
ok  	package	1s
`
	order, best, err := readBenchmarks(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got := stageTable("news", order, best)
	want := [][]string{
		{"Fold", "1000", "2000000", "2.00", "1250", "1.2", ""},
		{"Finders/part=code", "250", "500000", "0.50", "1000", "4.0", reasonFor("Finders/part=code")},
	}
	if d := cmp.Diff(want, got.Rows); d != "" {
		t.Error(d)
	}
	if reasonFor("Finders/part=code") == "" || reasonFor("Finders/part=code") == reasonFor("Finders/part=signals") || reasonFor("Findersx") != "" {
		t.Error("reasons are mixed up")
	}
	if _, _, err := readBenchmarks(strings.NewReader("BenchmarkX 1 many ns/op")); err == nil {
		t.Error("no error for a figure that is none")
	}
}

// TestPublish writes tables and raw figures where they belong, and names no folder of this machine.
func TestPublish(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "page.md")
	if err := os.WriteFile(file, []byte("<!-- made by bench/run: x -->\n<!-- end -->\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b := &bench{name: "news.jsonl", subject: "run", tables: []page.Table{{Name: "x", Head: []string{"column"}}}, raw: []string{"BenchmarkX 1 2 ns/op"}}
	m := page.Machine{Date: "2026-01-02", Cores: 3, Commit: "abc", Model: "Model"}
	if err := errors.Join(b.writeTables(file, m), b.writeRaw(dir, m)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "Measured 2026-01-02 on Model, 3 cores; commit abc.") || !strings.Contains(string(text), "| column |") {
		t.Errorf("%v %s", err, text)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "2026-01-02-3core-run.txt"))
	if err != nil || !strings.HasSuffix(string(raw), "\nBenchmarkX 1 2 ns/op\n") || strings.Contains(string(raw), dir) {
		t.Errorf("%v %s", err, raw)
	}
	b.tables[0].Name = "unknown"
	if err := b.writeTables(file, m); err == nil {
		t.Error("no error for a table that has no place")
	}
}
