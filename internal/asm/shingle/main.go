// Command shingle generates the AVX-512 kernels of package shingle; ../README.md says how.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/corpusctl/corpusctl/internal/asm/lane"
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
// step of XXH64 is done in all lanes and kept in those whose shingle has the bytes for it. A step waits for the one before it, so two times
// eight are under way at once, as long as there are so many.
func hashMarks() {
	TEXT("hashMarksAVX512", NOSPLIT, "func(hashes *uint64, text *byte, size int, marks *int32, k int, n int) (done int)")
	Pragma("noescape")
	Doc("hashMarksAVX512 is hashAllPlain for n shingles of text[:size]. It stops before eight that span more than 64 bytes or of",
		"which one has more than 31. It reads up to eight marks beyond those of the shingles.")
	m := marked{
		hashes: Load(Param("hashes"), GP64()), text: Load(Param("text"), GP64()), size: Load(Param("size"), GP64()),
		marks: Load(Param("marks"), GP64()), ends: GP64(), i: GP64(), lanes: K(),
	}
	k := Load(Param("k"), GP64())
	n := Load(Param("n"), GP64())
	h := newHasher()
	LEAQ(Mem{Base: m.marks, Index: k, Scale: 4}, m.ends)
	XORQ(m.i, m.i)
	all := GP64()
	MOVQ(U32(0xFF), all)
	KMOVB(all.As32(), m.lanes)

	Label("loop")
	left := GP64()
	MOVQ(n, left)
	SUBQ(m.i, left)
	JLE(LabelRef("done"))
	CMPQ(left, Imm(16))
	JL(LabelRef("eight"))
	two := [2]GPVirtual{m.begin(0, "eight"), m.begin(1, "eight")}
	rest := m.rest(two[1])
	CMPQ(rest, Imm(64))
	JL(LabelRef("eight"))
	first, second := m.group(two[0], 0, "eight"), m.group(two[1], 1, "eight")
	m.load(first, two[0])
	m.load(second, two[1])
	h.hash("2", first, second)
	m.store(first, 0)
	m.store(second, 1)
	ADDQ(Imm(16), m.i)
	JMP(LabelRef("loop"))

	Label("eight")
	CMPQ(left, Imm(8))
	JGE(LabelRef("whole"))
	BZHIQ(left, all, all) // the last shingles of a block: lanes without one do no harm
	KMOVB(all.As32(), m.lanes)
	last, few, begin := GP64(), GP64(), GP64()
	LEAQ(Mem{Base: m.i, Index: left, Scale: 1}, last)
	MOVLQSX(Mem{Base: m.ends, Index: last, Scale: 4, Disp: -4}, few)
	MOVLQSX(Mem{Base: m.marks, Index: m.i, Scale: 4}, begin)
	SUBQ(begin, few)
	CMPQ(few, Imm(64))
	JG(LabelRef("done"))
	JMP(LabelRef("window"))
	Label("whole")
	MOVQ(m.begin(0, "done"), begin)
	Label("window")
	one := m.group(begin, 0, "done")
	rest = m.rest(begin)
	CMPQ(rest, Imm(64))
	JL(LabelRef("edge"))
	m.load(one, begin)
	Label("hash")
	h.hash("1", one)
	m.store(one, 0)
	ADDQ(Imm(8), m.i)
	JMP(LabelRef("loop"))

	Label("edge") // the end of the text: nothing is read beyond
	mask, inside := GP64(), K()
	MOVQ(I64(-1), mask)
	BZHIQ(rest, mask, mask)
	KMOVQ(mask, inside)
	VMOVDQU8_Z(Mem{Base: m.text, Index: begin, Scale: 1}, inside, one.window)
	JMP(LabelRef("hash"))

	Label("done")
	CMPQ(m.i, n)
	CMOVQGT(n, m.i)
	Store(m.i, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// marked is where the shingles of a text lie, and how many are done.
type marked struct {
	hashes, text, size, marks Register
	ends, i                   GPVirtual
	lanes                     OpmaskVirtual // that have a shingle
}

// A group is eight shingles, one in each lane.
type group struct{ window, from, length, acc VecVirtual }

// begin returns where the eight shingles after number*8 others begin, and leaves where they span more than a window.
func (m *marked) begin(number int, leave string) GPVirtual {
	begin, span := GP64(), GP64()
	MOVLQSX(Mem{Base: m.ends, Index: m.i, Scale: 4, Disp: 32*number + 28}, span)
	MOVLQSX(Mem{Base: m.marks, Index: m.i, Scale: 4, Disp: 32 * number}, begin)
	SUBQ(begin, span)
	CMPQ(span, Imm(64))
	JG(LabelRef(leave))
	return begin
}

// rest returns how many bytes the text has from a place on.
func (m *marked) rest(begin GPVirtual) GPVirtual {
	rest := GP64()
	MOVQ(m.size, rest)
	SUBQ(begin, rest)
	return rest
}

// group finds where each of eight shingles lies in their window, and leaves where one is too long.
func (m *marked) group(begin GPVirtual, number int, leave string) *group {
	g, base, long := &group{ZMM(), ZMM(), ZMM(), ZMM()}, ZMM(), K()
	VPMOVSXDQ(Mem{Base: m.marks, Index: m.i, Scale: 4, Disp: 32 * number}, g.from)
	VPMOVSXDQ(Mem{Base: m.ends, Index: m.i, Scale: 4, Disp: 32 * number}, g.length)
	VPSUBQ(g.from, g.length, g.length)
	VPBROADCASTQ(begin, base)
	VPSUBQ(base, g.from, g.from)
	VPSRLQ(Imm(5), g.length, base)
	VPTESTMQ(base, base, m.lanes, long)
	KORTESTB(long, long)
	JNZ(LabelRef(leave))
	return g
}

func (m *marked) load(g *group, begin GPVirtual) {
	VMOVDQU64(Mem{Base: m.text, Index: begin, Scale: 1}, g.window)
}

func (m *marked) store(g *group, number int) {
	VMOVDQU64(g.acc, m.lanes, Mem{Base: m.hashes, Index: m.i, Scale: 8, Disp: 64 * number})
}

// A hasher holds the constants of XXH64, one in each lane.
type hasher struct {
	p1, p2, p3, p4, p5                     VecVirtual
	spread, iota                           VecVirtual // patterns of bytes
	is2, is3, is4, is16, is24, low8, low32 VecVirtual
}

func newHasher() *hasher {
	return &hasher{
		p1: lane.Every(prime1), p2: lane.Every(prime2), p3: lane.Every(prime3), p4: lane.Every(prime4), p5: lane.Every(prime5),
		spread: lane.Table("spread", func(i int) byte { return byte(i & 8) }),
		iota:   lane.Table("iota", func(i int) byte { return byte(i & 7) }),
		is2:    lane.Every(2), is3: lane.Every(3), is4: lane.Every(4), is16: lane.Every(16), is24: lane.Every(24),
		low8: lane.Every(0xFF), low32: lane.Every(0xFFFFFFFF),
	}
}

// hash makes acc of each group the hashes of the bytes of its window that begin at from. Every step is written for one group after the other.
func (h *hasher) hash(name string, gs ...*group) {
	for _, g := range gs {
		VPADDQ(h.p5, g.length, g.acc)
	}
	h.steps8(name, gs)
	rests := make([]VecVirtual, len(gs))
	for i, g := range gs {
		whole := ZMM()
		VPANDQ(h.is24, g.length, whole)
		VPADDQ(whole, g.from, whole)
		rests[i] = h.eight(g.window, whole)
	}
	h.step4(gs, rests)
	h.steps1(name, gs, rests)
	h.avalanche(gs)
}

// eight returns the eight bytes of window from place at on.
func (h *hasher) eight(window, at VecVirtual) VecVirtual {
	index, v := ZMM(), ZMM()
	VPSHUFB(h.spread, at, index)
	VPADDB(h.iota, index, index)
	VPERMB(window, index, v)
	return v
}

// steps8 takes eight bytes as often as they are there: nearly always once, and seldom more.
func (h *hasher) steps8(name string, gs []*group) {
	h.step8(gs, func(g *group) (VecVirtual, OpmaskVirtual) {
		enough := K()
		VPTESTMQ(h.is24, g.length, enough)
		return h.eight(g.window, g.from), enough
	})
	none, more := "rest"+name, K()
	h.any(more, gs, func(g *group, enough OpmaskVirtual) { VPTESTMQ(h.is16, g.length, enough) })
	JZ(LabelRef(none))
	at := func(g *group, bytes uint64) VecVirtual {
		place := lane.Every(bytes)
		VPADDQ(place, g.from, place)
		return h.eight(g.window, place)
	}
	h.step8(gs, func(g *group) (VecVirtual, OpmaskVirtual) {
		enough := K()
		VPTESTMQ(h.is16, g.length, enough)
		return at(g, 8), enough
	})
	h.step8(gs, func(g *group) (VecVirtual, OpmaskVirtual) {
		enough, both := K(), ZMM()
		VPANDQ(h.is24, g.length, both)
		VPCMPEQQ(h.is24, both, enough)
		return at(g, 16), enough
	})
	Label(none)
}

// any sets the flags by whether a lane of a group is marked.
func (h *hasher) any(marked OpmaskVirtual, gs []*group, mark func(*group, OpmaskVirtual)) {
	mark(gs[0], marked)
	for _, g := range gs[1:] {
		more := K()
		mark(g, more)
		KORB(more, marked, marked)
	}
	KORTESTB(marked, marked)
}

// step8 takes eight bytes into the marked lanes.
func (h *hasher) step8(gs []*group, bytes func(*group) (VecVirtual, OpmaskVirtual)) {
	ts, marked := make([]VecVirtual, len(gs)), make([]OpmaskVirtual, len(gs))
	for i, g := range gs {
		ts[i], marked[i] = bytes(g)
		VPMULLQ(h.p2, ts[i], ts[i])
	}
	for _, t := range ts {
		VPROLQ(Imm(31), t, t)
		VPMULLQ(h.p1, t, t)
	}
	for i, t := range ts {
		VPXORQ(gs[i].acc, t, t)
		VPROLQ(Imm(27), t, t)
		VPMULLQ(h.p1, t, t)
	}
	for i, t := range ts {
		VPADDQ(h.p4, t, marked[i], gs[i].acc)
	}
}

// step4 takes the first four bytes of the rests into the lanes that have them, and drops them from there.
func (h *hasher) step4(gs []*group, rests []VecVirtual) {
	ts, marked := make([]VecVirtual, len(gs)), make([]OpmaskVirtual, len(gs))
	for i, g := range gs {
		ts[i], marked[i] = ZMM(), K()
		VPTESTMQ(h.is4, g.length, marked[i])
		VPANDQ(h.low32, rests[i], ts[i])
		VPMULLQ(h.p1, ts[i], ts[i])
	}
	for i, t := range ts {
		VPXORQ(gs[i].acc, t, t)
		VPROLQ(Imm(23), t, t)
		VPMULLQ(h.p2, t, t)
	}
	for i, t := range ts {
		VPADDQ(h.p3, t, marked[i], gs[i].acc)
		VPSRLQ(Imm(32), rests[i], marked[i], rests[i])
	}
}

// steps1 takes up to three single bytes into the lanes that have them.
func (h *hasher) steps1(name string, gs []*group, rests []VecVirtual) {
	h.step1(gs, rests, func(g *group, marked OpmaskVirtual) { VPTESTMQ(h.is3, g.length, marked) })
	for _, rest := range rests {
		VPSRLQ(Imm(8), rest, rest)
	}
	h.step1(gs, rests, func(g *group, marked OpmaskVirtual) { VPTESTMQ(h.is2, g.length, marked) })
	none, more := "avalanche"+name, K()
	three := func(g *group, marked OpmaskVirtual) {
		low := ZMM()
		VPANDQ(h.is3, g.length, low)
		VPCMPEQQ(h.is3, low, marked)
	}
	h.any(more, gs, three)
	JZ(LabelRef(none))
	for _, rest := range rests {
		VPSRLQ(Imm(8), rest, rest)
	}
	h.step1(gs, rests, three)
	Label(none)
}

// step1 takes a byte into the lanes that mark marks.
func (h *hasher) step1(gs []*group, rests []VecVirtual, mark func(*group, OpmaskVirtual)) {
	ts, marked := make([]VecVirtual, len(gs)), make([]OpmaskVirtual, len(gs))
	for i, g := range gs {
		ts[i], marked[i] = ZMM(), K()
		mark(g, marked[i])
		VPANDQ(h.low8, rests[i], ts[i])
		VPMULLQ(h.p5, ts[i], ts[i])
	}
	for i, t := range ts {
		VPXORQ(gs[i].acc, t, t)
		VPROLQ(Imm(11), t, t)
		VPMULLQ(h.p1, t, marked[i], gs[i].acc)
	}
}

func (h *hasher) avalanche(gs []*group) {
	for _, s := range []struct {
		shift  uint64
		factor VecVirtual
	}{{33, h.p2}, {29, h.p3}} {
		for _, g := range gs {
			t := ZMM()
			VPSRLQ(Imm(s.shift), g.acc, t)
			VPXORQ(g.acc, t, t)
			VPMULLQ(s.factor, t, g.acc)
		}
	}
	for _, g := range gs {
		t := ZMM()
		VPSRLQ(Imm(32), g.acc, t)
		VPXORQ(g.acc, t, g.acc)
	}
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
