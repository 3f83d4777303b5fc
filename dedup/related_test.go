package dedup

import (
	"testing"

	"github.com/corpusctl/corpusctl/arabic"
)

func TestRelated(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want bool
	}{
		{"مشروع", "مشروع", true},
		{"مشروع", "مشروعات", true},
		{"المشروع", "مشروع", true},
		{"والمشروع", "بالمشاريع", true},
		{"منتزه", "متنزه", true},        // the same letters
		{"غروزني", "جروزني", true},      // the same consonants
		{"إدلب", "ادلب", true},          // folding
		{"قذائف", "قذيفة", true},        // begin alike
		{"أوباما", "اوباما", true},      // folding
		{"فرنسا", "ألمانيا", false},     // two countries
		{"الخميس", "الجمعة", false},     // two days
		{"الرياض", "جدة", false},        // two towns
		{"خالد", "سلطان", false},        // two people
		{"ارتفاع", "انخفاض", false},     // two directions
		{"القاهرة", "الخرطوم", false},   // two capitals
		{"reuters", "reuter", true},     // Latin letters
		{"washington", "london", false}, // Latin letters
	} {
		x, y := arabic.Fold(c.x), arabic.Fold(c.y)
		if got := related(x, y); got != c.want {
			t.Errorf("related(%s, %s) = %v", c.x, c.y, got)
		}
		if related(y, x) != related(x, y) {
			t.Errorf("related(%s, %s) depends on the order", c.x, c.y)
		}
	}
}

// related compares the forms of two folded words.
func related(x, y string) bool {
	var a, b wordForm
	a.set(bare([]byte(x)))
	b.set(bare([]byte(y)))
	return a.related(&b)
}

// FuzzRelated checks that the relation is reflexive and symmetric, on any bytes, and what the plain one says.
func FuzzRelated(f *testing.F) {
	f.Add("مشروع", "المشروعات")
	f.Add("", "ا")
	f.Add("\xff\xfe", "\xd8")
	f.Fuzz(func(t *testing.T, x, y string) {
		if !related(x, x) {
			t.Errorf("%q is not related to itself", x)
		}
		if related(x, y) != related(y, x) {
			t.Errorf("related(%q, %q) depends on the order", x, y)
		}
		if related(x, y) != refRelated(x, y) {
			t.Errorf("related(%q, %q) = %v", x, y, related(x, y))
		}
	})
}

func TestBare(t *testing.T) {
	for word, want := range map[string]string{
		"والمدينه": "مدينه", "بالمدينه": "مدينه", "للمدينه": "مدينه", "المدينه": "مدينه", "ومدينه": "مدينه",
		"وزير": "زير", // a particle to the rule; the same for all its forms, so it does no harm
		"ولد":  "ولد", // too short to have a particle
		"في":   "في", "": "",
	} {
		if got := string(bare([]byte(word))); got != want {
			t.Errorf("bare(%s) = %s, want %s", word, got, want)
		}
	}
}
