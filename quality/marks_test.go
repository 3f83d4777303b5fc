package quality

import (
	"slices"
	"strings"
	"testing"
)

// marksOf are the marks of a text by the plain way.
func marksOf(text string) *textMarks {
	m := &textMarks{}
	n := (len(text) + 63) / 64
	m.words = make([]uint64, 3*n)
	m.lines, m.stops, m.wrong = m.words[:n], m.words[n:2*n], m.words[2*n:]
	m.plain(text)
	return m
}

// FuzzMarks compares the marks of the kernel with those found byte by byte, and the tests on marks with those on texts.
func FuzzMarks(f *testing.F) {
	for _, text := range []string{
		"", " ", "a", story, "Ø±Ø³Ø§Ù„Ø© &amp; \x1a", "ط§ظ„ط¹ط±ط¨ظٹط©، ظ؟", "كلمة \u00a0 \t\u2028\u0085", "f(x) /* [/", "21/7/2015", "a[1]/*", "(أ)=", "(أ ف ب) \n???", "\xd8\xb7\xc2\x80\xa9\xd9\xbe",
	} {
		f.Add(text, uint8(0))
		f.Add(text, uint8(61))
	}
	var got textMarks
	f.Fuzz(func(t *testing.T, text string, before uint8) {
		text = strings.Repeat("-", int(before)) + text + text
		got.read(text)
		want := marksOf(text)
		if !slices.Equal(got.words, want.words) || got.alone != want.alone || got.pairs != want.pairs {
			t.Fatalf("%q: %x %b %b, byte by byte %x %b %b", text, got.words, got.alone, got.pairs, want.words, want.alone, want.pairs)
		}
		if mayHoldCode(text) && !want.mayHoldCode() {
			t.Fatalf("%q: code not marked", text)
		}
		if want.holdCode(text) != mayHoldCode(text) {
			t.Fatalf("%q: there is code by its marks: %v", text, want.holdCode(text))
		}
		if want.pairs&pairClose == 0 && (strings.Contains(text, "???") || strings.Contains(text, ") ") || strings.Contains(text, ")\n")) {
			t.Fatalf("%q: not marked", text)
		}
	})
}

func BenchmarkMarks(b *testing.B) {
	var m textMarks
	text := strings.Repeat(story, 8)
	b.Run("kernel", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			m.read(text)
		}
	})
	b.Run("plain", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			m.plain(text)
		}
	})
}
