package dedup

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

// plainShingle is a shingle as it stands in a text, and its place in bytes.
type plainShingle struct {
	text       string
	start, end int
}

// plainShingles cuts a text into characters, then into shingles.
func plainShingles(text []byte, k int) []plainShingle {
	var at []int
	for i, c := range text {
		if i == 0 || c&0xC0 != 0x80 { // as package shingle counts characters in what is not UTF-8
			at = append(at, i)
		}
	}
	at = append(at, len(text))
	var out []plainShingle
	for i := 0; len(text) > 0 && (i == 0 || i+k < len(at)); i++ {
		end := at[min(i+k, len(at)-1)]
		out = append(out, plainShingle{string(text[at[i]:end]), at[i], end})
	}
	return out
}

// plainSet is the set of the shingles of a text.
func plainSet(text []byte, k int) map[string]bool {
	set := map[string]bool{}
	for _, s := range plainShingles(text, k) {
		set[s.text] = true
	}
	return set
}

// plainCompare measures two texts by sets of strings.
func plainCompare(a, b []byte, k int) Measure {
	x, y := plainSet(a, k), plainSet(b, k)
	m := Measure{A: int32(len(x)), B: int32(len(y))}
	for s := range x {
		if y[s] {
			m.Shared++
		}
	}
	return m
}

func checkCompare(t rapid.TB, a, b []byte, k int) {
	want := plainCompare(a, b, k)
	if got := Compare(a, b, k); got != want {
		t.Fatalf("Compare(%q, %q, %d) = %+v, want %+v", a, b, k, got, want)
	}
	mirrored := Measure{Shared: want.Shared, A: want.B, B: want.A}
	if got := Compare(b, a, k); got != mirrored {
		t.Fatalf("Compare(%q, %q, %d) = %+v, want %+v", b, a, k, got, mirrored)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte("وزاره الصحه تعلن"), []byte("وزاره الصحه تنفي"), 7)
	f.Add([]byte("\xff\xd8\xd8\xa7\x80abc"), []byte("\xd8\xa7\x80abc\xff"), 2)
	f.Add([]byte(""), []byte("كلمه"), 3)
	f.Add(bytes.Repeat([]byte("اب "), 700), bytes.Repeat([]byte("با "), 700), 5)
	f.Add([]byte("漢字𐎠𐎡\xe2\x82"), []byte("字𐎠𐎡\xe2\x82\xe2"), 20)
	f.Fuzz(func(t *testing.T, a, b []byte, k int) {
		if k >= 1 && k <= 20 {
			checkCompare(t, a, b, k)
		}
	})
}

func TestCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		checkCompare(t, a, b, rapid.IntRange(1, 20).Draw(t, "k"))
	})
}

func TestMeasure(t *testing.T) {
	for _, c := range []struct {
		m         Measure
		j, ca, cb float64
	}{
		{Measure{}, 1, 1, 1},
		{Measure{0, 0, 5}, 0, 1, 0},
		{Measure{0, 4, 6}, 0, 0, 0},
		{Measure{3, 4, 6}, 3. / 7, .75, .5},
		{Measure{4, 4, 4}, 1, 1, 1},
	} {
		if c.m.Jaccard() != c.j || c.m.ContainmentA() != c.ca || c.m.ContainmentB() != c.cb {
			t.Errorf("%+v: J %v, C(a,b) %v, C(b,a) %v", c.m, c.m.Jaccard(), c.m.ContainmentA(), c.m.ContainmentB())
		}
	}
}

// TestVerifierIsReused compares many pairs with one verifier, whose tables then hold the remains of longer texts, and each pair
// with a new one.
func TestVerifierIsReused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 9).Draw(t, "k")
		used := verifier{k: k}
		for range rapid.IntRange(1, 3).Draw(t, "loads") {
			a, _ := anyPair(t)
			used.load(a)
			for range rapid.IntRange(1, 3).Draw(t, "matches") {
				_, b := anyPair(t)
				want := plainCompare(a, b, k)
				known := distinct{rapid.Int32Range(0, want.B).Draw(t, "known"), false}
				if rapid.Bool().Draw(t, "counted") {
					known = distinct{want.B, true}
				}
				if m, ok := used.related(b, known); ok && m != want || !ok && (want.Listed() || m.B > want.B) {
					t.Fatalf("%+v, %t where %+v is known, want %+v", m, ok, known, want)
				}
				m := used.match(b)
				if m != want {
					t.Fatalf("%+v, want %+v", m, want)
				}
				fresh := verifier{k: k}
				fresh.load(a)
				fresh.match(b)
				relation, drop := used.relate(m)
				if r, d := fresh.relate(m); r != relation || d != drop {
					t.Fatalf("a used verifier says %v %v, a new one %v %v", relation, drop, r, d)
				}
				if d := cmp.Diff(fresh.align(nil), used.align(nil), cmp.AllowUnexported(gap{}, span{})); d != "" {
					t.Fatal(d)
				}
			}
		}
	})
}

