package arabic_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

var forms = []struct {
	name string
	form norm.Form
}{{"NFC", norm.NFC}, {"NFD", norm.NFD}, {"NFKC", norm.NFKC}, {"NFKD", norm.NFKD}}

// failer is what *testing.T and *rapid.T share.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// law fails the test unless the folding of src keeps every promise of the package doc and is that of the reference.
func law(tb failer, src []byte) {
	tb.Helper()
	got := string(arabic.AppendFold(nil, src))
	if want := reference(src); got != want {
		tb.Fatalf("%+q folds to\n%+q, the reference says\n%+q", src, got, want)
	}
	if again := arabic.Fold(got); again != got {
		tb.Fatalf("%+q folds to %+q, and that to %+q", src, got, again)
	}
	if n := utf8.RuneCount(src); runes(got) > n*arabic.MaxExpansion {
		tb.Fatalf("%+q: %d code points of %d", src, runes(got), n)
	}
	shape(tb, got)
	if utf8.Valid(src) {
		normalForms(tb, src, got)
	}
	offsets(tb, src, got)
}

// shape checks that a folding is words of letters and numbers with one space between.
func shape(tb failer, folded string) {
	tb.Helper()
	if folded == "" {
		return
	}
	for word := range strings.SplitSeq(folded, " ") {
		if word == "" {
			tb.Fatalf("%q: a space too many", folded)
		}
		for _, r := range word {
			if !unicode.In(r, unicode.L, unicode.N) || unicode.Is(unicode.Nd, r) && r > '9' {
				tb.Fatalf("%q: %U is left", folded, r)
			}
		}
	}
}

func normalForms(tb failer, src []byte, want string) {
	tb.Helper()
	for _, f := range forms {
		if got := string(arabic.AppendFold(nil, f.form.Bytes(src))); got != want {
			tb.Fatalf("%+q folds to %+q, its %s %+q to %+q", src, want, f.name, f.form.Bytes(src), got)
		}
	}
}

func offsets(tb failer, src []byte, want string) {
	tb.Helper()
	dst, at := arabic.AppendFoldOffsets([]byte("dst "), []int{-7}, src)
	if string(dst) != "dst "+want || len(at) != 1+len(want) || at[0] != -7 {
		tb.Fatalf("%+q: with offsets it folds to %+q, %d offsets; without to %+q", src, dst, len(at), want)
	}
	at = at[1:]
	if !slices.IsSorted(at) || len(at) > 0 && (at[0] < 0 || at[len(at)-1] >= len(src)) {
		tb.Fatalf("%+q: offsets %v", src, at)
	}
	for i, o := range at {
		if r, n := utf8.DecodeRune(src[o:]); r == utf8.RuneError && n == 1 && want[i] != ' ' {
			tb.Fatalf("%+q: offset %d of byte %d is inside a character", src, o, i)
		}
	}
}

// TestEveryCharacter holds every code point to the laws alone, in company, and where it would compose.
func TestEveryCharacter(t *testing.T) {
	most := 0
	for r := range rune(unicode.MaxRune + 1) {
		if !utf8.ValidRune(r) || r > 0x33FFF && r < 0xE0000 || r > 0xE01EF {
			continue // no character is assigned there, but for private use
		}
		c := string(r)
		most = max(most, runes(arabic.Fold(c)))
		law(t, []byte(c+"ا"+c+"e"+c+"\u0301 \u064B"+c+"\u0654\u0323"+c+c))
	}
	if most != arabic.MaxExpansion {
		t.Errorf("one code point gives at most %d, MaxExpansion says %d", most, arabic.MaxExpansion)
	}
}

// TestAppend checks that what dst held has no part in the result.
func TestAppend(t *testing.T) {
	for _, before := range []string{"", " ", "a", "a ", "ي", "\u1100"} {
		for _, src := range []string{"", " ", "، ", "\u0301", "\u0654", "\u1161", "كتاب", " كتاب "} {
			got := string(arabic.AppendFold([]byte(before), []byte(src)))
			if d := cmp.Diff(before+arabic.Fold(src), got); d != "" {
				t.Errorf("%q after %q: %s", src, before, d)
			}
		}
	}
}

