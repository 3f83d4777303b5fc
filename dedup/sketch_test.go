package dedup

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sketchOf makes a sketch of a set of hashes as Batch.Add makes that of a text.
func sketchOf(s Sketch, hashes []uint64) Sketch {
	s.Reset()
	s.Add(hashes)
	for round := uint64(1); round < rounds && s.Empty() > 0; round++ {
		s.AddRound(hashes, round)
	}
	s.Densify()
	return s
}

// referenceSketch follows the definition: the value of a bin is the smallest (round, value) over all hashes and all rounds; a bin
// that has none takes that of the first bin on its walk that has one.
func referenceSketch(hashes []uint64, bins int) Sketch {
	type roundValue struct {
		round, value uint64
		ok           bool
	}
	best := make([]roundValue, bins)
	for _, h := range hashes {
		for round := range uint64(rounds) {
			x := h * mixer
			if round > 0 {
				x = splitMix(h + round)
			}
			bin, rest := scale(x, bins)
			v := roundValue{round, rest / 4, true}
			if b := best[bin]; !b.ok || v.round < b.round || v.round == b.round && v.value < b.value {
				best[bin] = v
			}
		}
	}
	s := make(Sketch, bins)
	for i := range s {
		s[i] = empty
		for from, step := i, uint64(1); len(hashes) > 0; step++ {
			if v := best[from]; v.ok {
				s[i] = v.round<<62 + v.value
				break
			}
			from, _ = scale(splitMix(uint64(i)<<32+step), bins)
		}
	}
	return s
}

// scale returns the whole part and the fraction, in units of 2^-64, of n*x/2^64.
func scale(x uint64, n int) (int, uint64) {
	p := new(big.Int).Mul(new(big.Int).SetUint64(x), big.NewInt(int64(n)))
	whole, rest := new(big.Int).DivMod(p, new(big.Int).Lsh(big.NewInt(1), 64), new(big.Int))
	return int(whole.Int64()), rest.Uint64()
}

// splitMix is one step of the SplitMix64 generator, as published.
func splitMix(state uint64) uint64 {
	z := state + 0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// TestRemixIsSplitMix checks remix against the first values that the published generator gives for the seed 1234567.
func TestRemixIsSplitMix(t *testing.T) {
	state := uint64(1234567)
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := remix(state); got != want {
			t.Errorf("remix(%#x) = %d, want %d", state, got, want)
		}
		state += 0x9e3779b97f4a7c15
	}
}

func FuzzSketch(f *testing.F) {
	f.Add([]byte{}, uint16(128))
	f.Add([]byte("eight by"), uint16(1))
	f.Add([]byte(strings.Repeat("0123456789abcdef!", 3)), uint16(128))
	f.Add([]byte(strings.Repeat("some more bytes than bins ", 40)), uint16(5))
	f.Add(make([]byte, 64), uint16(64))
	f.Fuzz(func(t *testing.T, data []byte, bins uint16) {
		n := int(bins)%300 + 1
		var hashes []uint64
		for len(data) >= 8 {
			hashes, data = append(hashes, binary.LittleEndian.Uint64(data)), data[8:]
		}
		want := referenceSketch(hashes, n)
		if d := cmp.Diff(want, sketchOf(make(Sketch, n), hashes)); d != "" {
			t.Fatalf("%d hashes, %d bins: %s", len(hashes), n, d)
		}
	})
}

// TestSketchOfASet checks that neither the order, nor repeats, nor the blocks in which hashes come show in a sketch.
func TestSketchOfASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOfN(rapid.Uint64(), 1, 300).Draw(t, "hashes")
		bins := rapid.IntRange(1, 200).Draw(t, "bins")
		want := sketchOf(make(Sketch, bins), hashes)
		if slices.Contains(want, empty) {
			t.Fatal("a bin is empty after densification")
		}
		other := append(rapid.Permutation(hashes).Draw(t, "order"), hashes[:len(hashes)/2]...)
		cut := rapid.IntRange(0, len(other)).Draw(t, "cut")
		got := make(Sketch, bins)
		got.Reset()
		got.Add(other[:cut])
		got.Add(other[cut:])
		for round := uint64(1); round < rounds; round++ {
			got.AddRound(other[cut:], round)
			got.AddRound(other[:cut], round)
		}
		got.Densify()
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
		if e := got.Estimate(want); e != 1 {
			t.Fatalf("a sketch agrees with itself in %v of its bins", e)
		}
	})
}

func TestSketchOfNothing(t *testing.T) {
	s := sketchOf(make(Sketch, 16), nil)
	if s.Empty() != 16 {
		t.Errorf("%d of 16 bins are empty", s.Empty())
	}
	if e := s.Estimate(s); e != 0 {
		t.Errorf("two sketches of nothing agree in %v of their bins, want 0: there is nothing to agree in", e)
	}
}

