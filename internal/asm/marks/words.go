package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// words writes a kernel that finds the borders of words, and digits. Only digits have their upper four bits in a folded text.
func words() {
	TEXT("wordsAVX512", NOSPLIT, "func(dst *uint64, words int, text []byte) (spaces int)")
	Pragma("noescape")
	Doc("wordsAVX512 marks the spaces of a folded text in a bitmap of so many words, its digits in another behind it, and counts the spaces.")
	spaces := Load(Param("dst"), GP64())
	size := Load(Param("words"), GP64())
	digits := GP64()
	LEAQ(Mem{Base: spaces, Index: size, Scale: 8}, digits)
	src := Load(Param("text").Base(), GP64())
	Load(Param("text").Len(), size)
	space, upper, digit := lane.EveryByte(' '), lane.EveryByte(0xF0), lane.EveryByte('0')
	n, bits, all := GP64(), GP64(), GP64()
	XORQ(n, n)
	MOVQ(I64(-1), all)

	Label("loop")
	w := ZMM()
	CMPQ(size, Imm(64))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: src}, w)

	Label("block")
	is := K()
	VPCMPEQB(space, w, is)
	KMOVQ(is, bits)
	MOVQ(bits, Mem{Base: spaces})
	POPCNTQ(bits, bits)
	ADDQ(bits, n)
	VPANDQ(upper, w, w)
	VPCMPEQB(digit, w, is)
	KMOVQ(is, Mem{Base: digits})
	ADDQ(Imm(8), spaces)
	ADDQ(Imm(8), digits)
	ADDQ(Imm(64), src)
	SUBQ(Imm(64), size)
	JG(LabelRef("loop"))
	JMP(LabelRef("done"))

	Label("tail")
	TESTQ(size, size)
	JLE(LabelRef("done"))
	BZHIQ(size, all, bits)
	rest := K()
	KMOVQ(bits, rest)
	VMOVDQU8_Z(Mem{Base: src}, rest, w)
	JMP(LabelRef("block"))

	Label("done")
	Store(n, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
