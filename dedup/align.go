package dedup

// A gap is a place where two texts differ: what side a has there and what side b has, as whole words. One of the two may be
// empty (start == end): words added or dropped. Where both have words, one text says something in the place of the other's.
type gap struct{ a, b span }

// blockPair is a stretch of characters that both texts have: the positions of its first shingle and of its last.
type blockPair struct{ a, b, length int32 } // length in shingles

// align brings the common stretches of the two texts into one order and appends the gaps between them.
//
// Common stretches are found greedily: where b reads on as a does, one goes on; else the next shingle of b that a has begins a
// new one, at the next place in a that is not passed yet. Of these the heaviest chain that runs forward in both texts is
// kept (a longest increasing subsequence weighted by length, looking back chainReach blocks, so that the cost stays linear).
func (v *verifier) align(dst []gap) []gap {
	chain := v.chain(v.blocks())
	a := side{text: v.table.text, starts: v.table.starts, k: v.k}
	b := side{text: v.text, starts: v.starts, k: v.k}
	var atA, atB int32
	for _, bl := range chain {
		dst = appendGap(dst, a.text, b.text, span{atA, a.starts[bl.a]}, span{atB, b.starts[bl.b]})
		atA, atB = a.end(int(bl.a+bl.length-1)), b.end(int(bl.b+bl.length-1))
	}
	return appendGap(dst, a.text, b.text, span{atA, int32(len(a.text))}, span{atB, int32(len(b.text))})
}

func appendGap(dst []gap, textA, textB []byte, a, b span) []gap {
	wa, okA := words(textA, a.start, a.end)
	wb, okB := words(textB, b.start, b.end)
	if okA || okB {
		dst = append(dst, gap{wa, wb})
	}
	return dst
}

// occurrences bounds the search for a place in a that is not passed yet, so that a text that repeats itself stays cheap.
const occurrences = 16

// blocks lists the common stretches in the order of b.
func (v *verifier) blocks() []blockPair {
	out := v.blockBuf[:0]
	t := &v.table
	n, expected := int32(len(v.slots)), int32(0)
	for i := int32(0); i < n; {
		if v.slots[i] < 0 {
			i++
			continue
		}
		at := t.slots[v.slots[i]].first - 1
		for p, tries := at, 0; p >= 0 && tries < occurrences; p, tries = t.next[p], tries+1 {
			if p >= expected {
				at = p
				break
			}
		}
		length := int32(1)
		for i+length < n && int(at+length) < len(t.at) && t.at[at+length] == v.slots[i+length] {
			length++
		}
		out = append(out, blockPair{at, i, length})
		expected = at + length
		i += length
	}
	v.blockBuf = out
	return out
}

// chainReach is how many blocks back a block may follow on.
const chainReach = 256

// chain returns the heaviest chain of blocks that runs forward in both texts.
func (v *verifier) chain(blocks []blockPair) []blockPair {
	n := len(blocks)
	if n == 0 {
		return nil
	}
	weight, from := grow(v.weight, n), grow(v.from, n)
	v.weight, v.from = weight, from
	best := 0
	for j, bj := range blocks {
		weight[j], from[j] = bj.length, -1
		for i := max(0, j-chainReach); i < j; i++ {
			if bi := blocks[i]; bi.a+bi.length <= bj.a && weight[i]+bj.length > weight[j] {
				weight[j], from[j] = weight[i]+bj.length, int32(i)
			}
		}
		if weight[j] > weight[best] {
			best = j
		}
	}
	out := v.chainBuf[:0]
	for i := int32(best); i >= 0; i = from[i] {
		out = append(out, blocks[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	v.chainBuf = out
	return out
}
