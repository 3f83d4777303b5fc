package dedup

import (
	"math/rand/v2"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

// This file makes the texts that the tests of this package compare: words of random Arabic letters, so that two texts made apart
// share next to nothing, and texts of very few different words, so that they share nearly everything in the wrong order.

// letterRunes are letters that folding leaves as they are.
var letterRunes = []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")

// randomWords returns n words of 3 to 7 random letters.
func randomWords(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		word := make([]rune, 3+r.IntN(5))
		for j := range word {
			word[j] = letterRunes[r.IntN(len(letterRunes))]
		}
		out[i] = string(word)
	}
	return out
}

// randomText returns a text of n random words.
func randomText(r *rand.Rand, n int) string { return strings.Join(randomWords(r, n), " ") }

// newRand returns a random source that is the same in every run.
func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 15)) }

// repetitive draws a folded text of few different words, which repeats itself and so tries alignment.
func repetitive(most int) *rapid.Generator[string] {
	words := []string{"في", "من", "قال", "الوزير", "المشروع", "25", "26", "ان", "اليوم", "a", "المستشفي"}
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 1, most), func(w []string) string { return strings.Join(w, " ") })
}

// edited draws a text and an edited form of it: words exchanged, dropped, moved, repeated.
func edited(t *rapid.T) (a, b string) {
	words := randomWords(newRand(rapid.Uint64().Draw(t, "seed")), rapid.IntRange(1, 120).Draw(t, "words"))
	other := slices.Clone(words)
	for range rapid.IntRange(0, 6).Draw(t, "edits") {
		i := rapid.IntRange(0, len(other)-1).Draw(t, "at")
		j := rapid.IntRange(i, min(i+20, len(other)-1)).Draw(t, "to")
		switch rapid.IntRange(0, 3).Draw(t, "edit") {
		case 0:
			other[i] = "جديد"
		case 1:
			if j-i < len(other)-1 {
				other = slices.Delete(other, i, j)
			}
		case 2:
			moved := slices.Clone(other[i:j])
			other = append(slices.Delete(other, i, j), moved...)
		case 3:
			other = slices.Insert(other, i, other[i:j]...)
		}
	}
	return strings.Join(words, " "), strings.Join(other, " ")
}

// anyPair draws a pair of folded texts of one of the kinds above.
func anyPair(t *rapid.T) (a, b []byte) {
	if rapid.Bool().Draw(t, "repetitive") {
		g := repetitive(40)
		return []byte(g.Draw(t, "a")), []byte(g.Draw(t, "b"))
	}
	x, y := edited(t)
	return []byte(x), []byte(y)
}

// matched returns a verifier that has compared two texts, folded here.
func matched(a, b string, k int) (*verifier, Measure) {
	fa, fb := []byte(arabic.Fold(a)), []byte(arabic.Fold(b))
	v := &verifier{k: k}
	v.load(fa)
	return v, v.match(fb)
}