// TestRelatedAtLength compares texts of many looks at the filter: of passages in any order, each of which may stand in both, and more than once.
func TestRelatedAtLength(t *testing.T) {
	const k = 7
	letters := []rune("ابتثجحدرس ")
	passage := func(number int) string {
		r := rand.New(rand.NewPCG(uint64(number), 1))
		out := make([]rune, 100+r.IntN(300))
		for i := range out {
			out[i] = letters[r.IntN(len(letters))]
		}
		return string(out)
	}
	text := rapid.Custom(func(t *rapid.T) []byte {
		var b strings.Builder
		for _, number := range rapid.SliceOfN(rapid.IntRange(0, 40), 1, 20).Draw(t, "passages") {
			b.WriteString(passage(number))
		}
		return []byte(b.String())
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		v, want := verifier{k: k}, plainCompare(a, b, k)
		v.load(a)
		for range 2 { // the second time a's repeats may be told
			for _, known := range []distinct{{}, {want.B / 2, false}, {want.B, true}} {
				if m, ok := v.related(b, known); ok && m != want || !ok && (want.Listed() || m.B > want.B) {
					t.Fatalf("%+v, %t where %+v is known, want %+v", m, ok, known, want)
				}
			}
		}
	})
}

// plainUnmatched lists the words of which a character lies in no row of sharedRow or more shingles, one after the other, that the
// other text has; neighbours are one stretch.
func plainUnmatched(text, other []byte, k int) []span {
	covered, set := make([]bool, len(text)), plainSet(other, k)
	var row []plainShingle
	for _, s := range append(plainShingles(text, k), plainShingle{}) {
		if set[s.text] {
			row = append(row, s)
			continue
		}
		if len(row) >= sharedRow {
			mark(covered, row[0].start, row[len(row)-1].end)
		}
		row = row[:0]
	}
	var out []span
	start, join := 0, false
	for _, word := range bytes.Split(text, []byte(" ")) {
		end := start + len(word)
		missing := bytes.IndexByte(toBytes(covered[start:end]), 0) >= 0
		switch {
		case missing && join:
			out[len(out)-1].end = int32(end)
		case missing:
			out = append(out, span{int32(start), int32(end)})
		}
		start, join = end+1, missing
	}
	return out
}

func toBytes(marks []bool) []byte {
	out := make([]byte, len(marks))
	for i, m := range marks {
		if m {
			out[i] = 1
		}
	}
	return out
}

func checkUnmatched(t rapid.TB, a, b []byte, k int) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	v := verifier{k: k}
	v.load(a)
	v.match(b)
	v.ownStretches()
	for _, c := range []struct {
		name      string
		got, want []span
	}{{"a", v.spansA, plainUnmatched(a, b, k)}, {"b", v.spansB, plainUnmatched(b, a, k)}} {
		if d := cmp.Diff(c.want, c.got, cmp.AllowUnexported(span{})); d != "" {
			t.Fatalf("k=%d side %s of %q and %q: %s", k, c.name, a, b, d)
		}
	}
}

func TestUnmatched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		checkUnmatched(t, a, b, rapid.IntRange(1, 20).Draw(t, "k"))
	})
}

func FuzzUnmatched(f *testing.F) {
	f.Add("وزاره الصحه تعلن عن لقاح جديد", "وزاره الصحه تنفي وجود لقاح", 7)
	f.Add("a b c d e", "b d", 1)
	f.Add("واحد", "واحد اثنان", 9)
	f.Fuzz(func(t *testing.T, a, b string, k int) {
		if k >= 1 && k <= 20 {
			checkUnmatched(t, []byte(arabic.Fold(a)), []byte(arabic.Fold(b)), k)
		}
	})
}

func TestSummary(t *testing.T) {
	text := []byte("واحد اثنان ثلاثه اربعه خمسه")
	all := []span{{0, 8}, {33, 56}}
	if n := len(text); n < 50 {
		t.Fatalf("text of %d bytes", n)
	}
	words := bytes.Fields(text)
	all[1] = span{int32(bytes.Index(text, words[3])), int32(len(text))}
	want := unmatchedWords{words: 5, missing: 3, longest: 2, head: 1, tail: 2}
	var o outline
	o.set(text)
	if got := summary(&o, all); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := summary(&o, nil); got != (unmatchedWords{words: 5}) {
		t.Errorf("nothing is unmatched, got %+v", got)
	}
}