func TestSourceIsLeftAlone(t *testing.T) {
	src := []byte("قَالَ e\u0301 ﻻ ﷺ \xff")
	was := bytes.Clone(src)
	arabic.AppendFold(nil, src)
	if !bytes.Equal(src, was) {
		t.Errorf("the source became %q", src)
	}
}

func TestDoesNotAllocate(t *testing.T) {
	src := []byte(strings.Repeat("وصلَ «الوفد» إلى e\u0301 ﻻ 漢字 각 \u1100\u1161 "+strings.Repeat("\u0301", 40)+"، ", 20))
	dst := make([]byte, 0, 2*len(src))
	if n := testing.AllocsPerRun(10, func() { dst = arabic.AppendFold(dst[:0], src) }); n != 0 {
		t.Errorf("%v allocations per document, want none", n)
	}
}

// alphabet has what the laws could break on: letters of each path, marks of many classes, parts of Hangul, compatibility
// characters with spaces, marks or words in them, format characters, broken UTF-8.
var alphabet = []string{
	"ا", "ل", "ي", "و", "ه", "ە", "آ", "أ", "ؤ", "ئ", "ۂ", "ۓ", "ى", "ة", "ء", "ٱ", "ٸ", "ﻻ", "ﻹ", "ﺍ", "ﷺ", "﷽", "﷼", "ﱞ", "ﹰ", "ﹷ", "ﳲ",
	"\u0640", "\u064B", "\u064E", "\u0651", "\u0653", "\u0654", "\u0655", "\u0670", "\u06E5", "\u06DD", "\u06DE",
	"٣", "۴", "७", "𝟙", "²", "½", "٫", "٬", "1", " ", "\u00A0", "\u200F", "\u200D", "\uFEFF", "\u00AD", "\u2028", "،", "«", "…", ".", "\x00", "\x1A",
	"e", "E", "i", "I", "İ", "ı", "ß", "ẞ", "ς", "Σ", "σ", "Ά", "ᾳ", "\u0345", "é", "ǖ", "ậ", "ﬁ", "ŉ", "ǅ", "K", "Å", "¨", "΅", "ͺ",
	"\u0300", "\u0301", "\u0302", "\u0304", "\u0307", "\u0308", "\u0323", "\u0327", "\u0328", "\u0338", "\u034F", "\u20DD", "\uFE0F",
	"\u1100", "\u1161", "\u11A8", "\u11A7", "가", "각", "ㄱ", "ﾡ", "か", "ｶ", "\u3099", "ﾞ", "漢", "க", "ஒ", "\u0BD7", "\u09C7", "\u09BE", "က", "ဥ", "\u102E", "\u05D0", "\u05B8", "ยำ", "=",
	"\xff", "\xd8", "\xe2\x80", "\xef\xbb", "\uFFFD", "😀", "\U0001D15E", "\U000110A5", "\U000110BA",
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 24).Draw(t, "src"), "")
		law(t, []byte(src))
	})
}

// TestLongRuns holds runs of marks to the laws that are longer than any normaliser keeps together.
func TestLongRuns(t *testing.T) {
	for _, base := range []string{"", "e", "ا", "1 ", "\u1100", "ஒ"} {
		for _, n := range []int{28, 29, 30, 31, 32, 60, 200} {
			for _, tail := range []string{"", "\u0323", "\u0301", "\u0654\u0327", "\u1161", "\u0BD7", "\u20DDe\u0301"} {
				for _, mark := range []string{"\u0315", "\u0316\u0301", "\u064E", "\u0345", "\u05B8\u0307"} {
					law(t, []byte(base+strings.Repeat(mark, n)+tail))
				}
			}
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add([]byte("قَالَ «الوزير»: إنَّ ٢٢٫٤٪ من الميزانية…"))
	f.Add([]byte("ﺍﻟﺴﻼﻢ عليكم\u200F ﷺ ﷽ ﷼"))
	f.Add([]byte("e\u0301\u064B\u0654 \u1100\u0301\u1161\u11A8 İΣς\u0345"))
	f.Add([]byte("\xd8\xd8\xa7\x80\xe2\x80abc\xef\xbb"))
	for _, c := range alphabet {
		f.Add([]byte("e" + c + "\u0301" + c))
	}
	f.Fuzz(func(t *testing.T, src []byte) { law(t, src) })
}
