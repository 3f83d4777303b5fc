package quality

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/internal/linear"
)

// cleaner looks for everything that needs no corpus.
func cleaner(tb testing.TB) *Cleaner {
	tb.Helper()
	phrases, err := DefaultPhrases()
	if err != nil {
		tb.Fatal(err)
	}
	preset, err := LoadPreset("news-ar")
	if err != nil {
		tb.Fatal(err)
	}
	return NewCleaner(Options{Phrases: phrases, Preset: preset})
}

// checkFindings checks what a Cleaner promises of any text, and that the original can be put together again.
func checkFindings(tb testing.TB, c *Cleaner, text string) {
	tb.Helper()
	f := c.Clean(text, "")
	at, rest := 0, f.Text
	var original strings.Builder
	take := func(s string) {
		if !strings.HasPrefix(rest, s) {
			tb.Fatalf("%q: the repaired text %q does not go on with %q", text, rest, s)
		}
		rest = rest[len(s):]
	}
	for _, s := range f.Spans {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			tb.Fatalf("%q: span %+v after %d", text, s, at)
		}
		if utf8.ValidString(text) && !(utf8.ValidString(text[:s.Start]) && utf8.ValidString(text[s.Start:s.End])) {
			tb.Fatalf("%q: span %+v is not on character borders", text, s)
		}
		if c.Cuts(s) {
			take(text[at:s.Start] + s.Put)
			original.WriteString(text[at:s.Start] + text[s.Start:s.End])
			at = s.End
		}
	}
	take(text[at:])
	original.WriteString(text[at:])
	if rest != "" || original.String() != text {
		tb.Fatalf("%q: %q is left of the repaired text, the original comes back as %q", text, rest, original.String())
	}
}

func FuzzCleaner(f *testing.F) {
	for _, s := range []string{
		"", " ", "افتتح الوزير السوق. googletag.cmd.push(function() { }); وحضر الحفل.", "وزارة &amp;quot;الصحة&amp;quot;\x1a\n\n“);\n}\n\nشاركها.\nExit mobile version",
		"{{{{((((", "قال \xff\xfe ط§ظ„ط¹ط±ط¨ظٹط©", storyArticle + storyLeads, storyArticle + storyArticle, "...المزيد", "// انتهى //\n12:09 ت م", "\u00a0\u00a0سمات أ ب ج\u200f",
	} {
		f.Add(s)
	}
	c := cleaner(f)
	f.Fuzz(func(t *testing.T, text string) { checkFindings(t, c, text) })
}

// TestCleanOnSeed repairs the article that this project began with to exactly its prose.
func TestCleanOnSeed(t *testing.T) {
	raw, err := os.ReadFile(evaldata.Path(t, "gold/seed-article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	end := strings.Index(text, "“);")
	want := strings.TrimSpace(text[:end])
	f := cleaner(t).Clean(text, "")
	if f.Text != want {
		t.Errorf("repaired to %q", f.Text)
	}
	captions := 0
	for _, s := range f.Spans {
		if s.Kind == Caption {
			captions++
		}
	}
	if captions != 2 || f.Cut.Where != NotTruncated || len(f.Verdicts) > 0 {
		t.Errorf("%d captions, truncated %q, verdicts %v", captions, f.Cut.Where, f.Verdicts)
	}
	checkFindings(t, cleaner(t), text)
}

// TestCleanIsLinear gives a Cleaner 50 MB of what parsers stumble over.
func TestCleanIsLinear(t *testing.T) {
	c := cleaner(t)
	for name, in := range map[string]struct {
		unit string
		mb   int
	}{
		"brackets": {"(", 50}, "quotes": {"\"", 50}, "a letter": {"ا", 50}, "braces": {"{", 8}, "tags": {"<", 8}, "entities": {"&amp;", 8}, "mojibake": {"Ø", 8},
		"lines": {"شاركها\n", 8}, "calls": {"a(", 8}, "dots": {".", 8},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() {
				in.mb = 2
			}
			linear.Check(t, in.unit, in.mb<<20, func(text string) { c.Clean(text, "") })
		})
	}
}

// TestCleanBytes compares what is found in a buffer that is used again with what is found in a string.
func TestCleanBytes(t *testing.T) {
	c, plain := cleaner(t), cleaner(t)
	var buf []byte
	for _, text := range []string{story, "قبل &amp; بعد });\nنص", "", "شاركها\n" + story, story} {
		buf = append(buf[:0], text...)
		got, want := c.CleanBytes(buf, "", len(AppendCode(nil, text)) == 0), plain.Clean(text, "")
		if got.Text != want.Text || !slices.Equal(got.Spans, want.Spans) {
			t.Errorf("%q: %v %q, want %v %q", text, got.Spans, got.Text, want.Spans, want.Text)
		}
	}
}
