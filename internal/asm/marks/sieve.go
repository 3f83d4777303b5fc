package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
)

// The classes of package quality's sieve, and where its tables stand: of bytes, then of last bytes behind C2, D8, D9 and E2 80.
const (
	sieveLetter = 1 << iota
	sieveWhite
	sieveMark
	sieveOdd
	sieveFirst
)

const (
	sieveAny    = 0xFF&^(sieveFirst-1) | sieveOdd
	sieveLatin  = 256
	sieveArabic = sieveLatin + 64
	sievePrint  = sieveArabic + 2*64
	leadPersian = 0xDA
	leadPrint   = 0xE2
	trailPrint  = 0x80
	notTrail    = 0xC0 // no byte from here on, as a number with its sign, is the last of a character
)

// A history is a mask of the bytes of a block with that of the block before, of which only the last bits count.
type history struct{ last GPVirtual }

func newHistory() history {
	h := history{GP64()}
	XORQ(h.last, h.last)
	return h
}

// back returns what the mask said so many bytes before.
func (h history) back(now GPVirtual, bytes uint64) GPVirtual {
	r := GP64()
	MOVQ(now, r)
	SHLQ(Imm(bytes), r)
	before := GP64()
	MOVQ(h.last, before)
	SHRQ(Imm(64-bytes), before)
	ORQ(before, r)
	return r
}

// mask returns the bits of k.
func mask(k OpmaskVirtual) GPVirtual {
	r := GP64()
	KMOVQ(k, r)
	return r
}

func sieve(numbers Mem) {
	TEXT("sieveAVX512", NOSPLIT, "func(dst *uint64, text string, table *byte, full *uint64)")
	Pragma("noescape")
	Doc("sieveAVX512 is phraseSieve.plain on a text that is not empty. It writes whole words of dst.")
	dst := Load(Param("dst"), GP64())
	src := Load(Param("text").Base(), GP64())
	size := Load(Param("text").Len(), GP64())
	base := Load(Param("table"), GP64())
	full := Load(Param("full"), GP64())
	alone, shift := load(base, 0), in64(numbers)
	latin, print := in64(Mem{Base: base, Disp: sieveLatin}), in64(Mem{Base: base, Disp: sievePrint})
	arabic := [2]VecVirtual{in64(Mem{Base: base, Disp: sieveArabic}), in64(Mem{Base: base, Disp: sieveArabic + 64})}
	last, beforeLast := ZMM(), ZMM() // the block before; its bytes, each a place further on
	VPXORQ(last, last, last)
	VPXORQ(beforeLast, beforeLast, beforeLast)
	letter, white := newHistory(), newHistory()
	words := [3]history{newHistory(), newHistory(), newHistory()}
	every := map[uint8]VecVirtual{}
	for _, c := range []uint8{leadLatin, leadArabic, leadArabic2, leadPersian, leadPersian + 1, leadPrint, trailPrint, notTrail, sieveAny} {
		every[c] = lane.EveryByte(c)
	}
	for bit := uint8(sieveLetter); bit != 0; bit <<= 1 {
		if every[bit] == nil {
			every[bit] = lane.EveryByte(bit)
		}
	}

	Label("loop")
	w := ZMM()
	CMPQ(size, Imm(64))
	JL(LabelRef("tail"))
	VMOVDQU64(Mem{Base: src}, w)

	Label("block")
	before, before2 := ZMM(), ZMM() // each byte's, and that one's
	VMOVDQA64(shift, before)
	VPERMI2B(last, w, before)
	VMOVDQA64(w, last)
	VMOVDQA64(shift, before2)
	VPERMI2B(beforeLast, before, before2)
	VMOVDQA64(before, beforeLast)

	high, low := K(), K()
	VPMOVB2M(w, high)
	KNOTQ(high, low)
	class := alone.look(w, low, high)
	trail, k, k2 := K(), K(), K()
	VPCMPB(Imm(1), every[notTrail], w, trail) // signed: less than C0
	VPCMPEQB(every[leadLatin], before, trail, k)
	VPERMB(latin, w, k, class)
	for i, lead := range []uint8{leadArabic, leadArabic2} {
		VPCMPEQB(every[lead], before, trail, k)
		VPERMB(arabic[i], w, k, class)
		VPCMPEQB(every[leadPersian+uint8(i)], before, trail, k)
		VMOVDQU8(every[sieveAny], k, class)
	}
	VPCMPEQB(every[trailPrint], before, trail, k)
	VPCMPEQB(every[leadPrint], before2, k, k2)
	VPERMB(print, w, k2, class)

	marked := GP64()
	VPCMPEQB(every[leadPrint], before, k) // an incomplete character
	VPCMPEQB(every[trailPrint], w, k2)
	KANDNQ(k, k2, k)
	KMOVQ(k, marked)
	VPCMPEQB(every[leadArabic], before, k)
	VPCMPEQB(every[leadArabic2], before, k2)
	KORQ(k, k2, k)
	behindArabic := mask(k)
	KANDNQ(k, trail, k)
	stray := mask(k)
	ORQ(stray, marked)

	test := func(bit uint8) GPVirtual {
		is := K()
		VPTESTMB(every[bit], class, is)
		return mask(is)
	}
	whites, marks := test(sieveWhite), test(sieveMark)
	part := white.back(whites, 2) // a mark of two bytes behind white space
	ANDQ(behindArabic, part)
	ANDQ(marks, part)
	ORQ(part, marked)
	either := GP64()
	MOVQ(whites, either)
	ORQ(marks, either)
	part = white.back(whites, 1)
	ANDQ(either, part)
	ORQ(part, marked)
	MOVQ(whites, either)
	ANDQ(marks, either)
	ORQ(either, marked)
	MOVQ(whites, white.last)

	letters := test(sieveLetter)
	word := letter.back(letters, 2)
	MOVQ(letters, letter.last)
	NOTQ(word)
	odd := test(sieveOdd)
	for i := range 4 {
		is := test(sieveFirst << i)
		ANDQ(is, word)
		if i == len(words) {
			ORQ(word, marked)
			break
		}
		enough := GP64()
		MOVQ(Mem{Base: full, Disp: 8 * i}, enough)
		ORQ(odd, enough)
		ANDQ(word, enough)
		ORQ(enough, marked)
		next := words[i].back(word, 2)
		MOVQ(word, words[i].last)
		word = next
	}
	MOVQ(marked, Mem{Base: dst})
	ADDQ(Imm(8), dst)
	ADDQ(Imm(64), src)
	SUBQ(Imm(64), size)
	JG(LabelRef("loop"))

	Label("done")
	ADDQ(Imm(64), size) // of the last block
	BZHIQ(size, Mem{Base: dst, Disp: -8}, marked)
	MOVQ(marked, Mem{Base: dst, Disp: -8})
	VZEROUPPER()
	RET()

	Label("tail")
	TESTQ(size, size)
	JLE(LabelRef("done"))
	rest, there := GP64(), K()
	MOVQ(I64(-1), rest)
	BZHIQ(size, rest, rest)
	KMOVQ(rest, there)
	VMOVDQU8_Z(Mem{Base: src}, there, w)
	JMP(LabelRef("block"))
}
