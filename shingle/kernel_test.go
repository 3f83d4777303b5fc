package shingle

import (
	"bytes"
	"slices"
	"testing"
)

// FuzzKernels compares the kernels with their portable twins on long texts: src several times, so that its characters stand at
// other places of a block each time. Without kernels it compares the twins with themselves.
func FuzzKernels(f *testing.F) {
	f.Add([]byte("وزاره الصحه اعلنت "), uint8(7), uint8(60), uint64(1)<<59)
	f.Add([]byte("\xff\xd8\xd8\xa7\x80abc \xe2\x82 \xf0\x9f\x98"), uint8(2), uint8(30), uint64(1)<<63)
	f.Add([]byte("漢字𐎠𐎡 mixed كلمه 2015"), uint8(15), uint8(9), ^uint64(0))
	f.Add([]byte("a\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"), uint8(128), uint8(200), uint64(0))
	f.Fuzz(func(t *testing.T, src []byte, k, times uint8, limit uint64) {
		text := bytes.Repeat(src, int(times)+1)
		if k == 0 || k > maxWindow || len(text) > 1<<15 || len(text) == 0 {
			return
		}
		want := append(make([]int32, 0, len(text)+2), 0)
		n, _ := findMarksPlain(want[1:cap(want)], len(text), text, 1)
		want = append(want[:1+n], int32(len(text)))
		if got := marksByKernel(text); !slices.Equal(got, want) {
			t.Fatalf("%q (%d times): marks %v, want %v", src, int(times)+1, got, want)
		}
		size := len(want) - int(k)
		if size <= 0 {
			return
		}
		hashes, plain := make([]uint64, size), make([]uint64, size)
		hashAllPlain(plain, text, want, int(k))
		hashAll(hashes, text, append(want, make([]int32, slack)...), int(k))
		if !slices.Equal(hashes, plain) {
			t.Fatalf("%q (%d times), k=%d: hashes %x, want %x", src, int(times)+1, k, hashes, plain)
		}
		picked := make([]int32, size+1)
		picked = picked[:belowPlain(picked, plain, limit)]
		if got := Below(nil, hashes, limit); !slices.Equal(got, picked) {
			t.Fatalf("below %x of %x: %v, want %v", limit, hashes, got, picked)
		}
	})
}

// marksByKernel returns all marks of a text, asked for in portions.
func marksByKernel(text []byte) []int32 {
	all := []int32{0}
	var marks [slack + 100]int32
	for i := 1; i < len(text); {
		n, next := findMarks(marks[:], 100, text, i)
		all, i = append(all, marks[:n]...), next
	}
	return append(all, int32(len(text)))
}
