//go:build !purego

package corpus

import "golang.org/x/sys/cpu"

//go:generate sh -c "cd ../internal/asm && go run ./plain -out ../../corpus/kernel_amd64.s -stubs ../../corpus/kernel_stubs_amd64.go -pkg corpus"

// kernels tells whether the processor has what the kernel wants: Intel's servers since 2019 (Ice Lake), AMD's Zen 4 and later.
var kernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// plainRun is plainRunPortable; valid is true if all of the run is UTF-8, in characters of one or two bytes, or of three that no E0 or ED begins:
// Arabic and its quotation marks.
func plainRun(line []byte, i int) (end int, valid bool) {
	switch {
	case !kernels:
		return plainRunPortable(line, i)
	case i >= len(line):
		return i, true
	}
	end, wrong := plainAVX512(&line[0], len(line), i)
	return end, wrong == 0
}
