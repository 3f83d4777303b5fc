package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/dedup/truth"
)

// The corpus: 1 and "two" are equal when folded, "three" is 1 cut down, the record without id has half of "three".
const records = `{"id":1,"text":"the quick brown fox jumps over the lazy dog"}
{"id":"two","text":"The quick, brown fox jumps over the lazy dog!"}
{"id":"three","text":"the quick brown fox"}
this is no record

{"text":"the quick"}
{"id":"short","text":"the"}
{"id":"five","title":"no text"}
{"id":"six","text":"wholly different words"}
`

func inFolder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func defaults() options {
	return options{Options: truth.Options{K: 3, MinJaccard: .6, MinContainment: .8}, minChars: 5, expand: 32}
}

func TestTable(t *testing.T) {
	inFolder(t, map[string]string{"c.jsonl": records})
	const head = "idA\tidB\tJ\tCA\tCB\tNA\tNB\n"
	for _, c := range []struct {
		expand int
		want   string
	}{
		{32, head +
			"1\ttwo\t1.000000\t1.000000\t1.000000\t39\t39\n" +
			"1\tthree\t0.435897\t0.435897\t1.000000\t39\t17\n" +
			"1\tc.jsonl:6\t0.179487\t0.179487\t1.000000\t39\t7\n" +
			"two\tthree\t0.435897\t0.435897\t1.000000\t39\t17\n" +
			"two\tc.jsonl:6\t0.179487\t0.179487\t1.000000\t39\t7\n" +
			"three\tc.jsonl:6\t0.411765\t0.411765\t1.000000\t17\t7\n"},
		{1, head +
			"1\tthree\t0.435897\t0.435897\t1.000000\t39\t17\n" +
			"1\tc.jsonl:6\t0.179487\t0.179487\t1.000000\t39\t7\n" +
			"three\tc.jsonl:6\t0.411765\t0.411765\t1.000000\t17\t7\n"},
	} {
		var out, log strings.Builder
		o := defaults()
		o.expand = c.expand
		if err := run(&out, &log, o, []string{"c.jsonl"}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, out.String()); d != "" {
			t.Errorf("-expand %d: %s", c.expand, d)
		}
		wantLog := "6 texts, 1 shorter than 5 characters and left out, 2 unreadable lines, 0 ids used twice\n"
		if !strings.HasPrefix(log.String(), wantLog) {
			t.Errorf("log %q does not begin with %q", log.String(), wantLog)
		}
	}
}

func TestRecall(t *testing.T) {
	inFolder(t, map[string]string{
		"c.jsonl": records,
		// One pair as in the truth, one through an equal text, one removed as equal, one of an unknown document.
		"pairs.jsonl": `{"a":"three","b":1,"relation":"shortened","drop":"a","jaccard":0.43}
{"a":"two","b":"c.jsonl:6","relation":"contained","drop":"b"}
{"a":"two","b":"elsewhere"}
`,
		"decisions.jsonl": `{"id":"two","action":"removed","duplicate_of":1}
{"id":"six","action":"flagged"}
`,
	})
	var out, log strings.Builder
	o := defaults()
	o.dir = "."
	if err := run(&out, &log, o, []string{"c.jsonl"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"J [0, 0.6) 3 1 0.3333 2 0.6667",
		"J [0.9, 1] 0 0 - 0 -",
		"C [0.95, 1] 3 1 0.3333 2 0.6667",
		"J < .6, C all 3 1 0.3333 2 0.6667",
		"equal 2 2 1.0000",
		"1 listed pairs name an id that the corpus does not have",
		"1 pairs missed",
		"three c.jsonl:6 J 0.412 CA 0.412 CB 1.000 17 7 shingles",
	} {
		if !contains(out.String(), want) {
			t.Errorf("no line %q in\n%s", want, out.String())
		}
	}
}

// contains looks for a line, however its words are spaced.
func contains(text, line string) bool {
	for have := range strings.Lines(text) {
		if strings.Join(strings.Fields(have), " ") == line {
			return true
		}
	}
	return false
}

func TestBands(t *testing.T) {
	b := bands(.9, .8, 0)
	for _, j := range []float64{1, .9, .8999, .8, .1, 0} {
		count(b, j, j > .85, true)
	}
	var got []int
	for _, x := range b {
		got = append(got, x.pairs, x.listed, x.either)
	}
	if d := cmp.Diff([]int{2, 2, 2, 2, 1, 2, 2, 0, 2}, got); d != "" {
		t.Error(d)
	}
}

func TestWorstMissesFirst(t *testing.T) {
	found := truth.Result{}
	for i := range int32(30) {
		j := float64(i) / 30
		found.Pairs = append(found.Pairs, truth.Pair{A: i, B: i + 1, J: j, CA: j, CB: j, NA: 9, NB: 9})
	}
	c := &corpus{ids: make([]string, 31)}
	p := newProduct(c, found)
	p.link(29, 30)
	r := p.recall(found)
	if len(r.missed) != 29 || r.missed[0].A != 28 || r.missed[28].A != 0 {
		t.Errorf("misses in the wrong order: %+v", r.missed)
	}
	var out strings.Builder
	if err := r.write(&out, c); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), " shingles\n"); n != worst {
		t.Errorf("%d misses printed, want %d", n, worst)
	}
}

func TestFilesThatAreNotRight(t *testing.T) {
	inFolder(t, map[string]string{"c.jsonl": records, "pairs.jsonl": "{\"a\":\n", "decisions.jsonl": ""})
	o := defaults()
	var out, log strings.Builder
	if err := run(&out, &log, o, []string{"absent.jsonl"}); err == nil {
		t.Error("an absent corpus is no error")
	}
	o.dir = "absent"
	if err := run(&out, &log, o, []string{"c.jsonl"}); err == nil {
		t.Error("an absent folder is no error")
	}
	o.dir = "."
	if err := run(&out, &log, o, []string{"c.jsonl"}); err == nil || !strings.HasPrefix(err.Error(), "pairs.jsonl:1: ") {
		t.Errorf("a broken line of pairs.jsonl: error %v, want one that names the line", err)
	}
}
