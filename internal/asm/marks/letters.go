package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// Where the tables stand: 64 bytes for the trails behind each of three leads, then those of ASCII.
const (
	leadArabic  = 0xD8
	leadArabic2 = 0xD9
	leadLatin   = 0xC2
	ascii       = 3 * 64
)

// The classes, which are less than any code of a letter, in the order of their words: those of ASCII, then two of characters of two bytes.
const (
	white = 1 << iota
	sign
	digit
	word
	firstLetter = 0x20
)

const blockSize = 7 * 8 // of the classes of a block

func letters(numbers Mem) {
	TEXT("lettersAVX512", NOSPLIT, "func(codes *byte, plain *uint64, classes *uint64, text string, table *byte)")
	Pragma("noescape")
	Doc("lettersAVX512 writes the codes of the plain letters of a text that is not empty, each in the place of the letter's second byte, 0 in all others, and",
		"marks the bytes of such letters, a word of the bitmap further on, and the classes of other bytes. It writes whole blocks of 64 bytes.")
	codes := Load(Param("codes"), GP64())
	plain := Load(Param("plain"), GP64())
	classes := Load(Param("classes"), GP64())
	src := Load(Param("text").Base(), GP64())
	size := Load(Param("text").Len(), GP64())
	base := Load(Param("table"), GP64())
	var tables [5]VecVirtual
	for i := range tables {
		tables[i] = in64(Mem{Base: base, Disp: 64 * i})
	}
	shift, shift2 := in64(numbers), ZMM()
	VPSUBB(lane.EveryByte(1), shift, shift2)
	first, second, latin, notTrail := lane.EveryByte(leadArabic), lane.EveryByte(leadArabic2), lane.EveryByte(leadLatin), lane.EveryByte(0xC0)
	general, general2, dashes, ellipsis := lane.EveryByte(0xE2), lane.EveryByte(0x80), lane.EveryByte(0x90), lane.EveryByte(0xA7-0x90)
	noLetter := lane.EveryByte(firstLetter - 1)
	var bits []VecVirtual
	for _, class := range []uint8{white, sign, digit, word} {
		bits = append(bits, lane.EveryByte(class))
	}
	last := ZMM() // the block before
	VPXORQ(last, last, last)
	ends, all := GP64(), GP64() // where letters of the block before end
	XORQ(ends, ends)
	MOVQ(I64(-1), all)
	there := K()
	KMOVQ(all, there)

	Label("loop")
	w := ZMM()
	CMPQ(size, Imm(64))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: src}, w)

	Label("block")
	before, before2, code := ZMM(), ZMM(), ZMM()
	VMOVDQA64(shift, before)
	VPERMI2B(last, w, before)
	VMOVDQA64(shift2, before2)
	VPERMI2B(last, w, before2)
	VMOVDQA64(w, last)
	trail, behind1, behind2, behind3, is, isNot := K(), K(), K(), K(), K(), K()
	VPCMPB(Imm(1), notTrail, w, trail) // signed: less than C0
	VPCMPEQB(first, before, trail, behind1)
	VPCMPEQB(second, before, trail, behind2)
	VPCMPEQB(latin, before, trail, behind3)
	VPERMB_Z(tables[0], w, behind1, code)
	VPERMB(tables[1], w, behind2, code)
	VPERMB(tables[2], w, behind3, code)
	VPCMPUB(Imm(6), noLetter, code, is) // greater
	KNOTQ(is, isNot)

	mark := func(at int, marks OpmaskVirtual) { KMOVQ(marks, Mem{Base: classes, Disp: 8 * at}) }
	high, low, class := K(), K(), ZMM()
	VPMOVB2M(w, high)
	KANDNQ(there, high, low)
	VMOVDQA64(w, class)
	VPERMI2B_Z(tables[4], tables[3], low, class)
	for i, bit := range bits {
		k := K()
		VPTESTMB(bit, class, k)
		mark(i, k)
	}
	for i, bit := range []VecVirtual{bits[1], bits[3]} {
		k := K()
		VPTESTMB(bit, code, isNot, k)
		mark(len(bits)+i, k)
	}
	behind := K()
	VPCMPEQB(general, before2, trail, behind)
	VPCMPEQB(general2, before, behind, behind)
	VPSUBB(dashes, w, w)
	VPCMPUB(Imm(2), ellipsis, w, behind, behind) // not greater
	mark(len(bits)+2, behind)

	VMOVDQU8_Z(code, is, code)
	VMOVDQU64(code, Mem{Base: codes})
	next, both := GP64(), GP64()
	KMOVQ(is, next)
	MOVQ(ends, both)
	SHRQ(Imm(1), next, both) // the first byte of a letter stands before its second
	ORQ(ends, both)
	MOVQ(both, Mem{Base: plain})
	MOVQ(next, ends)
	ADDQ(Imm(8), plain)
	ADDQ(Imm(64), codes)
	ADDQ(Imm(blockSize), classes)
	ADDQ(Imm(64), src)
	SUBQ(Imm(64), size)
	JG(LabelRef("loop"))

	Label("done")
	MOVQ(ends, both)
	SHRQ(Imm(1), both)
	ORQ(ends, both)
	MOVQ(both, Mem{Base: plain})
	VZEROUPPER()
	RET()

	Label("tail")
	TESTQ(size, size)
	JLE(LabelRef("done"))
	rest := GP64()
	BZHIQ(size, all, rest)
	KMOVQ(rest, there)
	VMOVDQU8_Z(Mem{Base: src}, there, w)
	JMP(LabelRef("block"))
}

