package quality

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func defaultPhrases(tb testing.TB) *Phrases {
	tb.Helper()
	p, err := DefaultPhrases()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// bracket puts what is cut in ⟦ ⟧.
func bracket(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start] + "⟦" + text[s.Start:s.End] + "⟧")
		at = s.End
	}
	return b.String() + text[at:]
}

// TestPhraseExamples runs the examples and counter-examples of the table.
func TestPhraseExamples(t *testing.T) {
	p := defaultPhrases(t)
	for _, e := range p.entries {
		for _, want := range e.examples {
			text := strings.NewReplacer("⟦", "", "⟧", "").Replace(want)
			spans := p.Append(nil, text, nil)
			if diff := cmp.Diff(want, bracket(text, spans)); diff != "" {
				t.Errorf("%s: (-want +got):\n%s\n%v", e.rule, diff, spans)
				continue
			}
			named := false
			for _, s := range spans {
				named = named || s.Rule == e.rule && s.Kind == e.kind
			}
			if !named {
				t.Errorf("%s: %q is cut by %v", e.rule, want, spans)
			}
		}
		for _, text := range e.not {
			if spans := p.Append(nil, text, nil); len(spans) > 0 {
				t.Errorf("%s: %s %v", e.rule, bracket(text, spans), spans)
			}
		}
	}
}

// TestPhrasesBesideCode checks that a line that is cut anyway does not count as text, and that nothing is cut twice.
func TestPhrasesBesideCode(t *testing.T) {
	p := defaultPhrases(t)
	text := "عاد الوفد مساء أمس.\nشاركها\n“);\nExit mobile version\nشاركها });"
	var taken []Span
	for _, code := range []string{"“);", "});"} {
		i := strings.Index(text, code)
		taken = append(taken, Span{Start: i, End: i + len(code), Rule: "orphan"})
	}
	want := "عاد الوفد مساء أمس.\n⟦شاركها⟧\n“);\n⟦Exit mobile version⟧\n⟦شاركها⟧ });"
	if diff := cmp.Diff(want, bracket(text, p.Append(nil, text, taken))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestPhrasesTogether uses one table from many goroutines.
func TestPhrasesTogether(t *testing.T) {
	p := defaultPhrases(t)
	text := "عاد الوفد مساء أمس.\nشارك هذا الخبر عبر فيسبوك\n// انتهى //"
	want := p.Append(nil, text, nil)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				if diff := cmp.Diff(want, p.Append(nil, text, nil)); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
					return
				}
			}
		})
	}
	all.Wait()
}

// TestParsePhrasesErrors checks that each mistake in a table is named, with what to write instead.
func TestParsePhrasesErrors(t *testing.T) {
	const head = "phrases:\n  nav:\n    - "
	for file, want := range map[string]string{
		"":                                   "the file is empty",
		"phrases: {}":                        "no entries",
		"phrases:\n  news: []":               "no kind is called",
		"phrases:\n  nav: 3":                 "format",
		head + "{at: line, say: x}":          "has no rule",
		head + "{rule: r, at: here, say: x}": "write one of line",
		head + "{rule: r, at: line, where: here, say: x}":   "write one of any",
		head + "{rule: r, at: after, say: x}":               "needs where",
		head + "{rule: r, at: line}":                        "put its phrases under say",
		head + "{rule: r, at: line, say: '[x'}":             "brackets",
		head + "{rule: r, at: line, say: '[x]'}":            "match nothing",
		head + "{rule: r, at: line, say: '<3> x'}":          "begins with any word",
		head + "{rule: r, at: end, say: 'x <3>'}":           "ends with any word",
		head + "{rule: r, at: line, say: 'x <99>'}":         "from 1 to",
		head + "{rule: r, at: line, say: 'x $none'}":        "no list is named",
		head + "{rule: r, at: line, say: 'x ؟'}":            "no letters",
		head + "{rule: r, at: line, say: 'x http://a.com'}": "write &",
		head + "{rule: r, at: line, say: 'x a_b~_c~ ~'}":    "prefix",
		head + "{rule: r, at: line, colour: red, say: x}":   "colour",
	} {
		if _, err := ParsePhrases(strings.NewReader(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", file, err, want)
		}
	}
}
