package dedup

import (
	"fmt"
	"math"
)

// Bands is a layout of a sketch for locality-sensitive hashing: N bands of Rows bins each. Two documents share a bucket when
// all bins of at least one band agree.
//
// Source: Indyk and Motwani, "Approximate nearest neighbors", 1998; Leskovec, Rajaraman and Ullman, "Mining of Massive
// Datasets", section 3.4.
type Bands struct{ N, Rows int }

// Probability returns the probability that two documents of Jaccard j, 0 to 1, share at least one bucket: 1 - (1 - j^Rows)^N,
// the S-curve.
func (b Bands) Probability(j float64) float64 {
	return 1 - math.Pow(1-math.Pow(j, float64(b.Rows)), float64(b.N))
}

// Threshold returns the Jaccard at which Probability is one half: the middle of the S-curve.
func (b Bands) Threshold() float64 {
	return math.Pow(1-math.Pow(.5, 1/float64(b.N)), 1/float64(b.Rows))
}

// ChooseBands returns the layout of at most bins bins that shares a bucket with a probability of at least recall for pairs of
// Jaccard threshold, and of these the one that proposes the fewest unrelated pairs (that has the most rows). It fails when
// no layout reaches the recall.
func ChooseBands(threshold, recall float64, bins int) (Bands, error) {
	if !(threshold > 0 && threshold <= 1) || !(recall > 0 && recall < 1) || bins < 1 {
		return Bands{}, fmt.Errorf("dedup: no bands for threshold %v, recall %v and %d bins: want 0 < threshold <= 1, 0 < recall < 1, bins >= 1", threshold, recall, bins)
	}
	for rows := bins; rows >= 1; rows-- {
		if b := (Bands{N: bins / rows, Rows: rows}); b.Probability(threshold) >= recall {
			return b, nil
		}
	}
	return Bands{}, fmt.Errorf("dedup: %d bins cannot find %.3f of the pairs of Jaccard %.2f; use more bins or a higher threshold", bins, recall, threshold)
}

// String returns the layout as people write it: "32x4".
func (b Bands) String() string { return fmt.Sprintf("%dx%d", b.N, b.Rows) }
