//go:build !purego

package quality

import (
	"golang.org/x/sys/cpu"

	"github.com/corpusctl/corpusctl/internal/bitmap"
)

//go:generate sh -c "cd ../internal/asm && go run ./marks -out ../../quality/kernel_amd64.s -stubs ../../quality/kernel_stubs_amd64.go -pkg quality"

// kernels tells whether the processor has what the kernel wants: Intel's servers since 2019 (Ice Lake), AMD's Zen 4 and later.
var kernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL &&
	cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2 && cpu.X86.HasBMI2

// blocks finds the marks of a text that is not empty, 64 bytes at a time, if the processor can.
func (m *textMarks) blocks(text string) bool {
	if !kernels {
		return false
	}
	alone, pairs := marksAVX512(&m.words[0], len(m.lines), text, &markTable[0])
	m.alone, m.pairs = anyByte(alone), anyByte(pairs)
	return true
}

// anyByte unites the bytes of x.
func anyByte(x uint64) uint8 {
	x |= x >> 32
	x |= x >> 16
	return uint8(x | x>>8)
}

// blocks finds the plain letters of a text that is not empty, and the classes of all else, if the processor can.
func (l *plainLetters) blocks(text string) bool {
	if kernels {
		lettersAVX512(&l.codes[0], &l.words[0], &l.classes[0].white, text, &letterTable()[0])
	}
	return kernels
}

// blocks lists the runs of plain letters, if the processor can, and returns their number; if not, -1.
func (r *letterRuns) blocks(l *plainLetters) int {
	if !kernels {
		return -1
	}
	return runsAVX512(&r.starts[0], &r.ends[0], &r.hashes[0], &l.codes[0], &l.marks[0], len(l.marks))
}

// blocks marks the places of a line that is not empty, if the processor can.
func (v *phraseSieve) blocks(dst bitmap.Bitmap, line string) bool {
	if kernels {
		sieveAVX512(&dst[0], line, &v.classes[0], &v.full[0])
	}
	return kernels
}
