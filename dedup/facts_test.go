package dedup

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

// weighed returns what two texts say differently.
func weighed(a, b string) Facts {
	v, _ := matched(a, b, 7)
	return v.weighAll(v.align(nil))
}

// TestWeigh has one sentence with one exchange inside, so that points are those of the exchange. The sentence begins and ends
// alike: exchanges at the border of a text do not count.
func TestWeigh(t *testing.T) {
	for _, c := range []struct {
		name, a, b     string
		points, strong int
	}{
		{"nothing", "وزير النقل", "وزير النقل", 0, 0},
		{"spelling", "أحمد إبراهيم", "احمد ابراهيم", 0, 0},
		{"another number", "بعد 25 جولة", "بعد 38 جولة", 3, 3},
		{"another year", "في عام 1994", "في عام 2008", 3, 3},
		{"other digits", "بعد ٢٥ جولة", "بعد 25 جولة", 0, 0},
		{"grouped digits", "نحو 545,000 نسمة", "نحو 545000 نسمة", 0, 0},
		{"turned digits", "بلغ 63.54 نقطة", "بلغ 54.63 نقطة", 0, 0},
		{"a scale word", "نحو 100 ألف نسمة", "نحو 100000 نسمة", 0, 0},
		{"another scale", "نحو 5 ملايين ريال", "نحو 5000000 ريال", 0, 0},
		{"an ordinal", "الدفعة الرابعة من", "الدفعة الخامسة من", 3, 3},
		{"a month", "في شهر مارس الماضي", "في شهر نوفمبر الماضي", 3, 3},
		{"a month in two names", "في شهر نيسان الماضي", "في شهر أبريل الماضي", 0, 0},
		{"a weekday", "يوم الخميس الماضي", "يوم السبت الماضي", 1, 0},
		{"yesterday for a weekday", "يوم أمس", "يوم السبت", 0, 0},
		{"closed classes", "وقد أكد ذلك", "كما ذكر هذا", 0, 0},
		{"titles", "صاحب السمو الملكي الأمير", "سمو الأمير", 0, 0},
		{"forms of a word", "مشروع جديد", "مشروعات جديدة", 0, 0},
		{"a transliteration", "مدينة غروزني", "مدينة جروزني", 0, 0},
		{"another word", "مدينة حائل", "مدينة ينبع", 1, 0},
		{"another person", "خالد بن فهد العتيبي", "منصور بن سليم القحطاني", 2, 2},
		{"words added", "المدينة", "المدينة القديمة خلف النهر", 0, 0},
		{"a long passage", "خبر", strings.Repeat("سطر طويل غريب ", 8), 0, 0},
	} {
		const head, tail = "وصل الوفد المشارك في المؤتمر بصحبة ", " ثم توجه الى مقر اقامته قرب الشاطئ"
		a, b := head+c.a+tail, head+c.b+tail
		got := weighed(a, b)
		if got.Points != c.points || got.Strong != c.strong {
			t.Errorf("%s: %d points, strong %d, want %d and %d", c.name, got.Points, got.Strong, c.points, c.strong)
		}
		if other := weighed(b, a); other != got {
			t.Errorf("%s: %+v one way, %+v the other", c.name, got, other)
		}
	}
}

// TestWeighRepeats checks that an exchange counts once, and once more where it stands again, but not a third time.
func TestWeighRepeats(t *testing.T) {
	text := func(name string, n int) string {
		s := "افتتح المعرض السنوي للكتاب في القاعة الكبرى"
		for i := range n {
			s += " وقال " + name + strings.Repeat(" ان القراءة طريق المعرفة", i+1)
		}
		return s + " ثم انصرف الحضور"
	}
	for n, want := range map[int]int{1: 1, 2: 2, 3: 2, 5: 2} {
		if got := weighed(text("العنزي", n), text("الدوسري", n)); got.Points != want || got.Gaps != n {
			t.Errorf("a name %d times: %+v, want %d points and %d gaps", n, got, want, n)
		}
	}
}

func TestWeighAtTheBorder(t *testing.T) {
	const body = " وصل الوفد المشارك في المؤتمر الدولي للمياه "
	if got := weighed("جدة 25"+body+"تصوير فهد", "الرياض 38"+body+"كتبه سالم"); got.Points != 0 || got.Gaps != 2 {
		t.Errorf("%+v, want two gaps and no points", got)
	}
}

func TestOtherNumber(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"25", "38", true},
		{"25 جولة", "38", true},
		{"25", "جولة", false},
		{"", "", false},
		{"25 في 30", "30", false}, // one in common
		{"1,250", "1250", false},
		{"07", "7", false},
		{"545 000", "545000", false},
		{"3 ملايين", "3000000", false},
		{"3 ملايين", "4 ملايين", false}, // not told apart: scale words are left alone
		{"g20", "g7", true},
		{"5", "25", true},
		{"0", "26", true},
		{"545", "545000", false}, // in thousands
	} {
		a, b := phraseOf(arabic.Fold(c.a)), phraseOf(arabic.Fold(c.b))
		got := otherNumber(a, b)
		if got != c.want {
			t.Errorf("otherNumber(%q, %q) = %v", c.a, c.b, got)
		}
		if otherNumber(b, a) != got {
			t.Errorf("otherNumber(%q, %q) depends on the order", c.a, c.b)
		}
	}
}

func phraseOf(words string) *phrase {
	p := &phrase{}
	o := &outline{}
	o.set([]byte(words))
	if p.take(o, span{0, int32(len(words))}) {
		p.read()
	}
	return p
}

func exchangesOf(a, b []string) []exchange {
	w := weighing{a: *phraseOf(strings.Join(a, " ")), b: *phraseOf(strings.Join(b, " "))}
	if !w.noteSeries() {
		w.note(&w.a, &w.b)
	}
	w.compareNames(0, Facts{}, func(least, most Facts) bool { return false })
	return w.exchanges
}

// TestExchangesAreMirrored checks that the two texts of a gap can be swapped.
func TestExchangesAreMirrored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(strings.Fields("في 25 052 5 الف الخميس السبت امس الاول الرابعه خالد سلطان المدينه مدينه القحطاني قال 3"))
		a, b := rapid.SliceOfN(word, 1, 6).Draw(t, "a"), rapid.SliceOfN(word, 1, 6).Draw(t, "b")
		total := func(e []exchange) (n int) {
			for _, x := range e {
				n += x.points
			}
			return n
		}
		if x, y := total(exchangesOf(a, b)), total(exchangesOf(b, a)); x != y {
			t.Fatalf("%q for %q has %d points, the other way %d", a, b, x, y)
		}
		if n := total(exchangesOf(a, a)); n != 0 {
			t.Fatalf("%q for itself has %d points", a, n)
		}
	})
}
