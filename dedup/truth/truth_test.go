package truth_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/dedup/truth"
)

// set cuts a text the plain way: into characters, then into strings.
func set(text []byte, k int) map[string]bool {
	var chars []string
	for len(text) > 0 {
		_, n := utf8.DecodeRune(text)
		chars = append(chars, string(text[:n]))
		text = text[n:]
	}
	out := map[string]bool{}
	for i := range chars {
		if i == 0 || i+k <= len(chars) {
			out[strings.Join(chars[i:min(i+k, len(chars))], "")] = true
		}
	}
	return out
}

func sets(texts [][]byte, k int) []map[string]bool {
	out := make([]map[string]bool, len(texts))
	for i, t := range texts {
		out[i] = set(t, k)
	}
	return out
}

// compare measures texts a and b.
func compare(sets []map[string]bool, a, b int) truth.Pair {
	sa, sb := sets[a], sets[b]
	shared := 0
	for s := range sa {
		if sb[s] {
			shared++
		}
	}
	i, na, nb := float64(shared), float64(len(sa)), float64(len(sb))
	return truth.Pair{A: int32(a), B: int32(b), J: i / (na + nb - i), CA: i / na, CB: i / nb, NA: len(sa), NB: len(sb)}
}

// reference compares all texts with all.
func reference(texts [][]byte, opt truth.Options) truth.Result {
	var out truth.Result
	var first []int
	sets := sets(texts, opt.K)
	members := map[string][]int32{}
	for i, t := range texts {
		if len(t) == 0 {
			continue
		}
		if members[string(t)] = append(members[string(t)], int32(i)); len(members[string(t)]) == 1 {
			first = append(first, i)
		}
	}
	for n, a := range first {
		if m := members[string(texts[a])]; len(m) > 1 {
			out.Groups = append(out.Groups, truth.Group{Members: m, Shingles: len(sets[a])})
		}
		for _, b := range first[n+1:] {
			p := compare(sets, a, b)
			if min(p.NA, p.NB) >= opt.MinShingles && (p.J >= opt.MinJaccard || max(p.CA, p.CB) >= opt.MinContainment) {
				out.Pairs = append(out.Pairs, p)
			}
		}
	}
	return out
}

func find(t testing.TB, texts [][]byte, opt truth.Options) truth.Result {
	t.Helper()
	got, err := truth.Pairs(texts, opt)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// corpora draws small corpora in which texts grow out of each other: copies, cuts, joins, edits, and new ones of few letters.
func corpora() *rapid.Generator[[][]byte] {
	fresh := rapid.StringOfN(rapid.RuneFrom([]rune("ابتc ")), 0, 30, -1)
	return rapid.Custom(func(t *rapid.T) [][]byte {
		var texts [][]byte
		for range rapid.IntRange(0, 12).Draw(t, "texts") {
			text := fresh.Draw(t, "fresh")
			if len(texts) > 0 {
				old := string(texts[rapid.IntRange(0, len(texts)-1).Draw(t, "old")])
				chars := []rune(old)
				at := rapid.IntRange(0, len(chars)).Draw(t, "at")
				text = rapid.SampledFrom([]string{
					text, old, string(chars[:at]), string(chars[at:]), old + text, string(chars[:at]) + "x" + string(chars[at:]),
				}).Draw(t, "text")
			}
			texts = append(texts, []byte(text))
		}
		return texts
	})
}

func options(t *rapid.T) truth.Options {
	threshold := rapid.OneOf(rapid.SampledFrom([]float64{.2, .5, .6, .75, .8, 1, 2}), rapid.Float64Range(.01, 1.1))
	return truth.Options{
		K:              rapid.IntRange(1, 6).Draw(t, "k"),
		MinJaccard:     threshold.Draw(t, "jaccard"),
		MinContainment: threshold.Draw(t, "containment"),
		MinShingles:    rapid.IntRange(0, 8).Draw(t, "shingles"),
	}
}

func TestPairsAreAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts, opt := corpora().Draw(t, "corpus"), options(t)
		got, err := truth.Pairs(texts, opt)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(reference(texts, opt), got); d != "" {
			t.Fatal(d)
		}
	})
}

