// Command shingle generates the AVX-512 kernels of package shingle; ../README.md says how.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The primes of XXH64.
const (
	prime1 = 11400714785074694791
	prime2 = 14029467366897019727
	prime3 = 1609587929392839161
	prime4 = 9650029242287828579
	prime5 = 2870177450012600261
)

func main() {
	ConstraintExpr("!purego")
	findMarks()
	hashMarks()
	below()
	Generate()
}

// every returns a register that holds v in each 64-bit lane.
func every(v uint64) VecVirtual {
	r, z := GP64(), ZMM()
	MOVQ(U64(v), r)
	VPBROADCASTQ(r, z)
	return z
}

// table returns a register loaded from 64 bytes of the data section.
func table(name string, at func(i int) byte) VecVirtual {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 64 {
		DATA(i, U8(at(i)))
	}
	z := ZMM()
	VMOVDQU64(m, z)
	return z
}

// numbersData are the numbers from 0 to 15, of 32 bits.
var numbersData Mem

// findMarks: 16 bytes at a time, the numbers of those that begin a character are pushed together and stored.
func findMarks() {
	TEXT("findMarksAVX512", NOSPLIT, "func(marks *int32, need int, text *byte, i int, size int) (n int, next int)")
	Pragma("noescape")
	Doc("findMarksAVX512 is findMarksPlain on text[:size]; up to 16 marks beyond need are written.")
	marks := Load(Param("marks"), GP64())
	need := Load(Param("need"), GP64())
	text := Load(Param("text"), GP64())
	i := Load(Param("i"), GP64())
	size := Load(Param("size"), GP64())

	numbers, sixteen := ZMM(), ZMM()
	numbersData = GLOBL("numbers", RODATA|NOPTR)
	for j := range 16 {
		DATA(4*j, U32(j))
	}
	VPBROADCASTD(i.(GPVirtual).As32(), numbers)
	VPADDD(numbersData, numbers, numbers)
	sixteenGP := GP32()
	MOVL(U32(16), sixteenGP)
	VPBROADCASTD(sixteenGP, sixteen)
	last := XMM() // the greatest continuation byte, as a signed number
	c := GP32()
	MOVL(U32(0xBF), c)
	VPBROADCASTB(c, last)

	n := GP64()
	XORQ(n, n)
	begins, count, rest := K(), GP64(), GP64()
	bytes := XMM()

	Label("loop")
	CMPQ(n, need)
	JGE(LabelRef("done"))
	MOVQ(size, rest)
	SUBQ(i, rest)
	JLE(LabelRef("done"))
	CMPQ(rest, Imm(16))
	JL(LabelRef("tail"))
	VMOVDQU8(Mem{Base: text, Index: i, Scale: 1}, bytes)
	VPCMPGTB(last, bytes, begins)
	ADDQ(Imm(16), i)
	Label("store")
	emit(numbers, begins, count, marks, n)
	VPADDD(sixteen, numbers, numbers)
	JMP(LabelRef("loop"))

	Label("tail")
	mask, inside := GP64(), K()
	MOVQ(I64(-1), mask)
	BZHIQ(rest, mask, mask)
	KMOVW(mask.As32(), inside)
	VMOVDQU8_Z(Mem{Base: text, Index: i, Scale: 1}, inside, bytes)
	VPCMPGTB(last, bytes, inside, begins)
	MOVQ(size, i)
	JMP(LabelRef("store"))

	Label("done")
	Store(n, ReturnIndex(0))
	Store(i, ReturnIndex(1))
	VZEROUPPER()
	RET()
}

// emit stores the numbers that are marked and counts them.
func emit(numbers VecVirtual, begins OpmaskVirtual, count GPVirtual, marks Register, n GPVirtual) {
	packed := ZMM()
	VPCOMPRESSD_Z(numbers, begins, packed)
	VMOVDQU32(packed, Mem{Base: marks, Index: n, Scale: 4})
	KMOVW(begins, count.As32())
	POPCNTL(count.As32(), count.As32())
	ADDQ(count, n)
}

