package bitmap

import "testing"

// FuzzNext compares Next and NextOf with a walk over all bytes.
func FuzzNext(f *testing.F) {
	f.Add([]byte{3, 64, 130}, []byte{65}, uint8(4), uint8(200))
	f.Add([]byte{}, []byte{0, 127}, uint8(1), uint8(100))
	f.Fuzz(func(t *testing.T, inA, inB []byte, from, to uint8) {
		a, b := make(Bitmap, 4), make(Bitmap, 4)
		var isA, isB [256]bool
		for _, i := range inA {
			a.Put(int(i), 2)
			isA[i] = true
		}
		for _, i := range inB {
			b.Put(int(i), 0)
			b.Put(int(i), 1)
			isB[i] = true
		}
		i, end := int(min(from, to)), int(to)
		one, either := end, end
		for k := end - 1; k >= i; k-- {
			if isA[k] {
				one = k
			}
			if isA[k] || isB[k] {
				either = k
			}
		}
		if got := a.Next(i, end); got != one {
			t.Errorf("Next(%d, %d) of %v: %d, want %d", i, end, inA, got, one)
		}
		if got := NextOf(a, b, i, end); got != either {
			t.Errorf("NextOf(%d, %d) of %v and %v: %d, want %d", i, end, inA, inB, got, either)
		}
	})
}
