package dedup

// A gap is a place where two texts differ: what side a has there and what side b has, as whole words. One of the two may be
// empty (start == end): words added or dropped. Where both have words, one text says something in the place of the other's.
type gap struct{ a, b span }

// align brings the common stretches of the two texts into one order and appends the gaps between them.
//
// Of the blocks the heaviest chain that runs forward in both texts is kept (a longest increasing subsequence weighted by length, looking
// back chainReach blocks, so that the cost stays linear).
func (v *verifier) align(dst []gap) []gap {
	t := &v.table
	wordsA, wordsB := wordFinder{outline: &t.outline}, wordFinder{outline: &v.other}
	var atA, atB int32
	for _, bl := range v.chain(v.blocks) {
		dst = appendGap(dst, &wordsA, &wordsB, span{atA, t.chars[bl.a]}, span{atB, bl.start})
		atA, atB = t.end(bl.a+bl.length-1, v.k), bl.end
	}
	return appendGap(dst, &wordsA, &wordsB, span{atA, int32(len(t.text))}, span{atB, int32(len(v.other.text))})
}

func appendGap(dst []gap, wordsA, wordsB *wordFinder, a, b span) []gap {
	wa, okA := wordsA.find(a.start, a.end)
	wb, okB := wordsB.find(b.start, b.end)
	if okA || okB {
		dst = append(dst, gap{wa, wb})
	}
	return dst
}

// chainReach is how many blocks back a block may follow on.
const chainReach = 256

// chain returns the heaviest chain of blocks that runs forward in both texts.
func (v *verifier) chain(blocks []blockPair) []blockPair {
	n := len(blocks)
	if runForward(blocks) { // in most copies
		return blocks
	}
	v.weight, v.from, v.heaviest = grow(v.weight, n), grow(v.from, n), grow(v.heaviest, n)
	best := 0
	for j := range blocks {
		v.follow(blocks, j)
		if v.weight[j] > v.weight[best] {
			best = j
		}
		v.heaviest[j] = v.weight[best]
	}
	out := v.chained[:0]
	for i := int32(best); i >= 0; i = v.from[i] {
		out = append(out, blocks[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	v.chained = out
	return out
}

// runForward tells whether blocks, which follow each other in b, do so in a.
func runForward(blocks []blockPair) bool {
	for i := 1; i < len(blocks); i++ {
		if blocks[i-1].a+blocks[i-1].length > blocks[i].a {
			return false
		}
	}
	return true
}

// follow finds the chain that block j goes on: the heaviest, of those as heavy the one that ends first. It looks back no further
// than to where all chains are lighter than the one found, which is one step where the texts run side by side.
func (v *verifier) follow(blocks []blockPair, j int) {
	before, from, at := int32(0), int32(-1), blocks[j].a
	first := max(0, j-chainReach)
	earlier, weight, heaviest := blocks[first:j], v.weight[first:j], v.heaviest[first:j]
	for i := len(earlier) - 1; i >= 0 && i < len(weight) && i < len(heaviest) && heaviest[i] >= max(before, 1); i-- {
		if weight[i] >= before && earlier[i].a+earlier[i].length <= at {
			before, from = weight[i], int32(first+i)
		}
	}
	v.weight[j], v.from[j] = before+blocks[j].length, from
}
