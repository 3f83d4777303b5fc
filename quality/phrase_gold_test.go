package quality

import (
	"os"
	"slices"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// phraseTally counts characters without white space, as gold/score.py does.
type phraseTally struct{ right, wrong, missed int }

func (c phraseTally) precision() float64 { return float64(c.right) / float64(max(1, c.right+c.wrong)) }
func (c phraseTally) recall() float64    { return float64(c.right) / float64(max(1, c.right+c.missed)) }

// leftoverLabels returns the kind that each character of a record is labelled with: "" for prose, "unseen" for what was not shown.
func leftoverLabels(g labelled) []string {
	kind := make([]string, len(g.Text))
	for _, s := range g.Spans {
		for i := int(s[0].(float64)); i < int(s[1].(float64)); i++ {
			kind[i] = s[2].(string)
		}
	}
	for _, s := range g.Unseen {
		for i := s[0]; i < s[1]; i++ {
			kind[i] = "unseen"
		}
	}
	return kind
}

// TestPhrasesOnLabels holds code and phrases together against labels, and prints figures by kind, rule and source. Most of what is
// missed are headlines and sentences of other stories without a mark, which no phrase can know.
func TestPhrasesOnLabels(t *testing.T) {
	p := defaultPhrases(t)
	on := map[string]bool{}
	for k := Code; k <= Disclaimer; k++ {
		on[k.String()] = true
	}
	tally := map[string]phraseTally{}
	eachLabelled(t, "gold/leftovers-dev.jsonl", func(g labelled) {
		if g.Sure == 0 {
			return
		}
		code := AppendCode(nil, g.Text)
		rule := make([]string, len(g.Text))
		for _, s := range append(code, p.Append(nil, g.Text, code)...) {
			for i := s.Start; i < s.End && s.Kind <= Disclaimer; i++ {
				rule[i] = "rule " + s.Kind.String() + "/" + s.Rule
			}
		}
		labels, n := leftoverLabels(g), -1
		for i, r := range g.Text {
			n++
			label := labels[n]
			if unicode.IsSpace(r) || label == "unseen" || rule[i] == "" && !on[label] || rule[i] != "" && label != "" && !on[label] {
				continue
			}
			for _, name := range []string{"all", "kind " + label, "source " + g.Source, rule[i]} {
				if name == "" || name == "kind " {
					continue
				}
				c := tally[name]
				switch {
				case rule[i] == "":
					c.missed++
				case label == "":
					c.wrong++
				default:
					c.right++
				}
				tally[name] = c
			}
		}
	})
	var names []string
	for name := range tally {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := tally[name]
		t.Logf("%-32s right %5d wrong %5d missed %5d precision %.3f recall %.3f", name, c.right, c.wrong, c.missed, c.precision(), c.recall())
	}
	if c := tally["all"]; c.precision() < .99 || c.recall() < .45 {
		t.Errorf("precision %.3f recall %.3f: want .99 and .45", c.precision(), c.recall())
	}
}

// TestPhrasesOnSeed checks the article that this project began with: button and page line are found, both picture lines marked, prose
// left alone.
func TestPhrasesOnSeed(t *testing.T) {
	raw, err := os.ReadFile(evaldata.Path(t, "gold/seed-article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	count := map[string]int{}
	for _, s := range defaultPhrases(t).Append(nil, text, AppendCode(nil, text)) {
		count[s.Kind.String()+"/"+s.Rule]++
	}
	want := map[string]int{"caption/picture-line": 2, "share/share-button": 1, "nav/page-switch": 1}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
