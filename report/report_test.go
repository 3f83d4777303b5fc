package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/corpus"
)

func example() *Report {
	return &Report{
		Tool: Tool, Command: "dedup", Documents: Counts{Read: 1000, Kept: 700, Removed: 290, Quarantined: 10},
		Sources: []Source{{Name: "الشرق \x1b[31m\u202e", Read: 600, Kept: 400, Removed: 200},
			{Name: strings.Repeat("ل", 90), Read: 390, Kept: 300, Removed: 90}, {Read: 10, Kept: 10}},
		Removed:    map[string]int{"copy": 150, "shortened": 100, "exact": 40},
		Copies:     []Flow{{From: "الشرق \x1b[31m\u202e", Count: 7}},
		Quarantine: map[string]int{"not JSON": 9, "no field \x1b[2J": 1},
		Ids:        Ids{Missing: 3, Repeated: 2},
		Run:        Run{Seconds: 1.5, Stages: []Stage{{Name: "read", Seconds: 1}, {Name: "compare", Seconds: .5}}, PeakMemory: 5 << 20},
	}
}

func TestSummary(t *testing.T) {
	var b bytes.Buffer
	if err := example().Summary(&b, corpus.Printable); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1000 documents read, 700 kept, 290 removed (29.0%), 10 quarantined", "150  copy", "(no source)", "quarantined 9: not JSON", "1.50 s (read 1.00, compare 0.50), peak memory 5 MiB"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	checkTerminal(t, b.String())
	for line := range strings.Lines(b.String()) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
			t.Errorf("%d columns: %q", n, line)
		}
		if i := strings.IndexFunc(line, arabicLetter); i >= 0 && strings.Contains(line[i:], "  ") {
			t.Errorf("a column stands after an Arabic name: %q", line)
		}
	}
}

func arabicLetter(r rune) bool { return unicode.Is(unicode.Arabic, r) }

// checkTerminal wants nothing that could act in a terminal.
func checkTerminal(t rapid.TB, s string) {
	t.Helper()
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
			t.Fatalf("%U in %q", r, s)
		}
	}
}

func TestSummaryOfNothing(t *testing.T) {
	var b bytes.Buffer
	if err := (&Report{}).Summary(&b, corpus.Printable); err != nil || !strings.HasPrefix(b.String(), "0 documents read, 0 kept, 0 removed (0.0%)") {
		t.Errorf("%q, error %v", b.String(), err)
	}
}

func TestWriteJSONReadsBack(t *testing.T) {
	var b bytes.Buffer
	if err := example().WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var got Report
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(example(), &got); d != "" {
		t.Error(d)
	}
}

// someText draws texts of few words, so that two have much in common.
var someText = rapid.Custom(func(t *rapid.T) string {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"قال", "الوزير", "إنّ", "ان", "العمل", "،", "«سيكتمل»", "\x1b[31m", "في", "2015", "٢٠١٥", "\u202eعام"}), 0, 40).Draw(t, "words")
	return strings.Join(words, " ")
})

// TestDiffWords checks that the runs put together are both texts, word for word, and that what is said to be in both is.
func TestDiffWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someText.Draw(t, "a"), someText.Draw(t, "b")
		var left, right []string
		for _, run := range DiffWords(a, b) {
			if len(run.Words) == 0 {
				t.Fatal("an empty run")
			}
			if run.Kind != OnlyKept {
				left = append(left, run.Words...)
			}
			if run.Kind != OnlyRemoved {
				right = append(right, run.Words...)
			}
		}
		if got, want := strings.Fields(strings.Join(left, " ")), strings.Fields(a); !cmp.Equal(got, want) && len(got)+len(want) > 0 {
			t.Fatalf("the removed text comes back as %q, want %q", got, want)
		}
		if got, want := arabic.Fold(strings.Join(right, " ")), arabic.Fold(b); got != want {
			t.Fatalf("the kept text comes back as %q, want %q", got, want)
		}
	})
}

func TestWriteTextIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := Explanation{
			ID: "x\x1b[31m", Removed: someText.Draw(t, "a"), Kept: someText.Draw(t, "b"),
			Decision: &Decision{ID: "\u202e", File: "\x07", DuplicateOf: "\x00", DuplicateFile: "\u2066", Relation: "copy"},
		}
		var b bytes.Buffer
		if err := e.WriteText(&b, TextOptions{Full: rapid.Bool().Draw(t, "full")}); err != nil {
			t.Fatal(err)
		}
		checkTerminal(t, b.String())
	})
}

func TestWriteTextCutsLongRuns(t *testing.T) {
	long := strings.Repeat("كلمة ", 100)
	e := Explanation{Removed: long, Kept: long + "أخيرة", Decision: &Decision{Relation: "copy", DuplicateOf: "x"}}
	var short, full bytes.Buffer
	if err := e.WriteText(&short, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := e.WriteText(&full, TextOptions{Full: true, Color: true}); err != nil {
		t.Fatal(err)
	}
	if s := short.String(); !strings.Contains(s, "  … 72 words …\n") || !strings.Contains(s, "+ أخيرة\n") || strings.Count(s, "كلمة") != 28 {
		t.Error(s)
	}
	if s := full.String(); strings.Count(s, "كلمة") != 100 || !strings.Contains(s, "\x1b[32m+ أخيرة\x1b[0m") {
		t.Error(s)
	}
}

func TestExplainErrors(t *testing.T) {
	if _, err := Explain(t.TempDir(), "x"); err == nil || !strings.Contains(err.Error(), "not a folder that corpusctl wrote") {
		t.Errorf("error %v", err)
	}
}
