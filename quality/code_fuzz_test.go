package quality

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/linear"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// FuzzAppendCode checks the promises about spans. That nothing is found after cutting is not among them: what stood on both
// sides of a snippet can make one when it meets, "<<br>b>".
func FuzzAppendCode(f *testing.F) {
	for _, c := range codeCases {
		text, _ := unmark(c.text)
		f.Add(text)
	}
	for _, s := range []string{"(((“);\n}\n]]> <b>x</b> &nbsp;", "\xff{\xd8\"a\":\xb1}", "/*<!--`'\"“‘«", "-", "$", "<%", "[a b=", "[/", "{{}}", "a\u0300b(){}; '\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, s := range AppendCode(nil, text) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) || s.Kind != Code || s.Rule == "" {
				t.Fatalf("%+v after %d in %q", s, at, text)
			}
			at = s.End
			if utf8.ValidString(text) && (!utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
				t.Fatalf("%+v splits a rune of %q", s, text)
			}
			if in := text[s.Start:s.End]; strings.TrimSpace(in) != in {
				t.Fatalf("%+v has white space at its borders: %q", s, in)
			}
		}
	})
}

// FuzzCodeProse holds what passes over prose to what reads every word.
func FuzzCodeProse(f *testing.F) {
	const prose = " قال الوزير إن المشروع الكبير انتهى في موعده "
	for _, c := range codeCases {
		text, _ := unmark(c.text)
		f.Add(text)
		f.Add(prose + text + prose + prose + text)
		f.Add(strings.ReplaceAll(text, " ", prose))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, text := range []string{text, strings.ReplaceAll(text, "\n", prose), prose + text + prose} {
			slow := newCodeScan(nil, text)
			slow.prose = len(text) + 1
			if diff := cmp.Diff(slow.all(), appendCode(nil, text)); diff != "" {
				t.Fatalf("%q (-all words +skipped):\n%s", text, diff)
			}
		}
	})
}

// FuzzCodeLexer compares the lexer with one that forgets what its searches found, and checks that tokens and gaps make up the text.
func FuzzCodeLexer(f *testing.F) {
	for _, c := range codeCases {
		text, _ := unmark(c.text)
		f.Add(text)
	}
	f.Add("'a' \"b\\\" 'c' `d` \n ‘e“f /*g <!--h <script i </script> ' \" ` */ -->")
	f.Fuzz(func(t *testing.T, text string) {
		fast, slow := newCodeLexer(text), newCodeLexer(text)
		at := 0
		for {
			got, want := fast.next(), slow.next()
			if got != want {
				t.Fatalf("%+v, without memory %+v in %q", got, want, text)
			}
			if got.start < at || got.end < got.start || got.kind != tokEnd && got.end == got.start {
				t.Fatalf("%+v after %d in %q", got, at, text)
			}
			if strings.Trim(text[at:got.start], " \t\n\r\v\f\x1a") != "" && !blankOnly(text[at:got.start]) {
				t.Fatalf("text lost before %+v in %q", got, text)
			}
			if at = got.end; got.kind == tokEnd {
				return
			}
			forget := newCodeLexer(text)
			slow.ahead, slow.barren = forget.ahead, forget.barren
		}
	})
}

// blankOnly says whether s holds nothing to see.
func blankOnly(s string) bool {
	for _, r := range s {
		if r > ' ' && r != 0x7f && !isBlank(r) {
			return false
		}
	}
	return true
}

// TestCodeAmidProse checks that lines of prose around a text move its spans and change nothing else.
func TestCodeAmidProse(t *testing.T) {
	prose := rapid.SampledFrom([]string{"قال الوزير إن المشروع انتهى.", "وأضاف «الأمر واضح»؛ ثم سكت", "The minister said so.", "", "العام 2015 (الماضي)"})
	part := rapid.Custom(func(t *rapid.T) string {
		text, _ := unmark(rapid.SampledFrom(codeCases).Draw(t, "case").text)
		return text
	})
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOfN(prose, 1, 4).Draw(t, "before"), "\n") + "\n"
		text := part.Draw(t, "text")
		after := "\n" + strings.Join(rapid.SliceOfN(prose, 1, 4).Draw(t, "after"), "\n")
		want := appendCode(nil, text)
		for i := range want {
			want[i].Start += len(before)
			want[i].End += len(before)
		}
		if diff := cmp.Diff(want, appendCode(nil, before+text+after)); diff != "" {
			t.Fatalf("%q (-alone +amid):\n%s", before+text+after, diff)
		}
	})
}

// TestCodeCutTwice checks that nothing is found in the cases after cutting.
func TestCodeCutTwice(t *testing.T) {
	for _, c := range codeCases {
		text, _ := unmark(c.text)
		rest := cut(text, AppendCode(nil, text))
		if again := found(rest); again != nil {
			t.Errorf("%s: %q in %q", c.name, again, rest)
		}
	}
}

// TestCodeLinear checks that time grows with length and not faster, on texts made to provoke searches that fail.
func TestCodeLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 50 MB, many times")
	}
	for _, unit := range []string{"(", "\"", "'", "‘", "a", "م", "<", "{", "}", ")", "`", "=", " ", "\n", "/*", "<!--", "<a ", "[a b", "{{", "<%", "<script>", "“);", "a(", "('", "\\\"", "a.b(';\n", "{a:", "//", "&a", "x=[", "}\n", "-a", "foo(a, "} {
		size := 5 << 20
		if len(unit) == 1 {
			size = 50 << 20
		}
		linear.Check(t, unit, size, func(text string) { AppendCode(nil, text) })
	}
}
