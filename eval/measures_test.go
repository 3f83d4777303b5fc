package eval

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestReference compares with values of scikit-learn, numpy and a computation with fractions, to the last digit (testdata/reference.py made them).
// Percentiles may differ in the last digit: numpy interpolates from the nearer side.
func TestReference(t *testing.T) {
	content, err := os.ReadFile("testdata/measures.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Clusterings []struct {
			Right, Said             Clustering
			Precision, Recall, Rand float64
		}
		Judgements []struct {
			Wanted, Called        []int
			Precision, Recall, F1 float64
		}
		Quantiles []struct {
			Sorted    []float64
			Low, High float64
		}
	}
	if err := json.Unmarshal(content, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Clusterings) < 40 || len(want.Judgements) < 30 || len(want.Quantiles) < 5 {
		t.Fatal("the table is not whole")
	}
	for i, c := range want.Clusterings {
		p, r, _ := BCubed(c.Right, c.Said)
		if ari := AdjustedRand(c.Right, c.Said); p != c.Precision || r != c.Recall || ari != c.Rand {
			t.Errorf("clustering %d: %v %v %v, want %v %v %v", i, p, r, ari, c.Precision, c.Recall, c.Rand)
		}
	}
	for i, j := range want.Judgements {
		var c Counts
		for k := range j.Wanted {
			c = c.Plus(Judged(j.Wanted[k] == 1, j.Called[k] == 1, 1))
		}
		if c.Precision() != j.Precision || c.Recall() != j.Recall || c.F1() != j.F1 {
			t.Errorf("judgement %d: %v %v %v, want %v %v %v", i, c.Precision(), c.Recall(), c.F1(), j.Precision, j.Recall, j.F1)
		}
	}
	for i, q := range want.Quantiles {
		for _, c := range [][3]float64{{.025, q.Low}, {.975, q.High}} {
			if got := quantile(q.Sorted, c[0]); math.Abs(got-c[1]) > 1e-15 {
				t.Errorf("quantile %d: %v, want %v", i, got, c[1])
			}
		}
	}
}

// TestByHand is arithmetic on paper.
func TestByHand(t *testing.T) {
	// Right {1 2 3} {4 5} {6}, said {1 2} {3 4 5} {6}. Precision by item: 1 1, then 3: 1/3, 4 and 5: 2/3 each, 6: 1. (1+1+1/3+2/3+2/3+1)/6 = 14/18.
	// Recall by item: 1 and 2: 2/3 each, 3: 1/3, 4 and 5: 1, 6: 1. (2/3+2/3+1/3+1+1+1)/6 = 14/18.
	right, said := Clustering{"a", "a", "a", "b", "b", "c"}, Clustering{"x", "x", "y", "y", "y", "z"}
	if p, r, f := BCubed(right, said); p != 14./18 || r != 14./18 || f != 14./18 {
		t.Errorf("B-cubed %v %v %v", p, r, f)
	}
	// Of 15 pairs, right has 3+1=4 together, said 1+3=4, both 1+1=2; expected 4*4/15 = 16/15. (2 - 16/15) / (4 - 16/15) = 14/44.
	if got := AdjustedRand(right, said); got != 14./44 {
		t.Errorf("adjusted Rand %v", got)
	}
	// 3 right, 1 wrong, 2 missed: 3/4, 3/5, 6/9.
	c := Counts{3, 1, 2}
	if c.Precision() != .75 || c.Recall() != .6 || c.F1() != 6./9 {
		t.Errorf("%v %v %v", c.Precision(), c.Recall(), c.F1())
	}
	// Characters: wanted 0-3, called 2-5, the fourth does not count: right 2, wrong 4 (5 is not called), missed 0 and 1.
	got := Cover([]bool{true, true, true, true, false, false}, []bool{false, false, true, true, true, false}, func(i int) bool { return i == 3 })
	if d := cmp.Diff(Counts{1, 1, 2}, got); d != "" {
		t.Error(d)
	}
}

