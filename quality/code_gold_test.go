package quality

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// labelled is a record of the evaluation data; spans are [start, end, …] in code points.
type labelled struct {
	ID, Source, Text, Label string
	Sure                    int
	Unseen                  [][2]int
	Spans                   [][]any
}

// eachLabelled calls f for each record of a file of the evaluation data, or skips the test.
func eachLabelled(tb testing.TB, name string, f func(labelled)) {
	tb.Helper()
	path := evaldata.Path(tb, name)
	if strings.HasSuffix(name, ".zst") {
		path = evaldata.Plain(tb, name)
	}
	in, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var g labelled
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			tb.Fatal(err)
		}
		f(g)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
}

// codeScore counts characters without white space, as gold/score.py does.
type codeScore struct{ right, wrong, missed, cleanTouched, again int }

func (c *codeScore) precision() float64 { return float64(c.right) / float64(max(1, c.right+c.wrong)) }
func (c *codeScore) recall() float64    { return float64(c.right) / float64(max(1, c.right+c.missed)) }

// add scores one text.
func (c *codeScore) add(g labelled) {
	gold, said, n := make([]bool, len(g.Text)+1), make([]bool, len(g.Text)+1), 0
	for _, s := range g.Spans {
		for i := int(s[0].(float64)); i < int(s[1].(float64)); i++ {
			gold[i] = true // by code points
		}
	}
	spans := AppendCode(nil, g.Text)
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			said[i] = true // by bytes
		}
	}
	wrong := c.wrong
	for i, r := range g.Text {
		switch {
		case unicode.IsSpace(r) || !gold[n] && !said[i]:
		case gold[n] && said[i]:
			c.right++
		case said[i]:
			c.wrong++
		default:
			c.missed++
		}
		n++
	}
	if strings.HasPrefix(g.Label, "clean") && c.wrong > wrong {
		c.cleanTouched++
	}
	c.again += len(AppendCode(nil, cut(g.Text, spans)))
}

// cut returns text without the spans.
func cut(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// mislabelled is a page whose labels end where a script holds "</script>" in a string: 120 kB of minified JavaScript behind it
// are labelled prose. Precision is asserted without it, and printed with it.
const mislabelled = "faz.net.streaming.html"

// TestCodeOnLabels holds the code found against labels.
func TestCodeOnLabels(t *testing.T) {
	for _, c := range []struct {
		file              string
		precision, recall float64
	}{{"gold/adcode-dev.jsonl.zst", .99, .98}, {"gold/webpages-dev.jsonl.zst", .97, .95}} {
		var score, whole codeScore
		eachLabelled(t, c.file, func(g labelled) {
			whole.add(g)
			if g.ID != mislabelled {
				score.add(g)
			}
		})
		t.Logf("%s: precision %.4f recall %.4f, %d clean texts touched, %d spans found again after cutting (with the mislabelled page %.4f %.4f)",
			c.file, score.precision(), score.recall(), score.cleanTouched, score.again, whole.precision(), whole.recall())
		if score.precision() < c.precision || score.recall() < c.recall || score.cleanTouched > 0 {
			t.Errorf("%s: want %.2f, %.2f and none", c.file, c.precision, c.recall)
		}
		if score.again*100 > score.right { // one span in a hundred characters would be no repair
			t.Errorf("%s: %d spans found again", c.file, score.again)
		}
	}
}

// TestCodeOnSeed checks the article that this project began with: its script and its orphans go, every line of prose stays.
func TestCodeOnSeed(t *testing.T) {
	raw, err := os.ReadFile(evaldata.Path(t, "gold/seed-article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	rest := cut(text, AppendCode(nil, text))
	if strings.ContainsAny(rest, "{};”“‘’") {
		t.Errorf("code left: %q", rest[max(0, len(rest)-200):])
	}
	fields := func(s string) (out []string) {
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); line != "" && !strings.ContainsAny(line, "“}") {
				out = append(out, line)
			}
		}
		return out
	}
	if diff := cmp.Diff(fields(text), fields(rest)); diff != "" {
		t.Errorf("prose touched (-before +after):\n%s", diff)
	}
}

// TestCodeOnNews counts what is found in whole corpora whose code is known by reading: in SaudiNewsNet 8 widgets of polls, and 29
// texts with emptied comments that a mail shield left; braces around verses and names stay.
func TestCodeOnNews(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 130 MB")
	}
	for _, c := range []struct {
		file       string
		docs, long int
	}{{"corpora/saudinewsnet.jsonl.zst", 37, 8}, {"corpora/ant-v1.jsonl.zst", 0, 0}, {"corpora/factcheck-2024.jsonl.zst", 0, 0}, {"corpora/arabic-tweets.jsonl.zst", 0, 0}} {
		t.Run(c.file, func(t *testing.T) {
			docs, long := 0, 0
			var spans []Span
			eachLabelled(t, c.file, func(g labelled) {
				if spans = AppendCode(spans[:0], g.Text); len(spans) > 0 {
					docs++
				}
				for _, s := range spans {
					if s.End-s.Start > 100 {
						long++
					}
				}
				if !mayHoldCode(g.Text) && len(appendCode(nil, g.Text)) > 0 {
					t.Errorf("%s: code in a text that was not looked at", g.ID)
				}
			})
			t.Logf("%d texts with code, %d long spans", docs, long)
			if docs != c.docs || long != c.long {
				t.Errorf("want %d and %d", c.docs, c.long)
			}
		})
	}
}
