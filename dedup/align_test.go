package dedup

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/corpusctl/corpusctl/arabic"
)

// loaded returns a verifier that has matched two folded texts.
func loaded(a, b []byte, k int) *verifier {
	v := &verifier{k: k}
	v.load(a)
	v.match(b)
	return v
}

// checkBlocks checks that each block stands in both texts, that blocks are as long as they can be, and that they take up all of
// b that a has, in order.
func checkBlocks(t rapid.TB, v *verifier, a, b []byte, k int) {
	x, y, set := plainShingles(a, k), plainShingles(b, k), plainSet(a, k)
	at, place := int32(0), placesOf(y)
	skipTo := func(to int32) {
		for ; at < to; at++ {
			if set[y[at].text] {
				t.Fatalf("shingle %d of b stands in a but in no block", at)
			}
		}
	}
	for _, bl := range v.blocks {
		from, ok := place[bl.start]
		if !ok {
			t.Fatalf("block %+v begins at no shingle of b", bl)
		}
		skipTo(from)
		last := bl.length - 1
		if bl.length < 1 || string(a[x[bl.a].start:x[bl.a+last].end]) != string(b[bl.start:bl.end]) || int(bl.end) != y[from+last].end {
			t.Fatalf("block %+v is not the same in both", bl)
		}
		at = from + bl.length
		if n := bl.length; int(bl.a+n) < len(x) && int(at) < len(y) && x[bl.a+n].text == y[at].text {
			t.Fatalf("block %+v stops where the texts still agree", bl)
		}
		if int(at) < len(y) && int(bl.next) != y[at].start {
			t.Fatalf("block %+v: the next shingle begins at %d", bl, y[at].start)
		}
	}
	skipTo(int32(len(y)))
}

// placesOf finds shingles by the byte where they begin.
func placesOf(list []plainShingle) map[int32]int32 {
	out := map[int32]int32{}
	for i, s := range list {
		out[int32(s.start)] = int32(i)
	}
	return out
}

// heaviest returns the weight of the heaviest forward chain of blocks after the place from in a, by trying all.
func heaviest(blocks []blockPair, from int32) int32 {
	if len(blocks) == 0 {
		return 0
	}
	without := heaviest(blocks[1:], from)
	if bl := blocks[0]; bl.a >= from {
		return max(without, bl.length+heaviest(blocks[1:], bl.a+bl.length))
	}
	return without
}

// checkChain checks that a chain runs forward in both texts, through given blocks only, and that none is heavier.
func checkChain(t rapid.TB, blocks, chain []blockPair) {
	weight, atA, i := int32(0), int32(0), 0
	for _, c := range chain {
		for i < len(blocks) && blocks[i] != c {
			i++
		}
		if i == len(blocks) {
			t.Fatalf("%+v is no block, or stands out of order in b", c)
		}
		i++
		if c.a < atA {
			t.Fatalf("%+v stands before the end of the last block in a", c)
		}
		weight, atA = weight+c.length, c.a+c.length
	}
	if len(blocks) <= 18 {
		if want := heaviest(blocks, 0); weight != want {
			t.Fatalf("the chain weighs %d, the heaviest %d: %+v of %+v", weight, want, chain, blocks)
		}
	}
}

// checkGaps checks, for one side, that gaps run forward, are whole words, and that the words in which a character lies outside the
// chain are those of the gaps.
func checkGaps(t rapid.TB, text []byte, gaps []span, inChain []bool) {
	inGap, last := make([]bool, len(text)), span{}
	for _, g := range gaps {
		if g.start == g.end {
			continue
		}
		if g.start < last.start || g.end < last.end {
			t.Fatalf("gap %+v after %+v", g, last)
		}
		if g.start > 0 && text[g.start-1] != ' ' || int(g.end) < len(text) && text[g.end] != ' ' || text[g.start] == ' ' || text[g.end-1] == ' ' {
			t.Fatalf("gap %q is not whole words", text[g.start:g.end])
		}
		for i := g.start; i < g.end; i++ {
			inGap[i] = true
		}
		last = g
	}
	start := 0
	for _, word := range bytes.Split(text, []byte(" ")) {
		end := start + len(word)
		outside := bytes.IndexByte(toBytes(inChain[start:end]), 0) >= 0
		if outside && bytes.IndexByte(toBytes(inGap[start:end]), 0) >= 0 {
			t.Fatalf("%q at %d is not in the chain and in no gap", word, start)
		}
		start = end + 1
	}
	for _, g := range gaps {
		if g.start < g.end && bytes.IndexByte(toBytes(inChain[g.start:g.end]), 0) < 0 {
			t.Fatalf("%q is a gap, but all of it is in the chain", text[g.start:g.end])
		}
	}
}

