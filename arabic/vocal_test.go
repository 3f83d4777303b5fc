package arabic_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// each calls f with every record of a JSONL file.
func each[T any](tb testing.TB, name string, f func(T)) {
	tb.Helper()
	in, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var record T
		if err := json.Unmarshal(sc.Bytes(), &record); err != nil {
			tb.Fatal(err)
		}
		f(record)
	}
	if err := sc.Err(); err != nil {
		tb.Fatal(err)
	}
}

// bare deletes marks and tatweel and nothing else.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\u0640' {
			return -1
		}
		return r
	}, s)
}

// TestVocalisations checks on real vocalised lines that texts which differ in marks only fold to one.
func TestVocalisations(t *testing.T) {
	type line struct{ Group, Variant, Text string }
	groups := map[string][]line{} // by group and bare text
	lines := 0
	each(t, evaldata.Plain(t, "corpora/tashkeela-variants.jsonl.zst"), func(l line) {
		k := l.Group + "\t" + bare(l.Text)
		groups[k] = append(groups[k], l)
		lines++
	})
	compared, pairs := 0, 0
	for _, same := range groups {
		if len(same) > 1 {
			compared++
		}
		for i, a := range same {
			for _, b := range same[:i] {
				if a.Text == b.Text {
					continue
				}
				pairs++
				if x, y := arabic.Fold(a.Text), arabic.Fold(b.Text); x != y {
					t.Errorf("%s: %s and %s differ in marks only and fold to\n%s\n%s", a.Group, a.Variant, b.Variant, x, y)
				}
			}
		}
	}
	t.Logf("%d lines, %d sets of vocalisations of the same letters, %d pairs that differ in marks", lines, compared, pairs)
	if pairs < 15_000 {
		t.Errorf("only %d pairs were compared, the file has 15783", pairs)
	}
}