// TestExpand compares with all texts against all, equal ones too.
func TestExpand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts, opt := corpora().Draw(t, "corpus"), options(t)
		opt.MinShingles = 0
		opt.MinContainment = min(opt.MinContainment, 1)
		limit := rapid.IntRange(0, 13).Draw(t, "limit")
		var want []truth.Pair
		sets := sets(texts, opt.K)
		seen := map[string]int{}
		place := make([]int, len(texts)) // among equal texts
		for i, text := range texts {
			place[i] = seen[string(text)]
			seen[string(text)]++
		}
		for a := range texts {
			for b := a + 1; b < len(texts); b++ {
				if len(texts[a]) == 0 || len(texts[b]) == 0 || max(place[a], place[b]) >= max(limit, 1) {
					continue
				}
				p := compare(sets, a, b)
				if p.J >= opt.MinJaccard || max(p.CA, p.CB) >= opt.MinContainment {
					want = append(want, p)
				}
			}
		}
		got, err := truth.Pairs(texts, opt)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got.Expand(limit)); d != "" {
			t.Fatal(d)
		}
	})
}

// TestAtTheThreshold holds pairs that reach a threshold exactly, and miss it by one shingle.
func TestAtTheThreshold(t *testing.T) {
	both := truth.Options{K: 1, MinJaccard: .6, MinContainment: .8}
	with := func(change func(*truth.Options)) truth.Options { o := both; change(&o); return o }
	for _, c := range []struct {
		name string
		a, b string
		opt  truth.Options
		want bool
	}{
		{"J is 3 of 5", "abcd", "abce", both, true},
		{"J is 4 of 7, C 4 of 5 and 4 of 6", "abcdx", "abcdyz", both, true},
		{"J is 4 of 7, C switched off", "abcdx", "abcdyz", with(func(o *truth.Options) { o.MinContainment = 2 }), false},
		{"C is 4 of 5", "abcdx", "abcdyz0123456789", both, true},
		{"C is 4 of 5 the other way", "abcdyz0123456789", "abcdx", both, true},
		{"C is 3 of 4", "abcx", "abcdyz0123456789", both, false},
		{"J is 1, the texts differ", "abab", "ab", with(func(o *truth.Options) { o.MinJaccard, o.MinContainment = 1, 2 }), true},
		{"below K, C out of reach", "ab", "abc", with(func(o *truth.Options) { o.K = 5 }), false},
		{"shingles enough", "abcd", "abce", with(func(o *truth.Options) { o.MinShingles = 4 }), true},
		{"too few shingles", "abcd", "abce", with(func(o *truth.Options) { o.MinShingles = 5 }), false},
		{"not UTF-8", "\xff\xfe\xd8ab", "\xff\xfe\xd8ac", both, true},
	} {
		got := find(t, [][]byte{[]byte(c.a), []byte(c.b)}, c.opt)
		if found := len(got.Pairs) == 1; found != c.want {
			t.Errorf("%s: %q and %q found %v, want %v", c.name, c.a, c.b, found, c.want)
		}
	}
}

func TestEmptyCorpora(t *testing.T) {
	for _, texts := range [][][]byte{nil, {}, {nil}, {{}, {}}, {[]byte("abc")}} {
		if d := cmp.Diff(truth.Result{}, find(t, texts, truth.Options{K: 3, MinJaccard: .6, MinContainment: .8})); d != "" {
			t.Errorf("%q: %s", texts, d)
		}
	}
}

func TestOptionsWithoutSense(t *testing.T) {
	nan := 0.0
	nan /= nan
	for _, opt := range []truth.Options{
		{}, {MinJaccard: .6, MinContainment: .8}, {K: 9, MinJaccard: .6}, {K: 9, MinContainment: .8},
		{K: 9, MinJaccard: nan, MinContainment: .8}, {K: 9, MinJaccard: .6, MinContainment: -1},
	} {
		if _, err := truth.Pairs(nil, opt); err == nil {
			t.Errorf("%+v is taken", opt)
		}
	}
}

