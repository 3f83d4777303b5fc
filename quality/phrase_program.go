package quality

import "math"

// Node kinds of a phrase's program.
const (
	nodeWord   = iota // one of a set of words
	nodePrefix        // a word that begins so
	nodeNumber
	nodeLink
	nodeMail
	nodeAny
	nodeGap   // takes no word: the gap here has one of these marks
	nodeSplit // takes no word: goes on at next and at other
	nodeMatch
)

// A phraseNode is a state of the automaton that a phrase is compiled to.
type phraseNode struct {
	kind        uint8
	gap         gap
	next, other int32
	words       []int32 // sorted
	prefix      string  // folded
}

// maxPhraseTokens is the longest match, in words. It bounds the work at one place of a text.
const maxPhraseTokens = 64

// A phraseRun holds the states of one match under way. It is used for one match after the other.
type phraseRun struct {
	now, then []int32
	mark      []int32 // of each node: the step that put it in the list
	step      int32
}

// A phraseInput is the words of a line, with the gap behind the last. They are read when they are asked for: most phrases fail at
// their second word.
type phraseInput struct {
	text    string
	at, end int // what is still to be read
	tokens  []phraseToken
	after   gap // set once all is read
	done    bool
	lexer   phraseLexer
}

// begin makes text[start:end] the input.
func (in *phraseInput) begin(start, end int) {
	in.at, in.end, in.tokens, in.after, in.done = start, end, in.tokens[:0], 0, false
	in.lexer.noLink = [2]int{}
}

// has says whether there is a token i.
func (in *phraseInput) has(i int) bool {
	for i >= len(in.tokens) && !in.done {
		t := in.lexer.next(in.text, in.at, in.end)
		if t.start == in.end {
			in.after, in.done = t.before, true
			break
		}
		in.tokens = append(in.tokens, t)
		in.at = t.end
	}
	return i < len(in.tokens)
}

// readAll reads what is left.
func (in *phraseInput) readAll() { in.has(math.MaxInt) }

func (in *phraseInput) gapAt(i int) gap {
	if in.has(i) {
		return in.tokens[i].before
	}
	return in.after
}

// match returns the end of the longest match of nodes that begins at token i, in tokens, or -1. With whole only a match that
// reaches the last token counts. The cost is at most maxPhraseTokens times the states that are alive at once.
func (r *phraseRun) match(nodes []phraseNode, in *phraseInput, i int, whole bool) int {
	if len(r.mark) < len(nodes) {
		r.mark = make([]int32, len(nodes))
		r.step = 0
	}
	best := -1
	r.now = r.now[:0]
	r.begin()
	ok := r.add(&r.now, nodes, 0, in.gapAt(i))
	for at := i; ; at++ {
		if ok && at > i && (!whole || !in.has(at)) {
			best = at
		}
		if at-i == maxPhraseTokens || len(r.now) == 0 || !in.has(at) {
			return best
		}
		r.then = r.then[:0]
		r.begin()
		ok = false
		for _, n := range r.now {
			if nodes[n].takes(in, at) && r.add(&r.then, nodes, nodes[n].next, in.gapAt(at+1)) {
				ok = true
			}
		}
		r.now, r.then = r.then, r.now
	}
}

// begin forgets which states are in the list.
func (r *phraseRun) begin() {
	if r.step++; r.step < 0 {
		clear(r.mark)
		r.step = 1
	}
}

// add puts state n, and those it leads to without a word, to the list, and says whether the phrase is complete here.
func (r *phraseRun) add(list *[]int32, nodes []phraseNode, n int32, g gap) bool {
	if r.mark[n] == r.step {
		return false
	}
	r.mark[n] = r.step
	switch node := &nodes[n]; node.kind {
	case nodeMatch:
		return true
	case nodeSplit:
		a := r.add(list, nodes, node.next, g)
		b := r.add(list, nodes, node.other, g)
		return a || b
	case nodeGap:
		return g&node.gap != 0 && r.add(list, nodes, node.next, g)
	}
	*list = append(*list, n)
	return false
}

// takes says whether the node accepts the word at i.
func (n *phraseNode) takes(in *phraseInput, i int) bool {
	t := in.tokens[i]
	switch n.kind {
	case nodeAny:
		return true
	case nodeNumber:
		return t.class == numberWord
	case nodeLink:
		return t.class == linkWord
	case nodeMail:
		return t.class == mailWord
	case nodePrefix:
		return t.class == plainWord && in.lexer.hasPrefix(in.text[t.start:t.end], n.prefix)
	}
	for _, w := range n.words {
		if w >= t.id {
			return w == t.id
		}
	}
	return false
}
