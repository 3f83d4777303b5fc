// Command verify generates the AVX-512 kernels of package dedup; ../README.md says how.
package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// The constants of keys, as in key.go.
const (
	keySeed0   = 0xa0761d6478bd642f
	keySeed1   = 0xe7037ed1a0b428db
	keyFactor0 = 0x9e3779b185ebca87
	keyFactor1 = 0xc2b2ae3d27d4eb4f
	keyFactor2 = 0x165667b19e3779f9
)

func main() {
	ConstraintExpr("!purego")
	outline()
	keys("keysAVX512", false)
	keys("keysKnownAVX512", true)
	note()
	fetch()
	Generate()
}

// every returns a register that holds v in each 64-bit lane. It comes from the data section: a kernel is often called for eight shingles, and
// the way through another register is narrow.
func every(v uint64) VecVirtual {
	m, known := everyData[v]
	if !known {
		m = GLOBL(fmt.Sprintf("every%d", len(everyData)), RODATA|NOPTR)
		DATA(0, U64(v))
		everyData[v] = m
	}
	z := ZMM()
	VPBROADCASTQ(m, z)
	return z
}

// everyData holds the constants that are in the data section.
var everyData = map[uint64]Mem{}

// everyByte returns a register that holds c in each byte.
func everyByte(c uint64) VecVirtual { return every(c * 0x0101010101010101) }

// load takes up to 64 bytes of text from place i on. At the end of the text, nothing is read beyond: bytes that are not there are zero, and not
// inside.
func load(name string, text, i, size Register, inside OpmaskVirtual) VecVirtual {
	window, rest, mask := ZMM(), GP64(), GP64()
	MOVQ(I64(-1), mask)
	MOVQ(size, rest)
	SUBQ(i, rest)
	CMPQ(rest, Imm(64))
	JGE(LabelRef(name))
	BZHIQ(rest, mask, mask)
	Label(name)
	KMOVQ(mask, inside)
	VMOVDQU8_Z(Mem{Base: text, Index: i, Scale: 1}, inside, window)
	return window
}