// TestBandKeys checks that a band's key depends on all of its bins, on no other, and on the number of the band.
func TestBandKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Bands{N: rapid.IntRange(1, 20).Draw(t, "bands"), Rows: rapid.IntRange(1, 8).Draw(t, "rows")}
		s := make(Sketch, b.N*b.Rows)
		for i := range s {
			s[i] = rapid.Uint64().Draw(t, "value")
		}
		before := s.AppendBandKeys(nil, b)
		bin := rapid.IntRange(0, len(s)-1).Draw(t, "bin")
		s[bin]++
		after := s.AppendBandKeys([]uint64{1}, b)[1:]
		for i := range before {
			if changed, want := before[i] != after[i], i == bin/b.Rows; changed != want {
				t.Fatalf("%v: bin %d changed, key of band %d changed: %v", b, bin, i, changed)
			}
		}
	})
	same := make(Sketch, 8).AppendBandKeys(nil, Bands{4, 2})
	slices.Sort(same)
	if len(slices.Compact(same)) != 4 {
		t.Error("bands of equal bins have equal keys: documents would meet across bands")
	}
}

// sizedSets fills a and b with random hashes, of which the first shared are those of both.
func sizedSets(r *rand.Rand, a, b []uint64, shared int) {
	for i := range a {
		a[i], b[i] = r.Uint64(), r.Uint64()
	}
	copy(b, a[:shared])
}

// accuracy is what trials on sets of one size and one Jaccard showed.
type accuracy struct {
	size             int
	jaccard          float64
	bias, rmse       float64
	theory           float64 // the rmse of 128 independent bins
	hit, probability float64 // shares of trials in which a bucket was shared, and Bands.Probability
}

const trials = 2000

// measureAccuracy sketches pairs of random sets of size hashes each with shared of them in common.
func measureAccuracy(size, shared int, layout Bands) accuracy {
	r := newRand(uint64(size)<<20 + uint64(shared))
	a, b := make([]uint64, size), make([]uint64, size)
	x, y := make(Sketch, layout.N*layout.Rows), make(Sketch, layout.N*layout.Rows)
	j := float64(shared) / float64(2*size-shared)
	var sum, squares, hits float64
	var keysX, keysY []uint64
	for range trials {
		sizedSets(r, a, b, shared)
		e := sketchOf(x, a).Estimate(sketchOf(y, b)) - j
		sum += e
		squares += e * e
		keysX, keysY = x.AppendBandKeys(keysX[:0], layout), y.AppendBandKeys(keysY[:0], layout)
		for i := range keysX {
			if keysX[i] == keysY[i] {
				hits++
				break
			}
		}
	}
	return accuracy{
		size: size, jaccard: j, bias: sum / trials, rmse: math.Sqrt(squares / trials),
		theory: math.Sqrt(j * (1 - j) / float64(len(x))), hit: hits / trials, probability: layout.Probability(j),
	}
}

// TestEstimator measures bias, error and band hits against the exact Jaccard. Run it with -v for the table.
//
// The bounds, at every size: no bias beyond four standard errors; at most a quarter more than the error of 128 independent bins;
// and the S-curve, give or take four standard errors and .02. Bins are not independent: in small sets every hash has its three
// places, which makes the error smaller and the curve steeper than theory says, and densification larger again.
func TestEstimator(t *testing.T) {
	layout := Bands{32, 4}
	t.Logf("%6s %6s %8s %8s %8s %6s %6s %6s", "hashes", "J", "bias", "rmse", "theory", "ratio", "hit", "curve")
	for _, size := range []int{5, 10, 20, 60, 128, 300, 1000, 10000} {
		seen := map[int]bool{}
		for _, j := range []float64{.2, .5, .8, .95} {
			shared := int(math.Round(2 * float64(size) * j / (1 + j)))
			if seen[shared] || shared == size {
				continue
			}
			seen[shared] = true
			m := measureAccuracy(size, shared, layout)
			t.Logf("%6d %6.3f %8.4f %8.4f %8.4f %6.2f %6.3f %6.3f", m.size, m.jaccard, m.bias, m.rmse, m.theory, m.rmse/m.theory, m.hit, m.probability)
			checkAccuracy(t, m)
		}
	}
}

func checkAccuracy(t *testing.T, m accuracy) {
	name := fmt.Sprintf("%d hashes, J %.3f", m.size, m.jaccard)
	if se := m.rmse / math.Sqrt(trials); math.Abs(m.bias) > 4*se {
		t.Errorf("%s: bias %.5f, more than four standard errors of %.5f", name, m.bias, se)
	}
	if m.rmse > 1.25*m.theory {
		t.Errorf("%s: rmse %.4f, more than 1.25 times %.4f", name, m.rmse, m.theory)
	}
	if se := math.Sqrt(m.probability * (1 - m.probability) / trials); math.Abs(m.hit-m.probability) > 4*se+.02 {
		t.Errorf("%s: %.3f share a bucket, Bands.Probability says %.3f", name, m.hit, m.probability)
	}
}
