package page

import "slices"

// Median returns the figure in the middle; of an even number, the upper of the two. Of none it is 0.
func Median(x []float64) float64 { return Quantile(x, 1, 2) }

// Quantile returns the figure below which n of d figures are.
func Quantile(x []float64, n, d int) float64 {
	if len(x) == 0 {
		return 0
	}
	x = slices.Sorted(slices.Values(x))
	return x[min(len(x)*n/d, len(x)-1)]
}
