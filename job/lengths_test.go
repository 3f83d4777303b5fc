package job

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCharacters compares the count by words with the plain one.
func FuzzCharacters(f *testing.F) {
	for _, s := range []string{"", "a", "نص عربي طويل قليلا", "😀😀😀", "abcdefgh", "\x80\xbf", strings.Repeat("ن", 5000), strings.Repeat("a😀", 333)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		if got, want := characters([]byte(s)), utf8.RuneCountInString(s); got != want {
			t.Errorf("%q has %d characters, want %d", s, got, want)
		}
	})
}

func BenchmarkCharacters(b *testing.B) {
	text := []byte(strings.Repeat("نص عربي طويل قليلا ", 70))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		characters(text)
	}
}