// TestDegenerate: what asks about nothing is no number.
func TestDegenerate(t *testing.T) {
	nan := math.IsNaN
	if c := (Counts{}); !nan(c.Precision()) || !nan(c.Recall()) || !nan(c.F1()) {
		t.Error("nothing wanted, nothing called")
	}
	if c := (Counts{Missed: 2}); !nan(c.Precision()) || c.Recall() != 0 || c.F1() != 0 {
		t.Error("nothing called")
	}
	if c := (Counts{Wrong: 2}); c.Precision() != 0 || !nan(c.Recall()) || c.F1() != 0 {
		t.Error("nothing wanted")
	}
	if p, r, f := BCubed(nil, nil); !nan(p) || !nan(r) || !nan(f) {
		t.Error("no items")
	}
	for _, c := range []Clustering{nil, {"a"}, {"a", "b"}, {"a", "a", "a"}} {
		if AdjustedRand(c, c) != 1 {
			t.Errorf("%v is not itself", c)
		}
	}
	var empty Table
	content, err := json.Marshal(empty.Figures(1, "none")[0])
	if err != nil || string(content) != `{"class":"none","units":0,"right":0,"wrong":0,"missed":0,"precision":{"value":null,"interval":{"low":null,"high":null}},`+
		`"recall":{"value":null,"interval":{"low":null,"high":null}},"f1":{"value":null,"interval":{"low":null,"high":null}}}` {
		t.Errorf("%s %v", content, err)
	}
}

// TestClusterings: bounds, symmetry, names that do not matter, and 1 for what is right.
func TestClusterings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), n, n)
		right, said := Clustering(names.Draw(t, "right")), Clustering(names.Draw(t, "said"))
		p, r, f := BCubed(right, said)
		rp, rr, _ := BCubed(said, right)
		ari := AdjustedRand(right, said)
		if p <= 0 || p > 1 || r <= 0 || r > 1 || f < min(p, r)-1e-15 || f > max(p, r)+1e-15 || ari > 1 || ari < -1 {
			t.Fatalf("out of bounds: %v %v %v %v", p, r, f, ari)
		}
		if p != rr || r != rp || ari != AdjustedRand(said, right) {
			t.Fatal("not symmetric")
		}
		renamed := make(Clustering, n)
		for i, name := range said {
			renamed[i] = map[string]string{"a": "e", "b": "d", "c": "a", "d": "c", "e": "b"}[name]
		}
		if p2, r2, _ := BCubed(right, renamed); p2 != p || r2 != r || AdjustedRand(right, renamed) != ari {
			t.Fatal("names matter")
		}
		if p, r, f := BCubed(right, right); p != 1 || r != 1 || f != 1 || AdjustedRand(right, right) != 1 {
			t.Fatal("what is right is not")
		}
	})
}

// TestIntervals: the same seed gives the same interval, which holds the figure, and is a point where all units are alike.
func TestIntervals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table Table
		for range rapid.IntRange(1, 40).Draw(t, "units") {
			table.Unit()
			table.Add("x", Judged(rapid.Bool().Draw(t, "wanted"), rapid.Bool().Draw(t, "called"), 1))
		}
		seed := rapid.Uint64().Draw(t, "seed")
		f := table.Figures(seed, "x")[0]
		again, err := json.Marshal(table.Figures(seed, "x")[0])
		if first, err2 := json.Marshal(f); err != nil || err2 != nil || string(first) != string(again) {
			t.Fatalf("%s and then %s", first, again)
		}
		for _, g := range []Figure{f.Precision, f.Recall, f.F1} {
			if !math.IsNaN(float64(g.Value)) && (g.Interval.Low < 0 || g.Interval.High > 1 || g.Interval.Low > g.Interval.High) {
				t.Fatalf("%+v", g)
			}
		}
		if f.Wrong == 0 && f.Right > 0 && (f.Precision != Figure{1, Interval{1, 1}}) {
			t.Fatalf("no mistakes: %+v", f.Precision)
		}
	})
}

// TestCoverage draws samples from a known rate: the interval holds it in about 95% of them.
func TestCoverage(t *testing.T) {
	held, samples := 0, 200
	for s := range samples {
		var table Table
		for i := range 150 {
			table.Unit()
			x := uint64(s*150+i) * 0x9E3779B97F4A7C15
			x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
			x = (x ^ x>>27) * 0x94D049BB133111EB
			table.Add("x", Judged(float64((x^x>>31)>>11)/(1<<53) < .7, true, 1))
		}
		if f := table.Figures(uint64(s), "x")[0].Precision.Interval; f.Low <= .7 && f.High >= .7 {
			held++
		}
	}
	if held < 180 || held == samples {
		t.Errorf("%d of %d intervals hold the rate they were drawn with", held, samples)
	}
}