// outline: three comparisons of 64 bytes make the masks; the numbers of those that begin a character are pushed together and stored, 16 at a
// time.
func outline() {
	TEXT("outlineAVX512", NOSPLIT, "func(parts *uint64, chars *int32, text *byte, size int) (n int)")
	Pragma("noescape")
	Doc("outlineAVX512 is outlineOfPlain on text[:size], size > 0; up to 16 places beyond those of the characters are written.")
	parts := Load(Param("parts"), GP64())
	chars := Load(Param("chars"), GP64())
	text := Load(Param("text"), GP64())
	size := Load(Param("size"), GP64())
	last, space, zero, ten := everyByte(0xBF), everyByte(' '), everyByte('0'), everyByte(10) // last: the greatest continuation byte

	numbersData := GLOBL("outlineNumbers", RODATA|NOPTR)
	for j := range 16 {
		DATA(4*j, U32(j))
	}
	numbers, sixteen, c := ZMM(), ZMM(), GP32()
	VMOVDQU32(numbersData, numbers)
	MOVL(U32(16), c)
	VPBROADCASTD(c, sixteen)
	i, n, first := GP64(), GP64(), GP64()
	XORQ(i, i)
	XORQ(n, n)
	MOVQ(U32(1), first) // whatever the first byte is

	Label("loop")
	inside, found := K(), K()
	window := load("whole", text, i, size, inside)
	starts, spaces, digits := GP64(), GP64(), GP64()
	VPCMPGTB(last, window, inside, found)
	KMOVQ(found, starts)
	ORQ(first, starts)
	XORQ(first, first)
	VPCMPEQB(space, window, found)
	KMOVQ(found, spaces)
	VPSUBB(zero, window, window)
	VPCMPUB(Imm(1), ten, window, inside, found)
	KMOVQ(found, digits)
	MOVQ(starts, Mem{Base: parts})
	MOVQ(spaces, Mem{Base: parts, Disp: 8})
	MOVQ(digits, Mem{Base: parts, Disp: 16})
	MOVQ(n, Mem{Base: parts, Disp: 24})
	ADDQ(Imm(32), parts)

	for range 4 {
		some, count, packed := K(), GP64(), ZMM()
		KMOVW(starts.(GPVirtual).As32(), some)
		VPCOMPRESSD_Z(numbers, some, packed)
		VMOVDQU32(packed, Mem{Base: chars, Index: n, Scale: 4})
		MOVWQZX(starts.(GPVirtual).As16(), count)
		POPCNTQ(count, count)
		ADDQ(count, n)
		SHRQ(Imm(16), starts)
		VPADDD(sixteen, numbers, numbers)
	}
	ADDQ(Imm(64), i)
	CMPQ(i, size)
	JL(LabelRef("loop"))
	Store(n, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// keys: the bytes of eight shingles that follow each other are one load of 64; each lane picks its first eight and its last eight out of it.
func keys(name string, ask bool) {
	signature, doc := "func(keys *uint64, text *byte, size int, starts *int32, ends *int32, n int) (done int)", " is keysOf"
	if ask {
		signature = "func(keys *uint64, known *byte, text *byte, size int, starts *int32, ends *int32, n int, filter *uint64, shift int) (done int)"
		doc = " is keysKnownPlain, byte by byte of known"
	}
	TEXT(name, NOSPLIT, signature)
	Pragma("noescape")
	Doc(name+doc+", for n shingles of text[:size]. It stops before eight that span more than 64 bytes",
		"or of which one has fewer than 8 or more than 16.")
	out := Load(Param("keys"), GP64())
	text := Load(Param("text"), GP64())
	size := Load(Param("size"), GP64())
	starts := Load(Param("starts"), GP64())
	ends := Load(Param("ends"), GP64())
	n := Load(Param("n"), GP64())
	var known, filter, words Register
	shift, one, six := XMM(), VecVirtual(nil), VecVirtual(nil)
	if ask {
		known, filter, words = Load(Param("known"), GP64()), Load(Param("filter"), GP64()), Load(Param("shift"), GP64())
		VMOVQ(words, shift)
		one, six = every(1), every(63)
	}
	k := keyMaker{
		seed0: every(keySeed0), seed1: every(keySeed1), factor0: every(keyFactor0), factor1: every(keyFactor1), factor2: every(keyFactor2),
		spread: lane.Table(name+"Spread", func(i int) byte { return byte(i & 8) }),
		iota:   lane.Table(name+"Iota", func(i int) byte { return byte(i & 7) }),
	}
	eight := every(8)
	i, all := GP64(), GP64()
	XORQ(i, i)

	Label("loop")
	left, lanes, count := GP64(), K(), GP64()
	MOVQ(U32(8), count)
	MOVQ(n, left)
	SUBQ(i, left)
	JLE(LabelRef("done"))
	CMPQ(left, count)
	CMOVQLT(left, count)
	MOVQ(U32(0xFF), all)
	BZHIQ(count, all, all)
	KMOVB(all.As32(), lanes)
	begin, end, last := GP64(), GP64(), GP64()
	LEAQ(Mem{Base: i, Index: count, Scale: 1}, last)
	MOVLQSX(Mem{Base: ends, Index: last, Scale: 4, Disp: -4}, end)
	MOVLQSX(Mem{Base: starts, Index: i, Scale: 4}, begin)
	SUBQ(begin, end)
	CMPQ(end, Imm(64))
	JG(LabelRef("done"))
	from, length, base, over, usual := ZMM(), ZMM(), ZMM(), ZMM(), K()
	VPMOVSXDQ_Z(Mem{Base: starts, Index: i, Scale: 4}, lanes, from)
	VPMOVSXDQ_Z(Mem{Base: ends, Index: i, Scale: 4}, lanes, length)
	VPSUBQ(from, length, length)
	VPSUBQ(eight, length, over)
	VPCMPUQ(Imm(6), eight, over, lanes, usual) // longer than 16 or shorter than 8
	KORTESTB(usual, usual)
	JNZ(LabelRef("done"))
	window := load("whole", text, begin, size, K())
	VPBROADCASTQ(begin, base)
	VPSUBQ(base, from, from)
	h := k.key(window, from, over, length)
	VMOVDQU64(h, lanes, Mem{Base: out, Index: i, Scale: 8})
	if ask {
		index, bit, got, found, gathered := ZMM(), ZMM(), ZMM(), K(), K()
		VPSRLQ(shift, h, index)
		VPANDQ(six, index, bit)
		VPSRLQ(Imm(6), index, index)
		KMOVB(lanes, gathered)
		VPXORQ(got, got, got)
		VPGATHERQQ(Mem{Base: filter, Index: index, Scale: 8}, gathered, got)
		VPSRLVQ(bit, got, got)
		VPTESTMQ(one, got, lanes, found)
		KMOVB(found, Mem{Base: known})
		INCQ(known)
	}
	ADDQ(count, i)
	JMP(LabelRef("loop"))
	Label("done")
	Store(i, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// note: the instruction that sets a bit tells what it was, and that is added to the number of shingles known.
func note() {
	TEXT("noteBits", NOSPLIT, "func(keys *uint64, n int, from int32, heads *int32, mask int, chain *int32, filter *uint64, shift int, known *int32) (found int)")
	Pragma("noescape")
	Doc("noteBits is notePlain for n > 0 keys; mask is the number of heads less one, and known has room for n.")
	keys := Load(Param("keys"), GP64())
	n := Load(Param("n"), GP64())
	at := Load(Param("from"), GP32())
	heads := Load(Param("heads"), GP64())
	mask := Load(Param("mask"), GP64())
	chain := Load(Param("chain"), GP64())
	filter := Load(Param("filter"), GP64())
	shift := Load(Param("shift"), GP64())
	known := Load(Param("known"), GP64())
	i, found := GP64(), GP64()
	XORQ(i, i)
	XORQ(found, found)

	Label("loop")
	h, head, before, index, word := GP64(), GP64(), GP32(), GP64(), GP64()
	MOVQ(Mem{Base: keys, Index: i, Scale: 8}, h)
	MOVQ(h, head)
	ANDQ(mask, head)
	MOVL(Mem{Base: heads, Index: head, Scale: 4}, before)
	MOVL(before, Mem{Base: chain, Index: i, Scale: 4})
	MOVL(at, Mem{Base: known, Index: found, Scale: 4})
	INCL(at)
	MOVL(at, Mem{Base: heads, Index: head, Scale: 4})
	SHRXQ(shift, h, h)
	MOVQ(h, index)
	SHRQ(Imm(6), index)
	MOVQ(Mem{Base: filter, Index: index, Scale: 8}, word)
	BTSQ(h, word)
	MOVQ(word, Mem{Base: filter, Index: index, Scale: 8})
	ADCQ(Imm(0), found)
	INCQ(i)
	CMPQ(i, n)
	JL(LabelRef("loop"))
	Store(found, ReturnIndex(0))
	RET()
}

// fetch: a hint for each line of the cache.
func fetch() {
	TEXT("fetchLines", NOSPLIT, "func(text *byte, size int)")
	Pragma("noescape")
	Doc("fetchLines brings text[:size], size > 0, into the cache.")
	text := Load(Param("text"), GP64())
	size := Load(Param("size"), GP64())
	Label("loop")
	PREFETCHT0(Mem{Base: text})
	ADDQ(Imm(64), text)
	SUBQ(Imm(64), size)
	JG(LabelRef("loop"))
	RET()
}

// keyMaker holds the constants of keys, one in each lane.
type keyMaker struct {
	seed0, seed1, factor0, factor1, factor2, spread, iota VecVirtual
}

// key returns the keys of shingles of 8 to 16 bytes of a window that begin at from, and whose last eight bytes begin over further on.
func (k *keyMaker) key(window, from, over, length VecVirtual) VecVirtual {
	to, a, b := ZMM(), ZMM(), ZMM()
	VPADDQ(from, over, to)
	VPXORQ(k.seed0, k.eight(window, from), a)
	VPMULLQ(k.factor0, a, a)
	VPXORQ(k.seed1, k.eight(window, to), b)
	VPXORQ(length, b, b)
	VPMULLQ(k.factor1, b, b)
	VPROLQ(Imm(32), b, b)
	VPXORQ(a, b, a)
	VPSRLQ(Imm(32), a, b)
	VPXORQ(a, b, a)
	VPMULLQ(k.factor2, a, a)
	VPSRLQ(Imm(32), a, b)
	VPXORQ(a, b, b)
	return b
}

// eight returns the eight bytes of window from place at on.
func (k *keyMaker) eight(window, at VecVirtual) VecVirtual {
	index, v := ZMM(), ZMM()
	VPSHUFB(k.spread, at, index)
	VPADDB(k.iota, index, index)
	VPERMB(window, index, v)
	return v
}
