package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestPrintable(t *testing.T) {
	cases := []struct{ in, want string }{
		{"", ""}, {"abc مرحبا، 1٢ “x”", "abc مرحبا، 1٢ “x”"}, {"مَرْحَبًا", "مَرْحَبًا"},
		{"\x1b[31mred\x1b[0m", `\u001b[31mred\u001b[0m`}, {"a\n\r\tb\x00", `a\n\r\tb\u0000`}, {"\x7f\u0085\u009b", `\u007f\u0085\u009b`},
		{"a\u202eb\u202c\u2066\u2069\u200e\u200f\u061c", `a\u202eb\u202c\u2066\u2069\u200e\u200f\u061c`},
		{"می\u200cخواهم 👨\u200d👩", "می\u200cخواهم 👨\u200d👩"}, {"\u06dd12", "\u06dd12"}, {"\ufeffx\u200bx\u00adx", `\ufeffx\u200bx\u00adx`},
		{"\xef", `\xef`}, {"a\xffb\xd8", `a\xffb\xd8`}, {"\ufffd", "\ufffd"}, {"\u2028\u2029", `\u2028\u2029`}, {"\U000e0041", `\U000e0041`}, {`a\nb`, `a\nb`},
	}
	for _, c := range cases {
		if got := Printable(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("\xef")
	f.Add("a\x1b\u202e\xff\ufffd ب\u200c")
	f.Fuzz(func(t *testing.T, s string) {
		p := Printable(s)
		if !utf8.ValidString(p) || strings.ContainsFunc(p, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}) {
			t.Fatalf("%q gives %q", s, p)
		}
		if Printable(p) != p {
			t.Fatalf("%q changes again", p)
		}
		if n := utf8.RuneCountInString(sample([]byte(s))); n > sampleLength {
			t.Fatalf("sample of %d characters", n)
		}
	})
}

func TestSample(t *testing.T) {
	if got := sample([]byte(strings.Repeat("ب", 200) + "\n")); got != strings.Repeat("ب", 120) {
		t.Errorf("%q", got)
	}
	if got := sample([]byte(strings.Repeat("a", 118) + "\x1bb")); got != strings.Repeat("a", 118) {
		t.Errorf("half an escape: %q", got)
	}
}

func TestQuarantine(t *testing.T) {
	var b bytes.Buffer
	q := NewQuarantine(&b)
	d := Defect{"in/a<b>.jsonl", 3, 120, `no field "text" (fields here: id)`, `{"id":1}`}
	if err := q.Add(d); err != nil {
		t.Fatal(err)
	}
	want := `{"file":"in/a<b>.jsonl","line":3,"offset":120,"reason":"no field \"text\" (fields here: id)","sample":"{\"id\":1}"}` + "\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	var back Defect
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back != d || q.Count() != 1 {
		t.Errorf("%+v, %v, count %d", back, err, q.Count())
	}
	if err := NewQuarantine(failAt(0)).Add(d); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
}