// hashMarks: the bytes of eight shingles that follow each other are one load of 64; each lane picks its own out of it. Every
// step of XXH64 is done in all lanes and kept in those whose shingle has the bytes for it.
func hashMarks() {
	TEXT("hashMarksAVX512", NOSPLIT, "func(hashes *uint64, text *byte, size int, marks *int32, k int, n int) (done int)")
	Pragma("noescape")
	Doc("hashMarksAVX512 is hashAllPlain for n shingles of text[:size]. It stops before eight that span more than 64 bytes or of",
		"which one has more than 31. It reads up to eight marks beyond those of the shingles.")
	hashes := Load(Param("hashes"), GP64())
	text := Load(Param("text"), GP64())
	size := Load(Param("size"), GP64())
	marks := Load(Param("marks"), GP64())
	k := Load(Param("k"), GP64())
	n := Load(Param("n"), GP64())
	h := newHasher()

	ends := GP64()
	LEAQ(Mem{Base: marks, Index: k, Scale: 4}, ends)
	i, lanes, all := GP64(), K(), GP64()
	XORQ(i, i)
	MOVQ(U32(0xFF), all)
	KMOVB(all.As32(), lanes)

	Label("loop")
	left, begin, end := GP64(), GP64(), GP64()
	MOVQ(n, left)
	SUBQ(i, left)
	JLE(LabelRef("done"))
	CMPQ(left, Imm(8))
	JL(LabelRef("few"))
	MOVLQSX(Mem{Base: ends, Index: i, Scale: 4, Disp: 28}, end)
	Label("span")
	MOVLQSX(Mem{Base: marks, Index: i, Scale: 4}, begin)
	SUBQ(begin, end)
	CMPQ(end, Imm(64))
	JG(LabelRef("done"))
	window, rest := ZMM(), GP64()
	MOVQ(size, rest)
	SUBQ(begin, rest)
	CMPQ(rest, Imm(64))
	JL(LabelRef("edge"))
	VMOVDQU64(Mem{Base: text, Index: begin, Scale: 1}, window)

	Label("hash")
	from, length, base, long := ZMM(), ZMM(), ZMM(), K()
	VPMOVSXDQ(Mem{Base: marks, Index: i, Scale: 4}, from)
	VPMOVSXDQ(Mem{Base: ends, Index: i, Scale: 4}, length)
	VPSUBQ(from, length, length)
	VPBROADCASTQ(begin, base)
	VPSUBQ(base, from, from)
	VPTESTMQ(h.over31, length, lanes, long)
	KORTESTB(long, long)
	JNZ(LabelRef("done"))
	VMOVDQU64(h.hash(window, from, length), lanes, Mem{Base: hashes, Index: i, Scale: 8})
	ADDQ(Imm(8), i)
	JMP(LabelRef("loop"))

	Label("few") // the last shingles of a block: lanes without one do no harm
	last := GP64()
	LEAQ(Mem{Base: i, Index: left, Scale: 1}, last)
	MOVLQSX(Mem{Base: ends, Index: last, Scale: 4, Disp: -4}, end)
	BZHIQ(left, all, all)
	KMOVB(all.As32(), lanes)
	JMP(LabelRef("span"))

	Label("edge") // the end of the text: nothing is read beyond
	mask, inside := GP64(), K()
	MOVQ(I64(-1), mask)
	BZHIQ(rest, mask, mask)
	KMOVQ(mask, inside)
	VMOVDQU8_Z(Mem{Base: text, Index: begin, Scale: 1}, inside, window)
	JMP(LabelRef("hash"))

	Label("done")
	CMPQ(i, n)
	CMOVQGT(n, i)
	Store(i, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// A hasher holds the constants of XXH64, one in each lane.
type hasher struct {
	p1, p2, p3, p4, p5                             VecVirtual
	spread, iota                                   VecVirtual // patterns of bytes
	is2, is3, is4, is16, is24, low8, low32, over31 VecVirtual
}

func newHasher() *hasher {
	return &hasher{
		p1: every(prime1), p2: every(prime2), p3: every(prime3), p4: every(prime4), p5: every(prime5),
		spread: table("spread", func(i int) byte { return byte(i & 8) }),
		iota:   table("iota", func(i int) byte { return byte(i & 7) }),
		is2:    every(2), is3: every(3), is4: every(4), is16: every(16), is24: every(24),
		low8: every(0xFF), low32: every(0xFFFFFFFF), over31: every(^uint64(31)),
	}
}

// hash returns the hash of the bytes of window that begin at from, in each lane.
func (h *hasher) hash(window, from, length VecVirtual) VecVirtual {
	acc := ZMM()
	VPADDQ(h.p5, length, acc)

	// Steps of eight bytes. The first is nearly always there, the others seldom.
	enough := K()
	VPTESTMQ(h.is24, length, enough)
	h.step8(acc, h.eight(window, from), enough)
	at := ZMM()
	VPTESTMQ(h.is16, length, enough)
	KORTESTB(enough, enough)
	JZ(LabelRef("rest"))
	eight := every(8)
	VPADDQ(eight, from, at)
	h.step8(acc, h.eight(window, at), enough)
	VPADDQ(eight, at, at)
	both := ZMM()
	VPANDQ(h.is24, length, both)
	VPCMPEQQ(h.is24, both, enough)
	h.step8(acc, h.eight(window, at), enough)

	Label("rest")
	whole := ZMM()
	VPANDQ(h.is24, length, whole)
	VPADDQ(whole, from, whole)
	rest := h.eight(window, whole)
	h.step4(acc, rest, length)
	h.steps1(acc, rest, length)
	return h.avalanche(acc)
}

// eight returns the eight bytes of window from place at on.
func (h *hasher) eight(window, at VecVirtual) VecVirtual {
	index, v := ZMM(), ZMM()
	VPSHUFB(h.spread, at, index)
	VPADDB(h.iota, index, index)
	VPERMB(window, index, v)
	return v
}

// step8 takes eight bytes into the marked lanes.
func (h *hasher) step8(acc, v VecVirtual, marked OpmaskVirtual) {
	t := ZMM()
	VPMULLQ(h.p2, v, t)
	VPROLQ(Imm(31), t, t)
	VPMULLQ(h.p1, t, t)
	VPXORQ(acc, t, t)
	VPROLQ(Imm(27), t, t)
	VPMULLQ(h.p1, t, t)
	VPADDQ(h.p4, t, marked, acc)
}

// step4 takes the first four bytes of rest into the lanes that have them, and drops them from there.
func (h *hasher) step4(acc, rest, length VecVirtual) {
	marked, t := K(), ZMM()
	VPTESTMQ(h.is4, length, marked)
	VPANDQ(h.low32, rest, t)
	VPMULLQ(h.p1, t, t)
	VPXORQ(acc, t, t)
	VPROLQ(Imm(23), t, t)
	VPMULLQ(h.p2, t, t)
	VPADDQ(h.p3, t, marked, acc)
	VPSRLQ(Imm(32), rest, marked, rest)
}

// steps1 takes up to three single bytes into the lanes that have them.
func (h *hasher) steps1(acc, rest, length VecVirtual) {
	marked, three := K(), ZMM()
	VPTESTMQ(h.is3, length, marked)
	h.step1(acc, rest, marked)
	VPTESTMQ(h.is2, length, marked)
	VPSRLQ(Imm(8), rest, rest)
	h.step1(acc, rest, marked)
	VPANDQ(h.is3, length, three)
	VPCMPEQQ(h.is3, three, marked)
	KORTESTB(marked, marked)
	JZ(LabelRef("avalanche"))
	VPSRLQ(Imm(8), rest, rest)
	h.step1(acc, rest, marked)
	Label("avalanche")
}

func (h *hasher) step1(acc, rest VecVirtual, marked OpmaskVirtual) {
	t := ZMM()
	VPANDQ(h.low8, rest, t)
	VPMULLQ(h.p5, t, t)
	VPXORQ(acc, t, t)
	VPROLQ(Imm(11), t, t)
	VPMULLQ(h.p1, t, marked, acc)
}

func (h *hasher) avalanche(acc VecVirtual) VecVirtual {
	for _, s := range []struct {
		shift  uint64
		factor VecVirtual
	}{{33, h.p2}, {29, h.p3}} {
		t := ZMM()
		VPSRLQ(Imm(s.shift), acc, t)
		VPXORQ(acc, t, t)
		VPMULLQ(s.factor, t, acc)
	}
	t, out := ZMM(), ZMM()
	VPSRLQ(Imm(32), acc, t)
	VPXORQ(acc, t, out)
	return out
}

// below: of eight hashes at a time, the numbers of those below the limit are pushed together and stored.
func below() {
	TEXT("belowAVX512", NOSPLIT, "func(dst *int32, hashes *uint64, n int, limit uint64) int")
	Pragma("noescape")
	Doc("belowAVX512 is belowPlain for n hashes, n > 0; up to eight indices more are written.")
	dst := Load(Param("dst"), GP64())
	hashes := Load(Param("hashes"), GP64())
	n := Load(Param("n"), GP64())
	limit := ZMM()
	VPBROADCASTQ(Load(Param("limit"), GP64()), limit)
	numbers, eight := YMM(), YMM()
	VMOVDQU32(numbersData, numbers)
	e := GP32()
	MOVL(U32(8), e)
	VPBROADCASTD(e, eight)
	found, i, count := GP64(), GP64(), GP64()
	XORQ(found, found)
	XORQ(i, i)
	less, packed, v := K(), YMM(), ZMM()

	Label("loop")
	left := GP64()
	MOVQ(n, left)
	SUBQ(i, left)
	JLE(LabelRef("done"))
	CMPQ(left, Imm(8))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: hashes, Index: i, Scale: 8}, v)
	VPCMPUQ(Imm(1), limit, v, less)
	Label("store")
	VPCOMPRESSD_Z(numbers, less, packed)
	VMOVDQU32(packed, Mem{Base: dst, Index: found, Scale: 4})
	KMOVB(less, count.As32())
	POPCNTL(count.As32(), count.As32())
	ADDQ(count, found)
	VPADDD(eight, numbers, numbers)
	ADDQ(Imm(8), i)
	JMP(LabelRef("loop"))

	Label("tail")
	mask, inside := GP64(), K()
	MOVQ(U32(0xFF), mask)
	BZHIQ(left, mask, mask)
	KMOVB(mask.As32(), inside)
	VMOVDQU64_Z(Mem{Base: hashes, Index: i, Scale: 8}, inside, v)
	VPCMPUQ(Imm(1), limit, v, inside, less)
	JMP(LabelRef("store"))

	Label("done")
	Store(found, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
