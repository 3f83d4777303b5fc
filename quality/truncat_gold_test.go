package quality

import (
	"bufio"
	"encoding/json"
	"math/rand"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// cutInside cuts text inside a word or between two words of a sentence, somewhere in its last two thirds.
func cutInside(r *rand.Rand, text string, word bool) string {
	t := []rune(strings.TrimSpace(text))
	for range 200 {
		k := len(t)/3 + r.Intn(len(t)-80-len(t)/3)
		in := unicode.IsLetter(t[k-2]) && unicode.IsLetter(t[k-1]) && unicode.IsLetter(t[k]) && unicode.IsLetter(t[k+1])
		between := t[k] == ' ' && unicode.IsLetter(t[k-1]) && unicode.IsLetter(t[k+1])
		if word && in || !word && between {
			return string(t[:k])
		}
	}
	return ""
}

// TestCuts cuts whole articles in two ways and counts those found; those left whole must not be. Weights were learnt from other texts.
func TestCuts(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 130 MB")
	}
	for _, c := range []struct {
		file         string
		found, whole float64
	}{{"corpora/saudinewsnet.jsonl.zst", .95, .005}, {"corpora/ant-v1.jsonl.zst", .9, .01}} {
		t.Run(c.file, func(t *testing.T) {
			r := rand.New(rand.NewSource(5))
			var j Truncations
			var n, hit [3]int
			eachLabelled(t, c.file, func(g labelled) {
				text := strings.TrimSpace(g.Text)
				if learntFrom(g.ID) || utf8.RuneCountInString(text) < 600 || r.Intn(2) > 0 {
					return
				}
				if last, _ := lastRune(text); !strings.ContainsRune(".؟!", last) {
					return
				}
				for i, s := range []string{text, cutInside(r, text, true), cutInside(r, text, false)} {
					if s != "" {
						n[i]++
						hit[i] += bit(j.Judge(s, nil).Where == TruncatedEnd)
					}
				}
			})
			found := float64(hit[1]+hit[2]) / float64(n[1]+n[2])
			whole := float64(hit[0]) / float64(n[0])
			t.Logf("in a word %d/%d, in a sentence %d/%d, whole ones %d/%d", hit[1], n[1], hit[2], n[2], hit[0], n[0])
			if found < c.found || whole > c.whole {
				t.Errorf("found %.4f, whole ones called %.4f", found, whole)
			}
		})
	}
}

// goldSpans returns the labelled leftovers as spans.
func goldSpans(g labelled) (spans []Span) {
	at := make([]int, 0, len(g.Text)+1)
	for i := range g.Text {
		at = append(at, i)
	}
	at = append(at, len(g.Text))
	for _, s := range g.Spans {
		for k, name := range kindNames {
			if name == s[2].(string) {
				spans = append(spans, Span{Start: at[int(s[0].(float64))], End: at[int(s[1].(float64))], Kind: Kind(k), Rule: "label"})
			}
		}
	}
	return spans
}

// TestTruncationOnLabels holds the judgement against labels, with all labelled leftovers cut, and with code only.
func TestTruncationOnLabels(t *testing.T) {
	raw, err := os.Open(evaldata.Path(t, "gold/leftovers-dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var j Truncations
	var right, wrong, missed [2]int
	in := bufio.NewScanner(raw)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var g struct {
			labelled
			Truncated, Source string
			Sure              int
		}
		if err := json.Unmarshal(in.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		want := g.Truncated == "end" || g.Truncated == "stub"
		for i, spans := range [][]Span{goldSpans(g.labelled), AppendCode(nil, g.Text)} {
			cut := j.Judge(g.Text, spans)
			got := cut.Where == TruncatedEnd || cut.Where == TruncatedStub
			if got != want && i == 0 && testing.Verbose() {
				t.Logf("sure %d %s %s: want %q, got %+v", g.Sure, g.Source, g.ID, g.Truncated, cut)
			}
			if g.Sure == 1 {
				right[i] += bit(got && want)
				wrong[i] += bit(got && !want)
				missed[i] += bit(!got && want)
			}
		}
	}
	for i, name := range []string{"labelled leftovers cut", "code cut"} {
		p, r := float64(right[i])/float64(max(1, right[i]+wrong[i])), float64(right[i])/float64(max(1, right[i]+missed[i]))
		if i == 0 && (p < .88 || r < .95) {
			t.Errorf("%s: precision %.3f recall %.3f", name, p, r)
		}
		t.Logf("%s: precision %.3f recall %.3f (%d right, %d wrong, %d missed)", name, p, r, right[i], wrong[i], missed[i])
	}
}
