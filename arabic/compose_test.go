package arabic

import (
	"encoding/binary"
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestComposites computes every character of Unicode that two others compose to.
func TestComposites(t *testing.T) {
	var computed []byte
	n := 0
	for r := range rune(unicode.MaxRune + 1) {
		c := string(r)
		if !utf8.ValidRune(r) || r >= hangulLo && r < hangulHi || norm.NFD.String(c) == c || norm.NFC.String(c) != c {
			continue
		}
		d := []rune(norm.NFD.String(c))
		first := []rune(norm.NFC.String(string(d[:len(d)-1])))
		if len(first) != 1 {
			t.Errorf("%U is composed of %+q", r, first)
			continue
		}
		last := d[len(d)-1]
		n++
		for _, point := range []rune{first[0], last, r} {
			computed = binary.LittleEndian.AppendUint32(computed, uint32(point))
		}
		if got := norm.NFC.String(string([]rune{first[0], last})); got != c {
			t.Errorf("%U %U compose to %+q, not to %U", first[0], last, got, r)
		}
	}
	generated(t, "composed.bin", computed, composed)
	if found := len(composites()); !*update && (n < 900 || n != found) {
		t.Errorf("%d composites, the map has %d", n, found)
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
