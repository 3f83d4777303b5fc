// Command plain generates the AVX-512 kernel of package corpus; ../README.md says how.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

func main() {
	ConstraintExpr("!purego")
	plain()
	Generate()
}

// plain: of 64 bytes at a time, masks say which end a run, begin a character of two bytes or of three, or continue one. Of those
// of three, it leaves out the leads E0 and ED, behind which not all bytes are UTF-8.
func plain() {
	TEXT("plainAVX512", NOSPLIT, "func(text *byte, size int, i int) (end int, wrong uint64)")
	Pragma("noescape")
	Doc("plainAVX512 is plainRun on text[:size]; wrong is 0 if valid is true.")
	text := Load(Param("text"), GP64())
	size := Load(Param("size"), GP64())
	i := Load(Param("i"), GP64())
	blank, quote, slash := lane.EveryByte(' '), lane.EveryByte('"'), lane.EveryByte('\\')
	lead, leads, continued := lane.EveryByte(0xC2), lane.EveryByte(0xDF-0xC2+1), lane.EveryByte(0xC0)
	lead3, leads3, last3, even := lane.EveryByte(0xE1), lane.EveryByte(0xEC-0xE1+1), lane.EveryByte(0xEE), lane.EveryByte(0xFE)
	wrong, carry, width := GP64(), GP64(), GP64()
	XORQ(wrong, wrong)
	XORQ(carry, carry)

	Label("loop")
	rest, inside, mask, v := GP64(), K(), GP64(), ZMM()
	MOVQ(size, rest)
	SUBQ(i, rest)
	JLE(LabelRef("done"))
	MOVQ(U32(64), width)
	CMPQ(rest, width)
	CMOVQLT(rest, width)
	MOVQ(I64(-1), mask)
	BZHIQ(width, mask, mask)
	KMOVQ(mask, inside)
	VMOVDQU8_Z(Mem{Base: text, Index: i, Scale: 1}, inside, v)

	ends, more, end := K(), K(), GP64()
	VPCMPUB(Imm(1), blank, v, inside, ends)
	VPCMPEQB(quote, v, inside, more)
	KORQ(more, ends, ends)
	VPCMPEQB(slash, v, inside, more)
	KORQ(more, ends, ends)
	KMOVQ(ends, end)
	run := GP64() // how many bytes are before the end
	TZCNTQ(end, run)
	CMPQ(run, width)
	CMOVQGT(width, run)
	BZHIQ(run, mask, mask)

	begins, threes, goesOn, high := GP64(), GP64(), GP64(), GP64()
	marked, shifted := K(), ZMM()
	VPSUBB(lead3, v, shifted)
	VPCMPUB(Imm(1), leads3, shifted, marked)
	VPANDQ(even, v, shifted)
	VPCMPEQB(last3, shifted, more)
	KORQ(more, marked, marked)
	KMOVQ(marked, threes)
	ANDQ(mask, threes)
	VPSUBB(lead, v, shifted)
	VPCMPUB(Imm(1), leads, shifted, marked)
	KMOVQ(marked, begins)
	ANDQ(mask, begins)
	ORQ(threes, begins)
	VPCMPGTB(v, continued, marked)
	KMOVQ(marked, goesOn)
	ANDQ(mask, goesOn)
	VPMOVB2M(v, marked)
	KMOVQ(marked, high)
	ANDQ(mask, high)

	due, third := GP64(), GP64() // where a character must be continued; leads that clash only spoil bits above one that is wrong
	LEAQ(Mem{Base: carry, Index: begins, Scale: 2}, due)
	MOVQ(begins, carry)
	SHRQ(Imm(63), carry)
	MOVQ(threes, third)
	SHLQ(Imm(2), third)
	ORQ(third, due)
	SHRQ(Imm(62), threes)
	ORQ(threes, carry)
	XORQ(goesOn, due)
	ORQ(due, wrong)
	ORQ(begins, goesOn)
	ANDNQ(high, goesOn, high)
	ORQ(high, wrong)
	ADDQ(run, i)
	TESTQ(end, end)
	JZ(LabelRef("loop"))

	Label("done")
	ORQ(carry, wrong) // nothing continues the last character
	Store(i, ReturnIndex(0))
	Store(wrong, ReturnIndex(1))
	VZEROUPPER()
	RET()
}
