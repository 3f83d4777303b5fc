// Command fold generates the AVX-512 kernel of package arabic; ../README.md says how.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// The places in the table: what the second byte of a pair becomes, what the first becomes, ASCII, the last byte of U+2000 to
// U+203F, the last of U+0080 to U+00BF.
const (
	seconds = 0
	firsts  = 256
	ascii   = 512
	punct   = 640
	latin   = 704
)

func main() {
	ConstraintExpr("!purego")
	fold()
	Generate()
}

// numbers returns a register that holds i+add in byte i.
func numbers(name string, add int) VecVirtual {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 64 {
		DATA(i, U8((i+add)&63))
	}
	z := ZMM()
	VMOVDQU64(m, z)
	return z
}

// A kernel holds the registers that do not change.
type kernel struct {
	second, first           [4]VecVirtual
	ascii                   [2]VecVirtual
	punct, latin            VecVirtual
	before, behind          VecVirtual // numbers of the bytes beside each
	high2, high6            VecVirtual // masks within a byte
	xBF, xD8, xC2, xE2, x80 VecVirtual
	one, space              VecVirtual
}

func newKernel(table Register) *kernel {
	load := func(at int) VecVirtual {
		z := ZMM()
		VMOVDQU64(Mem{Base: table, Disp: at}, z)
		return z
	}
	k := &kernel{
		punct: load(punct), latin: load(latin), before: numbers("before", -1), behind: numbers("behind", 1),
		high2: lane.EveryByte(0xC0), high6: lane.EveryByte(0xFC), xBF: lane.EveryByte(0xBF), xD8: lane.EveryByte(0xD8), xC2: lane.EveryByte(0xC2), xE2: lane.EveryByte(0xE2),
		x80: lane.EveryByte(0x80), one: lane.EveryByte(1), space: lane.EveryByte(' '),
	}
	for i := range k.first {
		k.second[i], k.first[i] = load(seconds+64*i), load(firsts+64*i)
	}
	k.ascii[0], k.ascii[1] = load(ascii), load(ascii+64)
	return k
}

func fold() {
	TEXT("foldAVX512", NOSPLIT, "func(dst *byte, src *byte, size int, table *byte, space int) (n int, i int)")
	Pragma("noescape")
	Doc("foldAVX512 folds src[:size] to dst, which must have room for as much, up to the first character that is not in the table.",
		"A space that would come first is left out if space is 1. It returns how many bytes it wrote and how many it took.")
	dst := Load(Param("dst"), GP64())
	src := Load(Param("src"), GP64())
	size := Load(Param("size"), GP64())
	table := Load(Param("table"), GP64())
	carry := Load(Param("space"), GP64()).(GPVirtual)
	k := newKernel(table)
	n, i, all := GP64(), GP64(), GP64()
	XORQ(n, n)
	XORQ(i, i)
	MOVQ(I64(-1), all)

	Label("loop")
	w, rest, there := ZMM(), GP64(), GP64()
	MOVQ(size, rest)
	SUBQ(i, rest)
	JLE(LabelRef("done"))
	MOVQ(all, there) // marks the bytes that there are
	CMPQ(rest, Imm(64))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: src, Index: i, Scale: 1}, w)

	Label("block")
	c := k.classify(w)
	out := k.look(w, c)
	stop := k.stop(out, c, there)
	ADDQ(stop, i)

	// Which bytes stay: a space does not, behind a space.
	keep, inside := GP64(), GP64()
	nonzero := K()
	VPTESTMB(out, out, nonzero)
	KMOVQ(nonzero, keep)
	ANDNQ(keep, c.dropped, keep)
	BZHIQ(stop, all, inside)
	ANDQ(inside, keep)
	k.spaces(out, keep, carry)

	kept, packed, mask, count := K(), ZMM(), K(), GP64()
	KMOVQ(keep, kept)
	VPCOMPRESSB_Z(out, kept, packed)
	POPCNTQ(keep, count)
	room := GP64()
	BZHIQ(count, all, room)
	KMOVQ(room, mask)
	VMOVDQU8(packed, mask, Mem{Base: dst, Index: n, Scale: 1})
	ADDQ(count, n)
	TESTQ(stop, stop)
	JNZ(LabelRef("loop"))
	JMP(LabelRef("done"))

	Label("tail")
	part := K()
	BZHIQ(rest, all, there)
	KMOVQ(there, part)
	VMOVDQU8_Z(Mem{Base: src, Index: i, Scale: 1}, part, w)
	JMP(LabelRef("block"))

	Label("done")
	Store(n, ReturnIndex(0))
	Store(i, ReturnIndex(1))
	VZEROUPPER()
	RET()
}

// classes are marks of the bytes of a block.
type classes struct {
	pair    GPVirtual // the second byte of a character D8-DB xx
	latin   GPVirtual // the second byte of C2 xx
	punct   GPVirtual // the third byte of E2 80 xx
	pairK   OpmaskVirtual
	good    GPVirtual // belongs to ASCII or to one of these
	dropped GPVirtual // a first byte of the last two: only the last byte becomes something
}

func equal(w, v VecVirtual) GPVirtual {
	k, r := K(), GP64()
	VPCMPEQB(v, w, k)
	KMOVQ(k, r)
	return r
}

