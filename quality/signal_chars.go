package quality

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// window is the length of BigScience's character n-grams for Arabic.
const window = 10

// charRepetition is the share of the 10-grams of characters that the √n most frequent of n different ones have, of those that
// occur more than once (bigscience-workshop/data-preparation, filtering.py). At most measuredTokens different ones are told apart.
func (a *Analyzer) charRepetition(text string) float64 {
	a.windows.reset(min(len(text)/2, measuredTokens))
	a.frequency = a.frequency[:0]
	start, end := 0, 0
	for range window {
		if end == len(text) {
			return 0
		}
		end += runeLen(text[end:])
	}
	total := a.window(text[:end])
	for end < len(text) {
		start += runeLen(text[start:])
		end += runeLen(text[end:])
		total += a.window(text[start:end])
	}
	return topShare(a.frequency, total)
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func (a *Analyzer) window(s string) int {
	if a.windows.n >= measuredTokens {
		return 0
	}
	id, fresh := a.windows.add(xxhash.Sum64String(s))
	if fresh {
		a.frequency = append(a.frequency, 0)
	}
	a.frequency[id]++
	return 1
}

func topShare(frequency []int32, total int) float64 {
	slices.SortFunc(frequency, func(a, b int32) int { return int(b - a) })
	once := 0
	for i := len(frequency); i > 0 && frequency[i-1] == 1; i-- {
		once++
	}
	sum := 0
	for _, f := range frequency[:min(int(math.Sqrt(float64(len(frequency)))), len(frequency)-once)] {
		sum += int(f)
	}
	return ratio(sum, total)
}
