package sample

import "math"

// Pairs says how many pairs the whole corpus has, where n were found in a sample of a rate: n/rate². degrees is the number of these pairs that
// each text of the sample is in. err is the standard error as a share of the estimate: pairs that have a text in common are found together
// or not at all, so that a corpus of large clusters is known less well than one of as many pairs that stand alone.
//
// With each text drawn by itself at a rate p, the variance of n is that of a sum over pairs: p²(1-p²) for each pair, and p³(1-p) for each
// ordered couple of pairs that share a text. Of N = n/p² pairs and Σ d(d-1) = D/p³ couples, seen as n and D in the sample, that is
// n(1-p²) + D(1-p).
func Pairs(n int, degrees []int, rate float64) (estimate, err float64) {
	if n == 0 {
		return 0, 1
	}
	couples := 0
	for _, d := range degrees {
		couples += d * (d - 1)
	}
	variance := float64(n)*(1-rate*rate) + float64(couples)*(1-rate)
	return float64(n) / (rate * rate), math.Sqrt(max(variance, 0)) / float64(n)
}