// articles makes texts of words, frequent and rare ones, of which some texts are edited and cut copies of earlier ones.
func articles(n int) [][]byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
	words := make([]string, 20000)
	for i := range words {
		word := make([]rune, 2+rnd.IntN(6))
		for j := range word {
			word[j] = letters[rnd.IntN(len(letters))]
		}
		words[i] = string(word)
	}
	zipf := rand.NewZipf(rnd, 1.1, 10, uint64(len(words)-1))
	texts := make([][]byte, 0, n)
	for len(texts) < n {
		var text []byte
		for range 100 + rnd.IntN(200) {
			text = append(append(text, words[zipf.Uint64()]...), ' ')
		}
		if len(texts) > 0 && rnd.IntN(3) == 0 {
			old := texts[rnd.IntN(len(texts))]
			kept := old[:bytes.LastIndexByte(old[:len(old)*(3+rnd.IntN(8))/10], ' ')+1]
			text = append(bytes.Clone(kept), text[:bytes.IndexByte(text[len(text)/10:], ' ')+len(text)/10+1]...)
		}
		texts = append(texts, text)
	}
	return texts
}

// TestManyArticles has more texts than a worker takes at once, and any number of workers.
func TestManyArticles(t *testing.T) {
	texts := articles(300)
	opt := truth.Options{K: 9, MinJaccard: .6, MinContainment: .8, MinShingles: 20}
	want := reference(texts, opt)
	if len(want.Pairs) < 40 {
		t.Fatalf("only %d pairs to find", len(want.Pairs))
	}
	for _, workers := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(workers)
		got := find(t, texts, opt)
		runtime.GOMAXPROCS(before)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%d workers: %s", workers, d)
		}
	}
}

// TestManyTexts has more texts than are hashed at one draw: each of the first half returns in the second with a letter more.
func TestManyTexts(t *testing.T) {
	const half = 3000
	rnd := rand.New(rand.NewPCG(3, 4))
	texts := make([][]byte, 2*half)
	var want []truth.Pair
	for i := range int32(half) {
		texts[i] = fmt.Appendf(nil, "%016x", rnd.Uint64())
		texts[i+half] = append(bytes.Clone(texts[i]), 'x')
		want = append(want, truth.Pair{A: i, B: i + half, J: 8. / 9, CA: 1, CB: 8. / 9, NA: 8, NB: 9})
	}
	got := find(t, texts, truth.Options{K: 9, MinJaccard: .6, MinContainment: .8})
	if d := cmp.Diff(want, got.Pairs); d != "" {
		t.Error(d)
	}
}

// FuzzPairs takes the lines of data for texts.
func FuzzPairs(f *testing.F) {
	f.Add([]byte("قال الوزير\nقال الوزير امس\nقال الوزير\n\nx"), uint8(3), uint8(60), uint8(80))
	f.Add([]byte("aaaa\naaaaaaaa\nab\nba\n\xff\xfe\n\xff"), uint8(2), uint8(1), uint8(1))
	f.Add([]byte("0123456789\n01234567xy\n01234567xy+++++++++++++"), uint8(1), uint8(200), uint8(80))
	f.Fuzz(func(t *testing.T, data []byte, k, jaccard, containment uint8) {
		texts := bytes.Split(data, []byte("\n"))
		if len(texts) > 40 {
			return
		}
		opt := truth.Options{
			K: 1 + int(k%12), MinJaccard: float64(1+int(jaccard)) / 100, MinContainment: float64(1+int(containment)) / 100,
		}
		if d := cmp.Diff(reference(texts, opt), find(t, texts, opt)); d != "" {
			t.Fatal(d)
		}
	})
}

func BenchmarkPairs(b *testing.B) {
	for _, n := range []int{1000, 4000} {
		b.Run(fmt.Sprintf("texts=%d", n), func(b *testing.B) {
			texts := articles(n)
			b.SetBytes(int64(len(bytes.Join(texts, nil))))
			b.ReportAllocs()
			for b.Loop() {
				find(b, texts, truth.Options{K: 9, MinJaccard: .6, MinContainment: .8})
			}
		})
	}
}
