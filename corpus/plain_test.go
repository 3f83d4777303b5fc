package corpus

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzPlainRun compares plainRun and its portable twin with a loop over bytes.
func FuzzPlainRun(f *testing.F) {
	f.Add([]byte(`وزاره الصحه اعلنت "`), uint8(0), uint8(9))
	f.Add([]byte("\xd8\xa7\x80 \xc1\xa0 \xd8"), uint8(3), uint8(40))
	f.Add([]byte("漢字 mixed\tكلمه\\u0627"), uint8(1), uint8(70))
	f.Add([]byte("\xc2\"\x80"), uint8(63), uint8(0))
	for i, s := range []string{"“قال” … ﷺ", "\xe2\x80", "\xe2\xc3\x80\x80", "\xe2\xe2\x80\x80\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xed\xa0\x80", "\xee\x80\x80\xef\xbf\xbf\xf0\x9f\x98\x80"} {
		f.Add([]byte(s), uint8(0), uint8(31)) // at the border of two blocks
		f.Add([]byte("a"+s+"\""), uint8(i), uint8(31))
		f.Add([]byte(s+"\""), uint8(2), uint8(0))
	}
	f.Fuzz(func(t *testing.T, src []byte, from, before uint8) {
		line := append(bytes.Repeat([]byte("ا"), int(before)), src...)
		i := min(int(from), len(line))
		want := i
		for want < len(line) && line[want] >= ' ' && line[want] != '"' && line[want] != '\\' {
			want++
		}
		if got, _ := plainRunPortable(line, i); got != want {
			t.Fatalf("%q from %d: the run ends at %d, want %d", line, i, got, want)
		}
		got, valid := plainRun(line[:len(line):len(line)], i)
		if got != want || valid && !utf8.Valid(line[i:want]) {
			t.Fatalf("%q from %d: the run ends at %d, want %d; valid %v", line, i, got, want, valid)
		}
		if kernels && valid != isCommonText(line[i:want]) {
			t.Fatalf("%q from %d to %d: valid %v", line, i, want, valid)
		}
	})
}

// isCommonText tells whether b is UTF-8 of which the kernel is certain.
func isCommonText(b []byte) bool {
	return utf8.Valid(b) && bytes.IndexFunc(b, func(r rune) bool { return r > 0xFFFF || r>>12 == 0xD || r > 0x7FF && r < 0x1000 }) < 0
}
