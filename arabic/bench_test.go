package arabic_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// sample is news as papers print it: hamza or none, some harakat, quotation marks of three kinds, digits of both kinds.
const sample = "أعلنت وزارة النقل، أمس، أن العمل في «طريق الساحل» سيكتمل خلال ١٨ شهراً، بكلفة 2.5 مليار ريال.\n" +
	"وقال المتحدث باسم الوزارة: “نسبة الإنجاز بلغت 40%”، مشيراً إلى أنّ المرحلة الأولى – وطولها ١٢٠ كيلومتراً – انتهت…\n" +
	"وأضاف في تصريح لـ\"الصحيفة\" (عبر الهاتف) أن الشركة المنفذة (ABC Roads) تعهدت بتسليم الجسور قبل نهاية العام؛ فهل تفي بوعدها؟\n"

// vocalised is a line with all its harakat, and rare one in scripts that the tables leave to the slow path.
const (
	vocalised = "أَعْلَنَتْ وِزَارَةُ النَّقْلِ أَنَّ الْعَمَلَ فِي الطَّرِيقِ سَيَكْتَمِلُ قَرِيبًا، إِنْ شَاءَ اللهُ.\n"
	rare      = "漢字とかな、e\u0301te\u0301 각각 ไทย हिन्दी 😀 ﷺ\n"
)

var sink []byte

// run benchmarks f on a text.
func run(b *testing.B, name string, text []byte, f func(dst, text []byte) []byte) {
	b.Run(name, func(b *testing.B) {
		dst := make([]byte, 0, 2*len(text))
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			sink = f(dst[:0], text)
		}
	})
}

// compare benchmarks folding beside its floors, copying and checking UTF-8, and beside the plain way with x/text.
func compare(b *testing.B, text []byte) {
	run(b, "do=fold", text, arabic.AppendFold)
	run(b, "do=copy", text, func(dst, text []byte) []byte { return append(dst, text...) })
	run(b, "do=valid", text, func(dst, text []byte) []byte { utf8.Valid(text); return dst })
	run(b, "do=xtext", text[:min(len(text), 1<<16)], func(dst, text []byte) []byte { return append(dst, reference(text)...) })
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, text string }{{"sample", sample}, {"vocalised", vocalised}, {"rare", rare}} {
		b.Run("text="+c.name, func(b *testing.B) { compare(b, []byte(strings.Repeat(c.text, 100))) })
	}
}

// BenchmarkFoldNews folds the first 16 MB of the articles of SaudiNewsNet, one after the other.
func BenchmarkFoldNews(b *testing.B) {
	var text []byte
	each(b, evaldata.Plain(b, "corpora/saudinewsnet.jsonl.zst"), func(d struct{ Text string }) {
		if len(text) < 16<<20 {
			text = append(append(text, d.Text...), '\n')
		}
	})
	compare(b, text)
}

func BenchmarkFoldOffsets(b *testing.B) {
	text := []byte(strings.Repeat(sample, 100))
	var at []int
	run(b, "text=sample", text, func(dst, text []byte) []byte {
		dst, at = arabic.AppendFoldOffsets(dst, at[:0], text)
		return dst
	})
}
