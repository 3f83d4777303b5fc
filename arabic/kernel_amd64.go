//go:build !purego

package arabic

import "golang.org/x/sys/cpu"

//go:generate sh -c "cd ../internal/asm && go run ./fold -out ../../arabic/kernel_amd64.s -stubs ../../arabic/kernel_stubs_amd64.go -pkg arabic"

// kernels tells whether the processor has what the kernel wants: Intel's servers since 2019 (Ice Lake), AMD's Zen 4 and later.
var kernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2 &&
	cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

// blocks folds from src[i] on, up to the first character that the kernel's table does not settle, 64 bytes at a time. It writes
// behind out[n], where there must be room for the rest of src.
func (t *tables) blocks(out []byte, n, base int, src []byte, i int) (int, int) {
	if !kernels || len(src)-i < leastBlocks || len(out)-n < len(src)-i {
		return n, i
	}
	space := 0
	if n == base || out[n-1] == ' ' {
		space = 1
	}
	written, taken := foldAVX512(&out[n], &src[i], len(src)-i, &t.kernel[0], space)
	return n + written, i + taken
}
