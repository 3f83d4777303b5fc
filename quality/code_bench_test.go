package quality

import (
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	benchProse = "قال الوزير إن المشروع (الذي بدأ عام 2015) انتهى، وأضاف: «الأمر واضح». وكان الفريق قد عاد إلى الملعب بعد دقائق من انتهاء اللقاء.\n"
	benchBrace = "قال تعالى: {إِنَّ مَعَ الْعُسْرِ يُسْرًا} صدق الله العظيم.\n"
	benchCode  = "adbox.queue.push(function() { adbox.show('slot-7-a', [[300, 250], [1, 1]]); if (a.x === 1) { b += 2; } });\n"
)

// BenchmarkAppendCode measures MB/s of clean news, of news with a brace (looked at in full), of news with a snippet, and of code.
func BenchmarkAppendCode(b *testing.B) {
	for name, text := range map[string]string{
		"text=clean":   strings.Repeat(benchProse, 20),
		"text=braces":  strings.Repeat(benchProse, 19) + benchBrace,
		"text=snippet": strings.Repeat(benchProse, 19) + benchCode,
		"text=code":    strings.Repeat(benchCode, 30),
	} {
		b.Run(name, func(b *testing.B) {
			var spans []Span
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				spans = AppendCode(spans[:0], text)
			}
		})
	}
}

// BenchmarkAppendCodeFloor is what one look at each byte costs.
func BenchmarkAppendCodeFloor(b *testing.B) {
	text := strings.Repeat(benchProse, 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if !utf8.ValidString(text) {
			b.Fatal("not UTF-8")
		}
	}
}