func checkAlign(t rapid.TB, a, b []byte, k int) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	v := loaded(a, b, k)
	checkBlocks(t, v, a, b, k)
	chain := append([]blockPair(nil), v.chain(v.blocks)...)
	checkChain(t, v.blocks, chain)
	inA, inB := make([]bool, len(a)), make([]bool, len(b))
	x := plainShingles(a, k)
	for _, bl := range chain {
		mark(inA, x[bl.a].start, x[bl.a+bl.length-1].end)
		mark(inB, int(bl.start), int(bl.end))
	}
	var gapsA, gapsB []span
	for _, g := range v.align(nil) {
		if g.a.start == g.a.end && g.b.start == g.b.end {
			t.Fatal("a gap is empty on both sides")
		}
		gapsA, gapsB = append(gapsA, g.a), append(gapsB, g.b)
	}
	checkGaps(t, a, gapsA, inA)
	checkGaps(t, b, gapsB, inB)
}

func mark(marks []bool, from, to int) {
	for i := from; i < to; i++ {
		marks[i] = true
	}
}

func TestAlign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		checkAlign(t, a, b, rapid.IntRange(1, 12).Draw(t, "k"))
	})
}

func FuzzAlign(f *testing.F) {
	f.Add("وصل الوزير الي المدينه صباح اليوم", "وصل السفير الي المدينه مساء اليوم", 5)
	f.Add("a b a b a b c", "b a b c a b", 2)
	f.Fuzz(func(t *testing.T, a, b string, k int) {
		if k >= 1 && k <= 20 && len(a)+len(b) < 4000 {
			checkAlign(t, []byte(arabic.Fold(a)), []byte(arabic.Fold(b)), k)
		}
	})
}

// TestGaps checks what gaps stand between short texts, "-" for nothing.
func TestGaps(t *testing.T) {
	for _, c := range []struct{ name, a, b, want string }{
		{"equal", "وصل الوزير الى المدينة", "وصل الوزير الى المدينة", ""},
		{"exchange", "وصل الوزير الى المدينة صباح الخميس قادما من العاصمة", "وصل الوزير الى المدينة مساء الخميس قادما من العاصمة", "صباح|مساء"},
		{"added", "وصل الوزير الى المدينة قادما من العاصمة", "وصل الوزير الى المدينة صباح الخميس قادما من العاصمة", "-|صباح الخميس"},
		{"head and tail", "عاجل وصل الوزير الى المدينة قادما من العاصمة", "وصل الوزير الى المدينة قادما من العاصمة برا", "عاجل|-;-|برا"},
		{"nothing in common", "ثلاثة كتب", "قصر جديد", "ثلاثه كتب|قصر جديد"},
	} {
		v, _ := matched(c.a, c.b, 7)
		var got []string
		for _, g := range v.align(nil) {
			got = append(got, orDash(v.table.text[g.a.start:g.a.end])+"|"+orDash(v.other.text[g.b.start:g.b.end]))
		}
		if s := strings.Join(got, ";"); s != c.want {
			t.Errorf("%s: gaps %q, want %q", c.name, s, c.want)
		}
	}
}

func orDash(text []byte) string {
	if len(text) == 0 {
		return "-"
	}
	return string(text)
}

// TestChainLooksBack has twenty blocks, each of which stands before the last one in a, between two that follow on each other.
func TestChainLooksBack(t *testing.T) {
	blocks := []blockPair{{a: 0, length: 50}}
	for i := range int32(20) {
		blocks = append(blocks, blockPair{a: 1000 - 10*i, length: 2})
	}
	blocks = append(blocks, blockPair{a: 60, length: 50})
	var v verifier
	if got := v.chain(blocks); len(got) != 2 || got[0] != blocks[0] || got[1] != blocks[21] {
		t.Errorf("chain %+v, want the first block and the last", got)
	}
}

// TestAlignOfTwoOrders checks that of two stretches in the wrong order the longer one is kept.
func TestAlignOfTwoOrders(t *testing.T) {
	r := newRand(1)
	long, short := randomText(r, 30), randomText(r, 10)
	v, _ := matched(long+" "+short, short+" "+long, 7)
	gaps := v.align(nil)
	if len(gaps) != 2 || gaps[0].a.start != gaps[0].a.end || string(v.other.text[gaps[0].b.start:gaps[0].b.end]) != short {
		t.Errorf("gaps %+v, want the short stretch first in b and last in a", gaps)
	}
}