// golden spreads keys to hashes.
const golden = 0x9E3779B97F4A7C15

func runs() {
	TEXT("runsAVX512", NOSPLIT, "func(starts *int32, ends *int32, hashes *uint64, codes *byte, plain *uint64, words int) int")
	Pragma("noescape")
	Doc("runsAVX512 lists the runs of plain letters that so many words of a bitmap mark, the last of which is 0: where they start and end, and their hashes. It",
		"returns their number, and writes up to 32 places more.")
	starts := Load(Param("starts"), GP64())
	ends := Load(Param("ends"), GP64())
	hashes := Load(Param("hashes"), GP64())
	codes := Load(Param("codes"), GP64())
	plain := Load(Param("plain"), GP64())
	words := Load(Param("words"), GP64())
	numbers := lane.Table("bytes", func(i int) byte { return byte(i) })
	seconds, multiplier := lane.Every(0xFF00FF00FF00FF00), lane.Every(golden)
	ones := ZMM() // -1 in each lane
	VPTERNLOGQ(Imm(0xFF), ones, ones, ones)
	at, block := ZMM(), ZMM() // the place of the block's first byte, in each of 16 lanes
	VPXORD(at, at, at)
	size := GP32()
	MOVL(U32(64), size)
	VPBROADCASTD(size, block)
	first, carry := GP64(), GP64()
	MOVQ(hashes, first)
	XORQ(carry, carry)

	Label("words")
	marks, begin, end := GP64(), GP64(), GP64()
	MOVQ(Mem{Base: plain}, marks)
	LEAQ(Mem{Base: carry, Index: marks, Scale: 2}, end)
	MOVQ(marks, carry)
	SHRQ(Imm(63), carry)
	ANDNQ(marks, end, begin) // marked, and the byte before is not
	ANDNQ(end, marks, end)   // the byte before is marked, and it is not
	list := func(bits Register, to Register) VecVirtual {
		k, places, low, high := K(), ZMM(), ZMM(), ZMM()
		KMOVQ(bits, k)
		VPCOMPRESSB_Z(numbers, k, places)
		VPMOVZXBD(places.AsX(), low)
		VPADDD(at, low, low)
		VMOVDQU32(low, Mem{Base: to})
		next := YMM()
		VEXTRACTI32X4(Imm(1), places, next.AsX())
		VPMOVZXBD(next.AsX(), high)
		VPADDD(at, high, high)
		VMOVDQU32(high, Mem{Base: to, Disp: 64})
		return places
	}
	list(end, ends)
	n := GP64()
	POPCNTQ(end, n)
	LEAQ(Mem{Base: ends, Index: n, Scale: 4}, ends)
	places := list(begin, starts)
	POPCNTQ(begin, n)
	LEAQ(Mem{Base: starts, Index: n, Scale: 4}, starts)
	to := GP64()
	MOVQ(hashes, to)
	LEAQ(Mem{Base: hashes, Index: n, Scale: 8}, hashes)
	TESTQ(n, n)
	JZ(LabelRef("next"))

	Label("eight")
	index := ZMM()
	VPMOVZXBQ(places.AsX(), index)
	var key [2]VecVirtual
	full := K()
	for i := range key {
		k, zero := K(), K()
		key[i] = ZMM()
		KXNORQ(k, k, k)
		VPXORQ(key[i], key[i], key[i])
		VPGATHERQQ(Mem{Base: codes, Index: index, Scale: 1, Disp: 8 * i}, k, key[i])
		// The letters are the second bytes up to the first that is 0; what stands behind belongs to others.
		none, below := ZMM(), ZMM()
		VPTESTNMB(key[i], key[i], zero)
		VPMOVM2B(zero, none)
		VPANDQ(seconds, none, none)
		VPADDQ(ones, none, below)
		VPANDNQ(below, none, below)
		if i == 0 {
			VPTESTNMQ(none, none, full)
			VPANDQ(below, key[i], key[i])
			VPSRLQ(Imm(8), key[i], key[i])
		} else {
			VPANDQ_Z(below, key[i], full, key[i])
		}
	}
	VPORQ(key[0], key[1], key[0])
	VPMULLQ(multiplier, key[0], key[0])
	VMOVDQU64(key[0], Mem{Base: to})
	VALIGNQ(Imm(1), places, places, places)
	ADDQ(Imm(64), to)
	SUBQ(Imm(8), n)
	JG(LabelRef("eight"))

	Label("next")
	ADDQ(Imm(64), codes)
	ADDQ(Imm(8), plain)
	VPADDD(block, at, at)
	DECQ(words)
	JNZ(LabelRef("words"))
	SUBQ(first, hashes)
	SHRQ(Imm(3), hashes)
	Store(hashes, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
