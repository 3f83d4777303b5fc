//go:build !purego

package shingle

import "golang.org/x/sys/cpu"

//go:generate sh -c "cd ../internal/asm && go run ./shingle -out ../../shingle/kernel_amd64.s -stubs ../../shingle/kernel_stubs_amd64.go -pkg shingle"

// kernels tells whether the processor has what the kernels want: Intel's servers since 2019 (Ice Lake), AMD's Zen 4 and later.
var kernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VBMI &&
	cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

// findMarks is findMarksPlain; it may write up to slack marks beyond need.
func findMarks(marks []int32, need int, text []byte, i int) (int, int) {
	if !kernels || i >= len(text) || need+slack > len(marks) {
		return findMarksPlain(marks, need, text, i)
	}
	return findMarksAVX512(&marks[0], need, &text[0], i, len(text))
}

// hashAll is hashAllPlain; it may read up to slack marks beyond those of the shingles.
func hashAll(hashes []uint64, text []byte, marks []int32, k int) {
	for kernels && len(hashes) > 0 && len(hashes)+k+slack <= len(marks) {
		n := hashMarksAVX512(&hashes[0], &text[0], len(text), &marks[0], k, len(hashes))
		hashes, marks = hashes[n:], marks[n:]
		m := min(len(hashes), 8) // that the kernel does not take, if any are left
		hashAllPlain(hashes[:m], text, marks, k)
		hashes, marks = hashes[m:], marks[m:]
	}
	hashAllPlain(hashes, text, marks, k)
}

// below is belowPlain; it may write up to slack indices more.
func below(dst []int32, hashes []uint64, limit uint64) int {
	if !kernels || len(hashes) == 0 || len(hashes)+slack > len(dst) {
		return belowPlain(dst, hashes, limit)
	}
	return belowAVX512(&dst[0], &hashes[0], len(hashes), limit)
}
