package quality

import (
	"maps"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestEncodingOnNews counts what is found in whole corpora. Each span was read: the controls are SUB before captions, which no word
// leans on, and a few strays; the entities of the tweets are &gt; &lt; and &amp; alone. None of these corpora has mojibake.
func TestEncodingOnNews(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200 MB")
	}
	for _, c := range []struct {
		file string
		docs int
		want map[string]int
	}{
		{"corpora/saudinewsnet.jsonl.zst", 93, map[string]int{"control": 431, "html-entity": 2}},
		{"corpora/ant-v1.jsonl.zst", 1, map[string]int{"control": 1}},
		{"corpora/factcheck-2024.jsonl.zst", 1, map[string]int{"control": 1}},
		{"corpora/arabic-tweets.jsonl.zst", 70, map[string]int{"control": 2, "html-entity": 123}},
		{"corpora/langid-arabscript.jsonl.zst", 0, map[string]int{}}, // eight languages of the Arabic script
		{"corpora/tashkeela-variants.jsonl.zst", 0, map[string]int{}},
	} {
		t.Run(c.file, func(t *testing.T) {
			docs, got := 0, map[string]int{}
			var spans []Span
			eachLabelled(t, c.file, func(g labelled) {
				if spans = AppendEncoding(spans[:0], g.Text); len(spans) == 0 {
					return
				}
				docs++
				for _, s := range spans {
					got[s.Rule]++
				}
				if again := AppendEncoding(nil, repaired(g.Text, spans)); len(again) > 0 {
					t.Errorf("%s: found again: %+v", g.ID, again)
				}
			})
			t.Log(docs, got)
			if docs != c.docs || !maps.Equal(got, c.want) {
				t.Errorf("want %d %v", c.docs, c.want)
			}
		})
	}
}

// spoilt is a way to spoil a text; it reports false for one that cannot be spoilt so.
type spoilt struct {
	name  string
	spoil func(string) (string, bool)
}

var spoilts = []spoilt{
	{"utf8-as-cp1252", func(s string) (string, bool) { return readAs(charmap.Windows1252, s), true }},
	{"utf8-as-cp1250", func(s string) (string, bool) { return readAs(charmap.Windows1250, s), true }},
	{"utf8-as-macroman", func(s string) (string, bool) { return readAs(charmap.Macintosh, s), true }},
	{"utf8-as-cp1256", func(s string) (string, bool) { return readAs(charmap.Windows1256, s), true }},
	{"cp1256-as-cp1252", func(s string) (string, bool) {
		raw, err := charmap.Windows1256.NewEncoder().String(s)
		return readAs(charmap.Windows1252, raw), err == nil
	}},
	{"html-entity", func(s string) (string, bool) {
		return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", "«", "&laquo;", "ا", "&#1575;").Replace(s), true
	}},
}

// TestEncodingRestores spoils real texts, then only their first five words, and counts those that come back as they were.
func TestEncodingRestores(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100 MB")
	}
	var whole, part [8]struct{ all, right int }
	n := 0
	eachLabelled(t, "corpora/saudinewsnet.jsonl.zst", func(g labelled) {
		if n++; n%50 != 0 || len(AppendEncoding(nil, g.Text)) > 0 {
			return
		}
		head, rest := g.Text, ""
		if f := strings.Fields(g.Text); len(f) > 5 {
			k := strings.Index(g.Text, f[0])
			for _, w := range f[:5] {
				k += strings.Index(g.Text[k:], w) + len(w)
			}
			head, rest = g.Text[:k], g.Text[k:]
		}
		for k, sp := range spoilts {
			if bad, ok := sp.spoil(g.Text); ok {
				whole[k].all++
				if got := repaired(bad, AppendEncoding(nil, bad)); got == g.Text {
					whole[k].right++
				}
			}
			if bad, ok := sp.spoil(head); ok {
				part[k].all++
				if got := repaired(bad+rest, AppendEncoding(nil, bad+rest)); got == g.Text {
					part[k].right++
				}
			}
		}
	})
	for k, sp := range spoilts {
		t.Logf("%-17s whole texts %d of %d, five words %d of %d", sp.name, whole[k].right, whole[k].all, part[k].right, part[k].all)
		if whole[k].right*1000 < whole[k].all*995 || part[k].right*1000 < part[k].all*995 {
			t.Errorf("%s: more than five in a thousand do not come back", sp.name)
		}
	}
}
