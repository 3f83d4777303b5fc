package recur

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/quality"
)

// newsText is an article of SaudiNewsNet, with what was found in it before recurrence is looked for.
type newsText struct {
	source, text string
	code         []quality.Span
}

// news reads the articles of SaudiNewsNet.
func news(tb testing.TB) (texts []newsText, size int64) {
	tb.Helper()
	in, err := os.Open(evaldata.Plain(tb, corpora[0]))
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var r struct{ Source, Text string }
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, newsText{r.Source, r.Text, quality.AppendCode(nil, r.Text)})
		size += int64(len(r.Text))
	}
	return texts, size
}

// BenchmarkNews takes learning and applying apart. Floor: utf8.Valid of the texts.
func BenchmarkNews(b *testing.B) {
	texts, size := news(b)
	stage := func(name string, f func(b *testing.B)) {
		b.Run("part="+name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			f(b)
			b.ReportMetric(float64(b.N)*float64(len(texts))/b.Elapsed().Seconds(), "docs/s")
		})
	}
	each := func(name string, f func(x *newsText)) {
		stage(name, func(b *testing.B) {
			for b.Loop() {
				for i := range texts {
					f(&texts[i])
				}
			}
		})
	}
	each("floor", func(x *newsText) { utf8.ValidString(x.text) })
	var s splitter
	each("split", func(x *newsText) { s.split(x.text, x.code) })
	var c *Counter
	const perBatch = 512
	var full []*Batch
	stage("fill", func(b *testing.B) {
		for b.Loop() {
			c, full = NewCounter(Options{}), nil
			for i := range texts {
				if i%perBatch == 0 {
					full = append(full, c.NewBatch())
				}
				full[len(full)-1].Add(texts[i].source, texts[i].text, texts[i].code)
			}
		}
	})
	stage("count", func(b *testing.B) {
		for b.Loop() {
			c = NewCounter(Options{})
			for _, x := range full {
				c.Append(x)
			}
		}
	})
	var p *Profile
	stage("judge", func(b *testing.B) {
		for b.Loop() {
			p = c.Profile()
		}
	})
	full = nil
	var spans []quality.Span
	each("apply", func(x *newsText) { spans = p.Append(spans[:0], x.text, x.source, x.code) })
}
