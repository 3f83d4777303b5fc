// Command marks generates the AVX-512 kernels of packages quality and quality/recur; ../README.md says how.
package main

import (
	"flag"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// The tables, of 256 bytes each: what a byte is by itself, what pairs it may begin, what pairs it may end.
const (
	alone  = 0
	first  = 256
	second = 512
)

// A kernel is what one package wants: which bits of the table alone, and which pairs, mark a byte in each of its bitmaps.
type kernel struct {
	doc     string
	bitmaps []bitmap
}

type bitmap struct{ alone, pairs uint8 }

var kernels = map[string]kernel{
	"quality": {"marksAVX512 marks the bytes of text in three bitmaps of so many words each, one after the other.", []bitmap{
		{1 << 0, 0b0000_0111}, // lines
		{1 << 1, 0b0000_1000}, // stops
		{1 << 2, 0b0011_1010}, // wrong
	}},
	"recur": {"marksAVX512 marks the bytes of text in a bitmap of so many words.", []bitmap{
		{1 << 0, 0b0001_1111}, // stops
	}},
}

func main() {
	name := flag.String("for", "quality", "the package that wants it")
	flag.Parse() // Generate does it again
	ConstraintExpr("!purego")
	numbers := previousBytes()
	kernels[*name].write(numbers)
	switch *name {
	case "quality":
		letters(numbers)
		runs()
		sieve(numbers)
	case "recur":
		words()
	}
	Generate()
}

// previousBytes returns the numbers that shift two registers by a byte.
func previousBytes() Mem {
	m := GLOBL("previous", RODATA|NOPTR)
	for i := range 64 {
		DATA(i, U8((i+127)&127))
	}
	return m
}

// in64 returns a register that holds the 64 bytes of m.
func in64(m Mem) VecVirtual {
	z := ZMM()
	VMOVDQU64(m, z)
	return z
}

// A table is one of 256 bytes in registers.
type table [4]VecVirtual

func load(base Register, at int) (t table) {
	for i := range t {
		t[i] = ZMM()
		VMOVDQU64(Mem{Base: base, Disp: at + 64*i}, t[i])
	}
	return t
}

// look returns what the table holds for each byte of w.
func (t table) look(w VecVirtual, low, high OpmaskVirtual) VecVirtual {
	z := ZMM()
	VMOVDQA64(w, z)
	VPERMI2B(t[1], t[0], low, z)
	VPERMI2B(t[3], t[2], high, z)
	return z
}

func (k kernel) write(numbers Mem) {
	TEXT("marksAVX512", NOSPLIT, "func(dst *uint64, words int, text string, table *byte) (alone uint64, pairs uint64)")
	Pragma("noescape")
	Doc(k.doc, "It returns all bits that were seen, of the table of bytes and of pairs.")
	to := make([]Register, len(k.bitmaps))
	to[0] = Load(Param("dst"), GP64())
	words := Load(Param("words"), GP64())
	src := Load(Param("text").Base(), GP64())
	size := Load(Param("text").Len(), GP64())
	base := Load(Param("table"), GP64())
	one, begin, end, shift := load(base, alone), load(base, first), load(base, second), in64(numbers)
	for i := range to[1:] {
		to[i+1] = GP64()
	}
	all := GP64()
	for i := range to[1:] {
		LEAQ(Mem{Base: to[i], Index: words, Scale: 8}, to[i+1])
	}
	MOVQ(I64(-1), all)
	bits := make([][2]VecVirtual, len(to))
	for i, b := range k.bitmaps {
		bits[i] = [2]VecVirtual{lane.EveryByte(b.alone), lane.EveryByte(b.pairs)}
	}
	begun, seen, seenPairs := ZMM(), ZMM(), ZMM()
	for _, z := range []VecVirtual{begun, seen, seenPairs} {
		VPXORQ(z, z, z)
	}
	there := K()
	KMOVQ(all, there)

	Label("loop")
	w := ZMM()
	CMPQ(size, Imm(64))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: src}, w)

	Label("block")
	high, low := K(), K()
	VPMOVB2M(w, high)
	KNOTQ(high, low)
	is, begins, ends := one.look(w, low, high), begin.look(w, low, high), end.look(w, low, high)
	pairs := ZMM()
	VMOVDQA64(shift, pairs)
	VPERMI2B(begun, begins, pairs)
	VMOVDQA64(begins, begun)
	VPANDQ(ends, pairs, pairs)
	VMOVDQU8_Z(pairs, there, pairs)
	VMOVDQU8_Z(is, there, is)
	VPORQ(is, seen, seen)
	VPORQ(pairs, seenPairs, seenPairs)
	for i, dst := range to {
		a, b := K(), K()
		VPTESTMB(bits[i][0], is, a)
		VPTESTMB(bits[i][1], pairs, b)
		KORQ(a, b, a)
		KMOVQ(a, Mem{Base: dst})
		ADDQ(Imm(8), dst)
	}
	ADDQ(Imm(64), src)
	SUBQ(Imm(64), size)
	JG(LabelRef("loop"))
	JMP(LabelRef("done"))

	Label("tail")
	TESTQ(size, size)
	JLE(LabelRef("done"))
	rest := GP64()
	BZHIQ(size, all, rest)
	KMOVQ(rest, there)
	VMOVDQU8_Z(Mem{Base: src}, there, w)
	JMP(LabelRef("block"))

	Label("done")
	for i, z := range []VecVirtual{seen, seenPairs} {
		r := GP64()
		fold(z, r)
		Store(r, ReturnIndex(i))
	}
	VZEROUPPER()
	RET()
}

// fold unites the bytes of z in the eight bytes of r.
func fold(z VecVirtual, r GPVirtual) {
	half, part := ZMM(), XMM()
	VEXTRACTI64X4(Imm(1), z, half.AsY())
	VPORQ(half, z, z)
	VEXTRACTI64X2(Imm(1), z.AsY(), half.AsX())
	VPORQ(half, z, z)
	VPSHUFD(Imm(0b1110), z.AsX(), part)
	VPORQ(part, z.AsX(), part)
	VMOVQ(part, r)
}
