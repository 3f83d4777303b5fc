package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestPieces walks over decisions in one piece and in several.
func TestPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for i := range rapid.IntRange(0, 60).Draw(t, "lines") {
			rule := rapid.SampledFrom([]string{"duplicate", "exact-copy", "short"}).Draw(t, "rule")
			kind := rapid.SampledFrom([]string{"copy", "shortened"}).Draw(t, "kind")
			value := rapid.SampledFrom([]string{"0.7", "0.75", "0.9"}).Draw(t, "value")
			number := rapid.SampledFrom([]int{i, 3}).Draw(t, "number") // some lines are equal
			fmt.Fprintf(&b, `{"id":"%d","file":"a","line":%d,"action":"removed","reasons":[{"rule":%q,"kind":%q,"value":%s,"threshold":0.7}]}`+"\n", number, number+1, rule, kind, value)
		}
		content := b.String()
		if rapid.Bool().Draw(t, "broken") {
			content += "{]\n"
		}
		type choice struct {
			Name  string
			Seen  int
			Lines []string
		}
		read := func(pieces int) (out []choice, failed string) {
			e := newEvidence(PageOptions{Sample: 4})
			if err := e.readPieces(strings.NewReader(content), "decisions.jsonl", int64(len(content)), pieces); err != nil {
				return nil, err.Error()
			}
			for _, s := range e.sorted() {
				c := choice{Name: s.name, Seen: s.seen}
				for _, line := range s.chosen() {
					c.Lines = append(c.Lines, string(line))
				}
				out = append(out, c)
			}
			return out, ""
		}
		want, failed := read(1)
		got, alsoFailed := read(rapid.IntRange(2, 9).Draw(t, "pieces"))
		if d := cmp.Diff(want, got); d != "" || failed != alsoFailed {
			t.Fatalf("in pieces (-whole +pieces): %s\nerrors %q and %q", d, failed, alsoFailed)
		}
	})
}

// TestExcerpt looks no further into a text than an excerpt needs.
func TestExcerpt(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " a \n b ": "a b", strings.Repeat("ab ", 400): strings.Repeat("ab ", 400)[:excerptLength] + " …",
		strings.Repeat("x", excerptLength): strings.Repeat("x", excerptLength), strings.Repeat("x", excerptLength+1): strings.Repeat("x", excerptLength) + " …",
	} {
		if got := excerpt(text); got != want {
			t.Errorf("the excerpt of %q is %q, want %q", text, got, want)
		}
	}
}
