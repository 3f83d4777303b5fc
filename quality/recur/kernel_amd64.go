//go:build !purego

package recur

import "golang.org/x/sys/cpu"

//go:generate sh -c "cd ../../internal/asm && go run ./marks -for recur -out ../../quality/recur/kernel_amd64.s -stubs ../../quality/recur/kernel_stubs_amd64.go -pkg recur"

// kernels tells whether the processor has what the kernel wants: Intel's servers since 2019 (Ice Lake), AMD's Zen 4 and later.
var kernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL &&
	cpu.X86.HasAVX512VBMI && cpu.X86.HasBMI2

// blocks finds the marks of a text that is not empty, 64 bytes at a time, if the processor can.
func (m *textMarks) blocks(text string) bool {
	if kernels {
		m.alone, m.pairs = marksAVX512(&m.stops[0], len(m.stops), text, &markTable[0])
	}
	return kernels
}

// blocks finds the marks of a text that is not empty, 64 bytes at a time.
func (m *foldedMarks) blocks(text []byte) (spaces int) {
	return wordsAVX512(&m.words[0], len(m.spaces), text)
}
