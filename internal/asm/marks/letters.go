package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// The table of codes: 64 bytes for the trails behind each of two leads.
const (
	leadArabic  = 0xD8
	leadArabic2 = 0xD9
)

func letters(numbers Mem) {
	TEXT("lettersAVX512", NOSPLIT, "func(codes *byte, plain *uint64, text string, table *byte)")
	Pragma("noescape")
	Doc("lettersAVX512 writes the codes of the plain letters of a text that is not empty, each in the place of the letter's second byte, 0 in all others, and",
		"marks the bytes of such letters, a word of the bitmap further on. It writes whole blocks of 64 bytes.")
	codes := Load(Param("codes"), GP64())
	plain := Load(Param("plain"), GP64())
	src := Load(Param("text").Base(), GP64())
	size := Load(Param("text").Len(), GP64())
	base := Load(Param("table"), GP64())
	table1, table2, shift := in64(Mem{Base: base}), in64(Mem{Base: base, Disp: 64}), in64(numbers)
	first, second, notTrail := lane.EveryByte(leadArabic), lane.EveryByte(leadArabic2), lane.EveryByte(0xC0)
	last := ZMM() // the block before
	VPXORQ(last, last, last)
	ends, all := GP64(), GP64() // where letters of the block before end
	XORQ(ends, ends)
	MOVQ(I64(-1), all)

	Label("loop")
	w := ZMM()
	CMPQ(size, Imm(64))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: src}, w)

	Label("block")
	before, code := ZMM(), ZMM()
	VMOVDQA64(shift, before)
	VPERMI2B(last, w, before)
	VMOVDQA64(w, last)
	trail, behind1, behind2, is := K(), K(), K(), K()
	VPCMPB(Imm(1), notTrail, w, trail) // signed: less than C0
	VPCMPEQB(first, before, trail, behind1)
	VPCMPEQB(second, before, trail, behind2)
	VPERMB_Z(table1, w, behind1, code)
	VPERMB(table2, w, behind2, code)
	VMOVDQU64(code, Mem{Base: codes})
	VPTESTMB(code, code, is)
	next, bits := GP64(), GP64()
	KMOVQ(is, next)
	MOVQ(ends, bits)
	SHRQ(Imm(1), next, bits) // the first byte of a letter stands before its second
	ORQ(ends, bits)
	MOVQ(bits, Mem{Base: plain})
	MOVQ(next, ends)
	ADDQ(Imm(8), plain)
	ADDQ(Imm(64), codes)
	ADDQ(Imm(64), src)
	SUBQ(Imm(64), size)
	JG(LabelRef("loop"))

	Label("done")
	MOVQ(ends, bits)
	SHRQ(Imm(1), bits)
	ORQ(ends, bits)
	MOVQ(bits, Mem{Base: plain})
	VZEROUPPER()
	RET()

	Label("tail")
	TESTQ(size, size)
	JLE(LabelRef("done"))
	rest, there := GP64(), K()
	BZHIQ(size, all, rest)
	KMOVQ(rest, there)
	VMOVDQU8_Z(Mem{Base: src}, there, w)
	JMP(LabelRef("block"))
}
