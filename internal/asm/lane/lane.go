// Package lane makes registers that the kernels start from; ../README.md says what these are.
package lane

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// EveryByte returns a register that holds c in each byte.
func EveryByte(c uint8) VecVirtual {
	r, z := GP32(), ZMM()
	MOVL(U32(c), r)
	VPBROADCASTB(r, z)
	return z
}

// Every returns a register that holds v in each 64-bit lane.
func Every(v uint64) VecVirtual {
	r, z := GP64(), ZMM()
	MOVQ(U64(v), r)
	VPBROADCASTQ(r, z)
	return z
}

// Table returns a register loaded from 64 bytes of the data section.
func Table(name string, at func(i int) byte) VecVirtual {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 64 {
		DATA(i, U8(at(i)))
	}
	z := ZMM()
	VMOVDQU64(m, z)
	return z
}
