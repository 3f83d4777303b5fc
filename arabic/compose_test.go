package arabic

import (
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestComposites finds every character of Unicode that two others compose to, and looks for it in the map.
func TestComposites(t *testing.T) {
	found := map[rune]bool{}
	for pair, r := range composites() {
		found[r] = true
		if got := norm.NFC.String(string([]rune{pair.first, pair.second})); got != string(r) {
			t.Errorf("%U %U compose to %+q, the map says %U", pair.first, pair.second, got, r)
		}
	}
	n := 0
	for r := range rune(unicode.MaxRune + 1) {
		c := string(r)
		if !utf8.ValidRune(r) || r >= hangulLo && r < hangulHi || norm.NFD.String(c) == c || norm.NFC.String(c) != c {
			continue
		}
		n++
		if !found[r] {
			t.Errorf("%U is not in the map", r)
		}
	}
	if n < 900 || n != len(found) {
		t.Errorf("%d composites, the map has %d", n, len(found))
	}
}

// TestTableBounds checks the bounds beside each list of letters.
func TestTableBounds(t *testing.T) {
	for _, u := range united {
		from := []rune(u.from)
		if u.lo != slices.Min(from) || u.hi != slices.Max(from) {
			t.Errorf("%q goes from %U to %U, the table says %U to %U", u.from, slices.Min(from), slices.Max(from), u.lo, u.hi)
		}
	}
	for i := range signs[1:] {
		if signs[i].sign >= signs[i+1].sign {
			t.Errorf("%U stands before %U", signs[i].sign, signs[i+1].sign)
		}
	}
}

// TestTablesSettle checks that the frequent characters do not go the slow way.
func TestTablesSettle(t *testing.T) {
	text := []byte("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىةًٌٍَُِّْٰـ٠٩۰۹،؛؟٪٫٬«»“”‘’–—…•\u00A0\u200F\u200E\u200C\u2003éüçÉپچگکی\uFE8D\uFEFB\uFEFC")
	for i := 0; i < len(text); {
		e, n := table().lookup(text, i)
		if e == entrySlow {
			t.Errorf("%q is slow", text[i:i+n])
		}
		i += n
	}
}
