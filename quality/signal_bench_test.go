package quality_test

import (
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/quality"
)

const benchArticle = "أعلنت وزارة النقل، أمس، أن العمل في «طريق الساحل» سيكتمل خلال ١٨ شهراً، بكلفة 2.5 مليار ريال.\n" +
	"وقال المتحدث باسم الوزارة: “نسبة الإنجاز بلغت 40%”، مشيراً إلى أنّ المرحلة الأولى – وطولها ١٢٠ كيلومتراً – انتهت…\n" +
	"وأضاف في تصريح لـ\"الصحيفة\" (عبر الهاتف) أن الشركة المنفذة (ABC Roads) تعهدت بتسليم الجسور قبل نهاية العام؛ فهل تفي بوعدها؟\n"

// BenchmarkAnalyze measures the signals of single texts, and of the first 2,000 articles of a corpus.
func BenchmarkAnalyze(b *testing.B) {
	for _, c := range []struct {
		name string
		text string
	}{
		{"article", benchArticle},
		{"repeated", strings.Repeat(benchArticle, 100)},
		{"one-letter", strings.Repeat("a", 1<<16)},
		{"brackets", strings.Repeat("(", 1<<16)},
		{"newlines", strings.Repeat("\n", 1<<16)},
	} {
		b.Run("text="+c.name, func(b *testing.B) {
			var a quality.Analyzer
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				a.Analyze(c.text)
			}
		})
	}
}

func BenchmarkAnalyzeNews(b *testing.B) {
	docs := corpus(b, "corpora/saudinewsnet.jsonl.zst")[:2000]
	size := 0
	for _, d := range docs {
		size += len(d.Text)
	}
	for _, chars := range []bool{false, true} {
		b.Run(map[bool]string{false: "chars=off", true: "chars=on"}[chars], func(b *testing.B) {
			a := quality.Analyzer{CharRepetition: chars}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range docs {
					a.Analyze(d.Text)
				}
			}
		})
	}
}

func BenchmarkJudge(b *testing.B) {
	p, err := quality.LoadPreset("news-ar")
	if err != nil {
		b.Fatal(err)
	}
	var a quality.Analyzer
	s := a.Analyze(benchArticle)
	var verdicts []quality.Verdict
	b.ReportAllocs()
	for b.Loop() {
		verdicts = p.AppendVerdicts(verdicts[:0], s)
	}
}
