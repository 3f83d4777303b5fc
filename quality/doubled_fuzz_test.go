package quality

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
)

// slowDoubled is AppendDoubled without the quick look, with units cut byte by byte.
func slowDoubled(text string) []Span {
	var r repeats
	r.slowSplit(text)
	return r.find(nil, text)
}

// slowSplit cuts a text into units and remembers the first of each.
func (r *repeats) slowSplit(text string) {
	r.units, r.raw = r.units[:0], append(r.raw[:0], text...)
	at := 0
	for line := range strings.Lines(text) {
		before := len(r.units)
		r.slowSplitLine(text, at, at+len(line))
		at += len(line)
		if n := len(r.units); n > before {
			r.units[before].opens, r.units[n-1].closes = true, true
		}
	}
	r.remember()
}

// slowSplitLine cuts text[start:end] at the ends of its sentences.
func (r *repeats) slowSplitLine(text string, start, end int) {
	from := start
	for i := start; i < end; i++ {
		if size := sentenceMark(text[i:end]); size > 0 {
			i += size - 1
			if i+1 < end && (text[i+1] == ' ' || text[i+1] == '\n' || text[i+1] == '\r' || text[i+1] == '\xC2') {
				r.add(text, from, i+1)
				from = i + 1
			}
		}
	}
	r.add(text, from, end)
}

// sentenceMark returns the length of a mark that ends a sentence, if s begins with one: . ! ? ؟ and the no-break space that parts
// the paragraphs of some pages.
func sentenceMark(s string) int {
	switch s[0] {
	case '.', '!', '?':
		return 1
	case '\xD8':
		return 2 * bit(len(s) > 1 && s[1] == '\x9F')
	case '\xC2':
		return 2 * bit(len(s) > 1 && s[1] == '\xA0')
	}
	return 0
}

// FuzzDoubled compares the quick look with the whole way, on texts that hold something twice.
func FuzzDoubled(f *testing.F) {
	long := "افتتح رئيس بلدية الميناء القديم أمس سوق السمك الجديد بعد عامين من أعمال الترميم المتواصلة، بحضور عدد من الصيادين وأسرهم"
	for _, sep := range []string{"\n", ". ", "؟\n", "\u00A0\u00A0 ", "!\r\n", "..", "?\xC2", "\xD8\x9F\n", ""} {
		f.Add(long, "قال ذلك أمس", sep, sep)
		f.Add("", long, sep, ".\n")
	}
	f.Add("عَ\u064B\u0653\u0655"+strings.Repeat("\u0301\u0654", 60), strings.Repeat("e\u0301\u0323ᄀ\u1161\u11A8", 30), "\n", "\n")
	f.Add(strings.Repeat("ﷺ", 20), strings.Repeat("\u200F", 200)+long, "\n", " \n")
	var r repeats
	var m textMarks
	f.Fuzz(func(t *testing.T, a, b, sep, other string) {
		for _, text := range []string{a + sep + b, a + sep + b + other + a + sep + b, b + sep + strings.ReplaceAll(a, "ا", "أ") + other + b + sep + a} {
			m.read(text)
			if got, want := r.append(nil, text, &m), slowDoubled(text); !slices.Equal(got, want) {
				t.Fatalf("%q: %+v, want %+v", text, got, want)
			}
		}
		for _, unit := range []string{a, b, a + b, a + sep + b} {
			whole := arabic.AppendFold(nil, []byte(unit))
			if want := whole[:min(len(whole), keyBytes)]; !bytes.Equal(r.key(unit), want) {
				t.Fatalf("%q: begins with %q, want %q", unit, r.key(unit), want)
			}
		}
	})
}
