package job

import (
	"testing"
	"unicode/utf8"
)

// FuzzCharacters compares the count eight bytes at a time with the plain one.
func FuzzCharacters(f *testing.F) {
	for _, s := range []string{"", "a", "نص عربي طويل قليلا", "😀😀😀", "abcdefgh", "\x80\xbf"} {
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
