package dedup

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func drawBands(t *rapid.T) Bands {
	return Bands{N: rapid.IntRange(1, 200).Draw(t, "n"), Rows: rapid.IntRange(1, 30).Draw(t, "rows")}
}

// TestProbability checks published points of the S-curve: Mining of Massive Datasets, figure 3.8, gives 20 bands of 5 rows.
func TestProbability(t *testing.T) {
	for _, c := range []struct{ j, want float64 }{{.2, .006}, {.3, .047}, {.4, .186}, {.5, .470}, {.6, .802}, {.7, .975}, {.8, .9996}} {
		if got := (Bands{20, 5}).Probability(c.j); math.Abs(got-c.want) > .0006 {
			t.Errorf("20x5: Probability(%v) = %.4f, want %v", c.j, got, c.want)
		}
	}
}

func TestProbabilityLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, unit := drawBands(t), rapid.Float64Range(0, 1)
		if p, q := b.Probability(0), b.Probability(1); p != 0 || q != 1 {
			t.Fatalf("%v: Probability is %v at 0 and %v at 1", b, p, q)
		}
		low, high := unit.Draw(t, "low"), unit.Draw(t, "high")
		low, high = min(low, high), max(low, high)
		p := b.Probability(low)
		if p > b.Probability(high) {
			t.Fatalf("%v: Probability falls from %v to %v", b, low, high)
		}
		if more := (Bands{b.N + 1, b.Rows}).Probability(low); more < p {
			t.Fatalf("%v: one band more finds less at %v", b, low)
		}
		if longer := (Bands{b.N, b.Rows + 1}).Probability(low); longer > p {
			t.Fatalf("%v: one row more finds more at %v", b, low)
		}
	})
}

func TestThreshold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBands(t)
		if p := b.Probability(b.Threshold()); math.Abs(p-.5) > 1e-6 {
			t.Fatalf("%v: Probability at the threshold %v is %v, want one half", b, b.Threshold(), p)
		}
	})
}

// TestChooseBands checks that the layout fits, that it reaches the recall, and that no layout of more rows that fits does.
func TestChooseBands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := rapid.Float64Range(.01, 1).Draw(t, "threshold")
		recall := rapid.Float64Range(.01, .999).Draw(t, "recall")
		bins := rapid.IntRange(1, 256).Draw(t, "bins")
		got, err := ChooseBands(j, recall, bins)
		if err != nil {
			got = Bands{N: 0, Rows: 0}
		} else if got.N < 1 || got.Rows < 1 || got.N*got.Rows > bins || got.Probability(j) < recall {
			t.Fatalf("%v does not fit %d bins or misses the recall: %v at %v", got, bins, got.Probability(j), j)
		}
		for rows := got.Rows + 1; rows <= bins; rows++ {
			for n := 1; n*rows <= bins; n++ {
				if b := (Bands{n, rows}); b.Probability(j) >= recall {
					t.Fatalf("ChooseBands(%v, %v, %d) = %v, %v; %v reaches the recall with more rows", j, recall, bins, got, err, b)
				}
			}
		}
	})
}

// TestChooseBandsOnAGrid is the same law where the recall is only just reached or missed.
func TestChooseBandsOnAGrid(t *testing.T) {
	for rows := 1; rows <= 16; rows++ {
		b := Bands{N: 128 / rows, Rows: rows}
		for _, j := range []float64{.3, .5, .7, .9} {
			recall := b.Probability(j)
			if recall < .05 || recall > .999 {
				continue
			}
			if got, err := ChooseBands(j, recall, 128); err != nil || got.Rows < rows {
				t.Errorf("ChooseBands(%v, %v, 128) = %v, %v, but %v reaches it", j, recall, got, err, b)
			}
			if got, err := ChooseBands(j, recall+1e-9, 128); err == nil && got.Probability(j) < recall+1e-9 {
				t.Errorf("ChooseBands(%v, %v, 128) = %v, which misses it", j, recall+1e-9, got)
			}
		}
	}
}

func TestChooseBandsErrors(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		threshold, recall float64
		bins              int
	}{
		{0, .9, 128}, {-.1, .9, 128}, {1.1, .9, 128}, {nan, .9, 128},
		{.5, 0, 128}, {.5, 1, 128}, {.5, 1.5, 128}, {.5, nan, 128},
		{.5, .9, 0}, {.5, .9, -1}, {.01, .9, 64},
	} {
		if b, err := ChooseBands(c.threshold, c.recall, c.bins); err == nil {
			t.Errorf("ChooseBands(%v, %v, %d) = %v, want an error", c.threshold, c.recall, c.bins, b)
		}
	}
}

func TestBandsString(t *testing.T) {
	if got := (Bands{32, 4}).String(); got != "32x4" {
		t.Errorf("String() = %q, want 32x4", got)
	}
}