// behind marks the bytes that stand behind a marked one, of those that may.
func behind(marks, may GPVirtual) GPVirtual {
	r := GP64()
	LEAQ(Mem{Base: marks, Index: marks, Scale: 1}, r)
	ANDQ(may, r)
	return r
}

// orShifted adds to dst the marks one, or more, bytes earlier.
func orShifted(dst, marks GPVirtual, by uint64) {
	t := GP64()
	MOVQ(marks, t)
	SHRQ(Imm(by), t)
	ORQ(t, dst)
}

func (k *kernel) classify(w VecVirtual) *classes {
	c := &classes{good: GP64(), dropped: GP64(), pairK: K()}
	begins, nonASCII, leads := K(), K(), ZMM()
	follows := GP64()
	VPCMPGTB(k.xBF, w, begins)
	KMOVQ(begins, follows)
	NOTQ(follows) // bytes 80-BF
	VPMOVB2M(w, nonASCII)
	KMOVQ(nonASCII, c.good)
	NOTQ(c.good)
	VPANDQ(k.high6, w, leads)
	c.pair = behind(equal(leads, k.xD8), follows)
	c.latin = behind(equal(w, k.xC2), follows)
	c.punct = behind(behind(equal(w, k.xE2), equal(w, k.x80)), follows)
	KMOVQ(c.pair, c.pairK)

	XORQ(c.dropped, c.dropped)
	orShifted(c.dropped, c.latin, 1)
	orShifted(c.dropped, c.punct, 1)
	orShifted(c.dropped, c.punct, 2)
	for _, m := range []GPVirtual{c.dropped, c.pair, c.latin, c.punct} {
		ORQ(m, c.good)
	}
	orShifted(c.good, c.pair, 1)
	return c
}

// look returns what each byte becomes: 0 is nothing, and 1 marks a character that the table does not settle.
func (k *kernel) look(w VecVirtual, c *classes) VecVirtual {
	out := ZMM()
	VMOVDQA64(w, out)
	VPERMI2B(k.ascii[1], k.ascii[0], out)

	// The number of a pair: two bits of the first byte, six of the second, at the place of the second.
	lead, number := ZMM(), ZMM()
	VPERMB(w, k.before, lead)
	VPSLLW(Imm(6), lead, lead)
	VMOVDQA64(k.high2, number)
	VPTERNLOGD(U8(0xCA), w, lead, number) // high2 ? lead : w
	second, first := ZMM(), ZMM()
	VMOVDQA64(number, second)
	VPERMI2B(k.second[1], k.second[0], second)
	VMOVDQA64(number, first)
	VPERMI2B(k.first[1], k.first[0], first)

	upper, any := K(), K() // DA and DB: letters of other languages than Arabic
	VPMOVB2M(number, upper)
	KANDQ(upper, c.pairK, any)
	KORTESTQ(any, any)
	JZ(LabelRef("common"))
	other := ZMM()
	VMOVDQA64(number, other)
	VPERMI2B(k.second[3], k.second[2], other)
	VMOVDQU8(other, any, second)
	VMOVDQA64(number, other)
	VPERMI2B(k.first[3], k.first[2], other)
	VMOVDQU8(other, any, first)
	Label("common")

	leads, marks := K(), GP64()
	VMOVDQU8(second, c.pairK, out)
	MOVQ(c.pair, marks)
	SHRQ(Imm(1), marks)
	KMOVQ(marks, leads)
	VPERMB(first, k.behind, leads, out)
	rare := K()
	KMOVQ(c.punct, rare)
	VPERMB(k.punct, w, rare, out)
	rare = K()
	KMOVQ(c.latin, rare)
	VPERMB(k.latin, w, rare, out)
	return out
}

// stop returns the number of the first byte that belongs to a character that the table does not settle, or is not there.
func (k *kernel) stop(out VecVirtual, c *classes, there GPVirtual) GPVirtual {
	bad, slow := GP64(), equal(out, k.one)
	MOVQ(c.good, bad)
	ANDQ(there, bad)
	NOTQ(bad)
	ORQ(slow, bad)
	orShifted(bad, slow, 1)
	ANDQ(c.punct, slow)
	orShifted(bad, slow, 2)
	stop := GP64()
	TZCNTQ(bad, stop)
	return stop
}

// spaces takes out of keep all spaces that stand behind a kept space. carry says whether one ends what was written before.
func (k *kernel) spaces(out VecVirtual, keep, carry GPVirtual) {
	spaces, twice, count, last := equal(out, k.space), GP64(), GP64(), GP64()
	PEXTQ(keep, spaces, spaces) // as if the kept bytes stood together
	LEAQ(Mem{Base: carry, Index: spaces, Scale: 2}, twice)
	ANDQ(spaces, twice)
	POPCNTQ(keep, count)
	LEAQ(Mem{Base: count, Disp: -1}, last)
	SHRXQ(last, spaces, last)
	ANDQ(Imm(1), last)
	TESTQ(count, count)
	CMOVQNE(last, carry)
	PDEPQ(keep, twice, twice)
	ANDNQ(keep, twice, keep)
}
