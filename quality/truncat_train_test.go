package quality

import (
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var trainEndings = flag.Bool("train-endings", false, "learn quality/truncat_endings.txt anew from the evaluation corpora")

// rareFeature is how often a feature must occur to be learnt, smallWeight what is not worth a line of the file.
const (
	rareFeature = 24
	smallWeight = .25
)

// ended is a place in a text: the folded words before it, and whether a sentence ends there.
type ended struct {
	clause
	end bool
}

// learntFrom says whether a record belongs to the half that weights are learnt from.
func learntFrom(id string) bool {
	h := fnv.New32a()
	h.Write([]byte(id))
	return h.Sum32()%2 == 0
}

// endsAndCuts returns ends of sentences of text, and as many cuts within words and between them.
func endsAndCuts(r *rand.Rand, text string) (out []ended) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if utf8.RuneCountInString(line) < proseRunes || r.Intn(5) == 0 {
			continue
		}
		for i, c := range line {
			if !strings.ContainsRune(".؟!", c) || i < 40 || r.Intn(3) == 0 {
				continue
			}
			rest, _ := utf8.DecodeRuneInString(line[i+utf8.RuneLen(c):])
			if before, _ := lastRune(strings.TrimSpace(line[:i])); caseless(before) && (rest == ' ' || rest == utf8.RuneError) {
				out = appendEnded(out, line[:i], true)
			}
		}
		t := []rune(line)
		for range 3 {
			k, word := 20+r.Intn(len(t)-20), r.Intn(2) == 0
			for k < len(t)-1 && !word && t[k] != ' ' {
				k++
			}
			if caseless(t[k-1]) && (word && caseless(t[k]) || !word && t[k] == ' ') {
				out = appendEnded(out, string(t[:k]), false)
			}
		}
	}
	return out
}

func appendEnded(dst []ended, s string, end bool) []ended {
	c := clauseOf(strings.TrimSpace(s))
	if len(c.words) < 4 {
		return dst
	}
	c.words = c.words[len(c.words)-4:]
	return append(dst, ended{c, end})
}

// TestTrainEndings learns the weights, when asked to.
func TestTrainEndings(t *testing.T) {
	if !*trainEndings {
		t.Skip("asked for by -train-endings")
	}
	r := rand.New(rand.NewSource(1))
	var examples []ended
	for _, file := range []string{"corpora/saudinewsnet.jsonl.zst", "corpora/factcheck-2024.jsonl.zst"} {
		eachLabelled(t, file, func(g labelled) {
			if learntFrom(g.ID) {
				examples = append(examples, endsAndCuts(r, g.Text)...)
			}
		})
	}
	seen := map[string]int{}
	features := make([][]string, len(examples))
	for i, e := range examples {
		features[i] = endingFeatures(nil, e.clause)
		for _, f := range features[i] {
			seen[f]++
		}
	}
	for i, e := range examples {
		if w := lastWord(e.words); seen["w:"+w] < rareFeature {
			features[i] = append(features[i], "new", "new:"+lastRunesOf(w, 1))
		}
		features[i] = append(slices.DeleteFunc(features[i], func(f string) bool { return seen[f] < rareFeature && !strings.HasPrefix(f, "new") }), "bias")
	}
	weights := learn(r, examples, features)
	var lines []string
	for f, w := range weights {
		if math.Abs(w) >= smallWeight || strings.HasPrefix(f, "w:") && seen[f] >= 2*rareFeature {
			n := int(math.Round(w * 100))
			if n == 0 {
				n = 1 // a known word stays in the file
			}
			lines = append(lines, fmt.Sprintf("%s %d\n", f, n))
		}
	}
	slices.Sort(lines)
	t.Logf("%d examples, %d features", len(examples), len(lines))
	if err := os.WriteFile("truncat_endings.txt", []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// learn fits a logistic regression by AdaGrad (Duchi, Hazan and Singer, JMLR 2011), four passes.
func learn(r *rand.Rand, examples []ended, features [][]string) map[string]float64 {
	weights, squares := map[string]float64{}, map[string]float64{}
	for range 4 {
		for _, i := range r.Perm(len(examples)) {
			z := 0.
			for _, f := range features[i] {
				z += weights[f]
			}
			miss := float64(bit(examples[i].end)) - 1/(1+math.Exp(-z))
			for _, f := range features[i] {
				g := miss - 2e-4*weights[f]
				squares[f] += g * g
				weights[f] += .1 * g / math.Sqrt(squares[f]+1e-3)
			}
		}
	}
	return weights
}

// TestEndingOdds measures the weights on texts that they were not learnt from.
func TestEndingOdds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 130 MB")
	}
	for _, file := range []string{"corpora/saudinewsnet.jsonl.zst", "corpora/ant-v1.jsonl.zst"} {
		r := rand.New(rand.NewSource(2))
		var odds [2][]float64
		eachLabelled(t, file, func(g labelled) {
			if !learntFrom(g.ID) {
				for _, e := range endsAndCuts(r, g.Text) {
					k := bit(e.end)
					odds[k] = append(odds[k], float64(endingOdds(e.clause)))
				}
			}
		})
		area := rankArea(odds[0], odds[1])
		t.Logf("%s: %.4f of pairs in order", file, area)
		for _, share := range []float64{.9, .95, .97, .98, .99} {
			bar := odds[0][int(share*float64(len(odds[0])))]
			i, _ := slices.BinarySearch(odds[1], bar)
			t.Logf("  bar %.2f: %.0f%% of cuts below it, and %.1f%% of ends", bar, share*100, 100*float64(i)/float64(len(odds[1])))
		}
		if area < .88 {
			t.Errorf("%s: want .88", file)
		}
	}
}

// rankArea returns the share of pairs in which the value of high is above that of low; it sorts both.
func rankArea(low, high []float64) float64 {
	slices.Sort(low)
	slices.Sort(high)
	sum := 0
	for _, v := range high {
		i, _ := slices.BinarySearch(low, v)
		sum += i
	}
	return float64(sum) / float64(len(low)) / float64(len(high))
}
