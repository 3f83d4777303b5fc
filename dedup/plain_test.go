package dedup

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

// verdict is all that verification says of two texts.
type verdict struct {
	Measure        Measure
	Relation       Relation
	Drop           Drop
	EndsEarly      bool
	SpansA, SpansB []span
	Gaps           []gap
	Facts          Facts
}

// plainVerdict says it the plain way.
func plainVerdict(a, b []byte, k int) verdict {
	v := refVerifier{k: k}
	v.load(a)
	v.match(b)
	var other refTable
	other.load(b, k)
	out := verdict{Measure: Measure{int32(v.shared), int32(v.refTable.size), int32(other.size)}}
	out.Relation, out.Drop = v.relate(out.Measure)
	sideA, sideB := v.sideA(), v.sideB()
	out.EndsEarly, out.SpansA, out.SpansB, out.Gaps = v.endsEarly, sideA.unmatched(nil), sideB.unmatched(nil), v.align(nil)
	out.Facts = v.weigh(out.Gaps)
	return out
}

// verdict says it with side a loaded.
func (v *verifier) verdict(b []byte) verdict {
	out := verdict{Measure: v.match(b)}
	out.Relation, out.Drop = v.relate(out.Measure)
	out.EndsEarly = v.endsEarly
	v.ownStretches()
	out.SpansA, out.SpansB, out.Gaps = v.spansA, v.spansB, v.align(nil)
	out.Facts = v.weighAll(out.Gaps)
	return out
}

// weighAll weighs to the end. It panics when the facts are not between what is told before.
func (v *verifier) weighAll(gaps []gap) Facts {
	var told [][2]Facts
	f := v.weigh(gaps, func(least, most Facts) bool {
		told = append(told, [2]Facts{least, most})
		return false
	})
	for _, t := range told {
		least, most := t[0], t[1]
		if least.Points > f.Points || least.Strong > f.Strong || most.Points < f.Points || most.Strong < f.Strong || least.Gaps != f.Gaps || most.Gaps != f.Gaps {
			panic(fmt.Sprintf("facts are %+v, told between %+v and %+v", f, least, most))
		}
	}
	return f
}

// checkVerdict compares the two ways, with a verifier that has compared other texts before.
func checkVerdict(t rapid.TB, v *verifier, a, b []byte) {
	v.load(b)
	v.verdict(a)
	v.load(a)
	got, want := v.verdict(b), plainVerdict(a, b, v.k)
	if d := cmp.Diff(want, got, cmp.AllowUnexported(span{}, gap{}), cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("k=%d\n%q\n%q\n%s", v.k, a, b, d)
	}
}

// story draws n words as they stand in news: some with particles and endings, names, numbers, days, words of closed classes.
func story(r *rand.Rand, n int) []string {
	lists := strings.Fields(lightList + " " + strings.Join(slices.Concat(ordinalList, weekdayList, monthList), " ") + " " + scaleList)
	stems := strings.Fields("مشروع وزير مدينه لقاء مطار غروزني جروزني منتزه متنزه قطار حريق مباراه فهد خالد سلطان القحطاني العتيبي london reuters")
	out := make([]string, n)
	for i := range out {
		switch r.IntN(8) {
		case 0:
			out[i] = lists[r.IntN(len(lists))]
		case 1:
			out[i] = fmt.Sprint(r.IntN(12) * []int{1, 5, 1000}[r.IntN(3)])
		case 2:
			out[i] = prefixes[r.IntN(len(prefixes))] + stems[r.IntN(len(stems))]
		case 3:
			out[i] = stems[r.IntN(len(stems))] + []string{"", "ات", "ين", "20"}[r.IntN(4)]
		default:
			out[i] = string(letterRunes[r.IntN(len(letterRunes))]) + string(letterRunes[r.IntN(6)]) + stems[r.IntN(len(stems))]
		}
	}
	return out
}

