package recur

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/quality"
)

// record is a text of the evaluation data; spans are [start, end, kind] in code points.
type record struct {
	ID, Corpus, Source, Text string
	Spans                    [][]any
	Unseen                   [][2]int
	Sure                     int
}

// eachRecord calls f for each record of a file of the evaluation data, or skips the test.
func eachRecord(tb testing.TB, name string, f func(record)) {
	tb.Helper()
	file := evaldata.Path(tb, name)
	if strings.HasSuffix(name, ".zst") {
		file = evaldata.Plain(tb, name)
	}
	in, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			tb.Fatal(err)
		}
		f(r)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
}

// marksOf returns for each code point of a labelled text 0 for prose, 1 for furniture, 2 for what is neither required nor an error.
func marksOf(r record) []byte {
	m := make([]byte, utf8.RuneCountInString(r.Text)+1)
	set := func(from, to int, v byte) {
		for i := max(0, from); i < min(to, len(m)); i++ {
			m[i] = v
		}
	}
	for _, s := range r.Spans {
		v := byte(1)
		switch s[2] {
		case "caption", "byline", "other":
			v = 2
		}
		set(int(s[0].(float64)), int(s[1].(float64)), v)
	}
	for _, u := range r.Unseen {
		set(u[0], u[1], 3)
	}
	return m
}

// score counts characters without white space, as the evaluation data's own script does.
type score struct{ right, wrong, missed int }

func (c *score) precision() float64 { return float64(c.right) / float64(max(1, c.right+c.wrong)) }
func (c *score) recall() float64    { return float64(c.right) / float64(max(1, c.right+c.missed)) }

// add scores the spans of one text.
func (c *score) add(r record, spans []quality.Span) {
	marks, n := marksOf(r), 0
	for i, ch := range r.Text {
		for len(spans) > 0 && spans[0].End <= i {
			spans = spans[1:]
		}
		said := len(spans) > 0 && spans[0].Start <= i && spans[0].Kind <= quality.Disclaimer
		switch mark := marks[n]; {
		case unicode.IsSpace(ch) || mark == 3:
		case said && mark == 1:
			c.right++
		case said && mark == 0:
			c.wrong++
		case !said && mark == 1:
			c.missed++
		}
		n++
	}
}

var corpora = []string{"corpora/saudinewsnet.jsonl.zst", "corpora/ant-v1.jsonl.zst", "corpora/factcheck-2024.jsonl.zst"}

// learn counts files of the evaluation data, without leftover code, and the documents of ANT 2.1 among the labelled ones.
func learn(tb testing.TB, files ...string) *Profile {
	c := NewCounter(Options{})
	b := c.NewBatch()
	add := func(r record) {
		if b.Add(r.Source, r.Text, quality.AppendCode(nil, r.Text)); len(b.docs) == 256 {
			c.Append(b)
			b.Reset()
		}
	}
	for _, name := range files {
		eachRecord(tb, name, add)
	}
	eachRecord(tb, "gold/leftovers-dev.jsonl", func(r record) {
		if r.Corpus == "ant-v2.1" {
			add(r)
		}
	})
	c.Append(b)
	return c.Profile()
}

// TestOnLabels holds what is found against labels: in the corpora with no more of ANT 2.1 than the 58 labelled texts, and with 1,695 more
// of its sites, from which recurrence learns what it cannot from fourteen.
func TestOnLabels(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 130 MB")
	}
	few := learn(t, corpora...)
	many := learn(t, append([]string{"gold/adcode-dev.jsonl.zst"}, corpora...)...)
	for _, x := range []struct {
		name              string
		p                 *Profile
		precision, recall float64
	}{{"few", few, .98, .5}, {"many", many, .98, .7}} {
		var all score
		bySource := map[string]*score{}
		eachRecord(t, "gold/leftovers-dev.jsonl", func(r record) {
			if r.Sure == 0 {
				return
			}
			spans := x.p.Append(nil, r.Text, r.Source, nil)
			all.add(r, spans)
			if bySource[r.Source] == nil {
				bySource[r.Source] = &score{}
			}
			bySource[r.Source].add(r, spans)
		})
		for _, name := range slices.Sorted(maps.Keys(bySource)) {
			s := bySource[name]
			t.Logf("%s: %-18s right %5d wrong %5d missed %5d", x.name, name, s.right, s.wrong, s.missed)
		}
		t.Logf("%s: precision %.3f recall %.3f", x.name, all.precision(), all.recall())
		if all.precision() < x.precision || all.recall() < x.recall {
			t.Errorf("%s: want %.2f and %.2f", x.name, x.precision, x.recall)
		}
	}
	checkNews(t, few)
}

// checkNews counts the texts in which furniture is found that is known by reading, and those of sources that have none.
func checkNews(t *testing.T, p *Profile) {
	found := map[string]int{}
	eachRecord(t, corpora[0], func(r record) {
		for _, s := range p.Append(nil, r.Text, r.Source, nil) {
			if s.Kind <= quality.Disclaimer {
				found[r.Source+" "+s.Kind.String()]++
				break
			}
		}
	})
	for name, want := range map[string]int{"alweeam promo": 2090, "3alyoum nav": 1737, "aljazirah related": 376, "okaz share": 157,
		"almadina promo": 230, "was nav": 367, "aawsat related": 119, "alriyadh nav": 0, "aleqtisadiya nav": 0, "alwatan nav": 0, "sabq nav": 0} {
		if found[name] != want {
			t.Errorf("%s: found in %d texts, want %d", name, found[name], want)
		}
	}
}
