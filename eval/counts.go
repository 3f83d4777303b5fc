package eval

import (
	"encoding/json"
	"math"
)

// Counts are judgements by what became of them. They are numbers of things, or sums of the weights that labels have.
type Counts struct {
	Right  float64 `json:"right"`  // wanted and called (true positives)
	Wrong  float64 `json:"wrong"`  // called and not wanted (false positives)
	Missed float64 `json:"missed"` // wanted and not called (false negatives)
}

// Judged is the Counts of one judgement of some weight.
func Judged(wanted, called bool, weight float64) (c Counts) {
	switch {
	case wanted && called:
		c.Right = weight
	case called:
		c.Wrong = weight
	case wanted:
		c.Missed = weight
	}
	return c
}

// Plus returns the sum of two Counts.
func (c Counts) Plus(o Counts) Counts { return c.plusTimes(o, 1) }

func (c Counts) plusTimes(o Counts, times float64) Counts {
	return Counts{c.Right + times*o.Right, c.Wrong + times*o.Wrong, c.Missed + times*o.Missed}
}

// Precision is the share of what was called that is wanted; NaN if nothing was called.
func (c Counts) Precision() float64 { return c.Right / (c.Right + c.Wrong) }

// Recall is the share of what is wanted that was called; NaN if nothing is wanted.
func (c Counts) Recall() float64 { return c.Right / (c.Right + c.Missed) }

// F1 is the harmonic mean of precision and recall, 2r/(2r+w+m): 0 where something was called or wanted and nothing is right, NaN where there was
// neither.
func (c Counts) F1() float64 { return 2 * c.Right / (2*c.Right + c.Wrong + c.Missed) }

// Number is a figure that may be none: NaN is null in JSON.
type Number float64

// MarshalJSON writes the shortest digits that read back as the same number.
func (n Number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Number) UnmarshalJSON(b []byte) error {
	f := math.NaN()
	if string(b) != "null" {
		if err := json.Unmarshal(b, &f); err != nil {
			return err
		}
	}
	*n = Number(f)
	return nil
}