// retold draws a story and the same with words exchanged, dropped, added, moved, and passages cut off.
func retold(r *rand.Rand) (a, b []byte) {
	words := story(r, 1+r.IntN(150))
	other := slices.Clone(words)
	for range r.IntN(12) {
		i := r.IntN(len(other))
		j := min(len(other), i+1+r.IntN(3))
		switch r.IntN(6) {
		case 0, 1, 2:
			copy(other[i:j], story(r, j-i))
		case 3:
			other = slices.Insert(other, i, story(r, r.IntN(20))...)
		case 4:
			other = append(other, other[i:]...)[:max(1, i)]
		case 5:
			other = append(slices.Clone(other[i:]), other[:i]...)
		}
	}
	return []byte(strings.Join(words, " ")), []byte(strings.Join(other, " "))
}

func TestAgainstThePlainWay(t *testing.T) {
	used := map[int]*verifier{}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom([]int{7, 7, 7, 1, 3, 15, 40}).Draw(t, "k")
		if used[k] == nil {
			used[k] = &verifier{k: k}
		}
		a, b := anyPair(t)
		checkVerdict(t, used[k], a, b)
		a, b = retold(newRand(rapid.Uint64().Draw(t, "seed")))
		checkVerdict(t, used[k], a, b)
	})
}

// TestStoriesAgainstThePlainWay has more of the pairs that need all of the rules.
func TestStoriesAgainstThePlainWay(t *testing.T) {
	v, relations := verifier{k: 7}, map[Relation]int{}
	for seed := range uint64(1500) {
		a, b := retold(newRand(seed))
		checkVerdict(t, &v, a, b)
		relation, _ := v.relate(v.match(b))
		relations[relation]++
	}
	for r := None; r <= Template; r++ {
		if relations[r] < 5 {
			t.Errorf("of %v there are only %d", r, relations[r])
		}
	}
}

// TestRepeatsAgainstThePlainWay has texts that repeat themselves: letter by letter, and in rows longer than a batch of keys or than a row
// of repeats may be.
func TestRepeatsAgainstThePlainWay(t *testing.T) {
	v := verifier{k: 7}
	for seed := range uint64(60) {
		r := newRand(seed)
		words := story(r, 1+r.IntN(80))
		a := strings.Repeat("اب", r.IntN(200)) + strings.Repeat(strings.Join(words, " ")+" ", 1+r.IntN(5))
		words[r.IntN(len(words))] = "غيره"
		b := strings.Join(words, " ") + strings.Repeat("ب", r.IntN(300)) + a[:len(a)/2&^1]
		a, b = arabic.Fold(a), arabic.Fold(b)
		checkVerdict(t, &v, []byte(a), []byte(b))
		checkVerdict(t, &v, []byte(b), []byte(a))
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("وصل الوزير الي المدينه صباح 25 مارس", "وصل السفير الي المدينه مساء 26 مايو", 5)
	f.Add("a b a b a b c", "b a b c a b", 2)
	f.Add("\xff\xd8\xd8\xa7\x80abc abc", "\xd8\xa7\x80abc\xff abc", 2)
	f.Add("漢字𐎠𐎡\xe2\x82", "字𐎠𐎡\xe2\x82\xe2", 20)
	f.Add(strings.Repeat("\xd8a\xd8\xa7", 150), strings.Repeat("\xa7\xd8a\xd8", 150), 3)
	f.Add(strings.Repeat("ا", 400), strings.Repeat("اب ", 130), 7)
	a, b := retold(newRand(3))
	f.Add(string(a), string(b), 7)
	f.Fuzz(func(t *testing.T, a, b string, k int) {
		if k < 1 || k > 40 || len(a)+len(b) > 5000 {
			return
		}
		checkVerdict(t, &verifier{k: k}, []byte(arabic.Fold(a)), []byte(arabic.Fold(b)))
		if len(a) > 0 && len(b) > 0 { // as they are, with whatever bytes, but words as folding leaves them
			checkVerdict(t, &verifier{k: k}, bytes.ReplaceAll([]byte(a), []byte("|"), nil), bytes.ReplaceAll([]byte(b), []byte("|"), nil))
		}
	})
}
