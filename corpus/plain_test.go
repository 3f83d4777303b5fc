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
		got, short := plainRun(line[:len(line):len(line)], i)
		if got != want || short && !utf8.Valid(line[i:want]) {
			t.Fatalf("%q from %d: the run ends at %d, want %d; short %v", line, i, got, want, short)
		}
		if kernels && short != isShortText(line[i:want]) {
			t.Fatalf("%q from %d to %d: short %v", line, i, want, short)
		}
	})
}

// isShortText tells whether b is UTF-8 in characters of one or two bytes.
func isShortText(b []byte) bool {
	return utf8.Valid(b) && bytes.IndexFunc(b, func(r rune) bool { return r > 0x7FF }) < 0
}
