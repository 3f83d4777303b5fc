package quality

import (
	"strings"
	"testing"
)

// BenchmarkPhrases measures MB/s of articles of some 4 kB, of one paragraph each, and of short posts.
func BenchmarkPhrases(b *testing.B) {
	p := defaultPhrases(b)
	article := strings.Repeat(strings.TrimSpace(strings.Repeat(benchProse, 3))+"\n", 8)
	for name, text := range map[string]string{
		"text=article":   article,
		"text=furniture": article + "اقرأ أيضا: حريق في مصنع\nشاركها\nتابعونا على فيسبوك وتويتر\nجميع الحقوق محفوظة\n",
		"text=one-line":  strings.ReplaceAll(article, "\n", " "),
		"text=post":      strings.TrimSpace(benchProse),
	} {
		b.Run(name, func(b *testing.B) {
			var spans []Span
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				spans = p.Append(spans[:0], text, nil)
			}
		})
	}
}

// BenchmarkDefaultPhrases measures how long the table takes to compile.
func BenchmarkDefaultPhrases(b *testing.B) {
	for b.Loop() {
		if _, err := DefaultPhrases(); err != nil {
			b.Fatal(err)
		}
	}
}
