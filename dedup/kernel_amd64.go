//go:build !purego

package dedup

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:generate sh -c "cd ../internal/asm && go run ./verify -out ../../dedup/kernel_amd64.s -stubs ../../dedup/kernel_stubs_amd64.go -pkg dedup"

// kernels tells whether the processor has what the kernels want: Intel's servers since 2019 (Ice Lake), AMD's Zen 4 and later.
var kernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VBMI &&
	cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

// outlineOf is outlineOfPlain; it may write up to charSlack places more.
func outlineOf(parts []part, chars []int32, text []byte) int {
	if !kernels || len(text) == 0 {
		return outlineOfPlain(parts, chars, text)
	}
	return outlineAVX512(&parts[0].starts, &chars[0], &text[0], len(text))
}

// noteOf is notePlain, for a key or more; what it leaves in known beyond those that it returns may differ.
func noteOf(keys []uint64, from int32, heads, chain []int32, filter bitset, shift int, known []int32) int {
	if !kernels {
		return notePlain(keys, from, heads, chain, filter, shift, known)
	}
	return noteBits(&keys[0], len(keys), from, &heads[0], len(heads)-1, &chain[0], &filter[0], shift, &known[0])
}

// fetch brings the beginning of a text into the cache that is soon read, while other work is done.
func fetch(text []byte) {
	if len(text) > 0 {
		fetchLines(&text[0], min(len(text), fetched))
	}
}

// fetched is how many bytes of a text are fetched: those of most. The processor sees by itself that one after the other is read.
const fetched = 1 << 12

// keysOf is keysOfPlain.
func keysOf(dst []uint64, text []byte, starts, ends []int32) {
	for kernels && len(dst) > 0 {
		n := keysAVX512(&dst[0], &text[0], len(text), &starts[0], &ends[0], len(dst))
		dst, starts, ends = dst[n:], starts[n:], ends[n:]
		m := min(len(dst), 8) // that the kernel does not take, if any are left
		keysOfPlain(dst[:m], text, starts, ends)
		dst, starts, ends = dst[m:], starts[m:], ends[m:]
	}
	keysOfPlain(dst, text, starts, ends)
}

// keysKnown is keysKnownPlain.
func keysKnown(dst []uint64, known bitset, text []byte, starts, ends []int32, filter bitset, shift int) {
	for at := 0; at < len(dst); {
		if kernels {
			byteOf := (*byte)(unsafe.Add(unsafe.Pointer(&known[0]), at>>3))
			at += keysKnownAVX512(&dst[at], byteOf, &text[0], len(text), &starts[at], &ends[at], len(dst)-at, &filter[0], shift)
		}
		end := min(at+8, len(dst)) // that the kernel does not take, if any are left
		if !kernels {
			end = len(dst)
		}
		keysKnownPlain(dst[at:end], known, at, text, starts[at:], ends[at:], filter, shift)
		at = end
	}
}
