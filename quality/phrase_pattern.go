package quality

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/corpusctl/corpusctl/arabic"
)

// phraseGaps are the marks that a pattern can ask for between words. A colon stands for whatever introduces what follows.
var phraseGaps = map[string]gap{
	":": gapColon | gapSlash | gapDash | gapDots | gapPipe, "::": gapColon, "…": gapDots, "/": gapSlash, "//": gapSlashes,
	".": gapStop, "(": gapOpen, ")": gapClose, "-": gapDash, "*": gapStar, "|": gapPipe, "\"": gapQuote,
}

// maxPhraseNodes is the largest program of a phrase, maxPhraseAny the most words that a phrase may leave open in one place.
const (
	maxPhraseNodes = 1 << 12
	maxPhraseAny   = 16
)

// A phraseCompiler turns patterns into programs over a shared vocabulary.
type phraseCompiler struct {
	lists map[string][]string     // alternatives by name
	known map[string][]phraseNode // what a choice compiles to, but for where it goes on
	lexer phraseLexer
	nodes []phraseNode
}

// compile returns the program of a pattern. Its start is node 0.
func (c *phraseCompiler) compile(pattern string) ([]phraseNode, error) {
	c.nodes = []phraseNode{{kind: nodeSplit}, {kind: nodeMatch}}
	elements := strings.Fields(pattern)
	if len(elements) == 0 {
		return nil, fmt.Errorf("empty pattern: write at least one word")
	}
	next := int32(1)
	for _, e := range slices.Backward(elements) {
		var err error
		if next, err = c.element(e, next); err != nil {
			return nil, fmt.Errorf("pattern %q: element %q: %w", pattern, e, err)
		}
		if len(c.nodes) > maxPhraseNodes {
			return nil, fmt.Errorf("pattern %q is too large: split it into several", pattern)
		}
	}
	c.nodes[0].next, c.nodes[0].other = next, next
	return c.nodes, nil
}

func (c *phraseCompiler) emit(n phraseNode) int32 {
	c.nodes = append(c.nodes, n)
	return int32(len(c.nodes) - 1)
}

// element compiles one element so that it goes on at next, and returns its start.
func (c *phraseCompiler) element(e string, next int32) (int32, error) {
	if g, ok := phraseGaps[e]; ok {
		return c.emit(phraseNode{kind: nodeGap, gap: g, next: next}), nil
	}
	body, many := strings.CutSuffix(e, "+")
	body, open := strings.CutPrefix(body, "[")
	body, closed := strings.CutSuffix(body, "]")
	if open != closed || body == "" {
		return 0, fmt.Errorf("brackets do not match: an optional element is [word], without spaces inside")
	}
	if !many {
		start, err := c.alternatives(body, next)
		if err != nil || !open {
			return start, err
		}
		return c.emit(phraseNode{kind: nodeSplit, next: start, other: next}), nil
	}
	loop := c.emit(phraseNode{kind: nodeSplit, other: next})
	start, err := c.alternatives(body, loop)
	if err != nil {
		return 0, err
	}
	c.nodes[loop].next = start
	if open {
		return loop, nil
	}
	return start, nil
}

// alternatives compiles a|b_c|$list. Single words share a node.
func (c *phraseCompiler) alternatives(body string, next int32) (int32, error) {
	if n, ok := strings.CutPrefix(body, "<"); ok {
		return c.open(n, next)
	}
	choices, err := c.choices(body)
	if err != nil {
		return 0, err
	}
	var words []int32
	start := int32(-1)
	or := func(n int32) {
		if start >= 0 {
			n = c.emit(phraseNode{kind: nodeSplit, next: n, other: start})
		}
		start = n
	}
	for _, choice := range choices {
		nodes, err := c.sequence(choice)
		if err != nil {
			return 0, err
		}
		if len(nodes) == 1 && nodes[0].kind == nodeWord {
			words = append(words, nodes[0].words...)
			continue
		}
		n := next
		for _, node := range slices.Backward(nodes) {
			node.next = n
			n = c.emit(node)
		}
		or(n)
	}
	if len(words) > 0 {
		slices.Sort(words)
		or(c.emit(phraseNode{kind: nodeWord, words: slices.Compact(words), next: next}))
	}
	return start, nil
}

// choices splits alternatives and puts lists in place of their names.
func (c *phraseCompiler) choices(body string) ([]string, error) {
	var out []string
	for a := range strings.SplitSeq(body, "|") {
		name, isList := strings.CutPrefix(a, "$")
		if !isList {
			out = append(out, a)
			continue
		}
		list, ok := c.lists[name]
		if !ok {
			return nil, fmt.Errorf("no list is named %q: add it under lists", name)
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("the list %q is empty: put words in it", name)
		}
		out = append(out, list...)
	}
	return out, nil
}

// open compiles <n>: up to n words of any sort.
func (c *phraseCompiler) open(body string, next int32) (int32, error) {
	digits, ok := strings.CutSuffix(body, ">")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > maxPhraseAny {
		return 0, fmt.Errorf("up to n words is <n>, with n from 1 to %d", maxPhraseAny)
	}
	start := next
	for range n {
		start = c.emit(phraseNode{kind: nodeSplit, next: c.emit(phraseNode{kind: nodeAny, next: start}), other: next})
	}
	return start, nil
}

// sequence compiles one choice, words with _ between them. Most stand in lists that many patterns name, and are compiled once.
func (c *phraseCompiler) sequence(choice string) ([]phraseNode, error) {
	nodes, ok := c.known[choice]
	if ok {
		return nodes, nil
	}
	for p := range strings.SplitSeq(choice, "_") {
		part, err := c.part(p)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, part...)
	}
	c.known[choice] = nodes
	return nodes, nil
}

// part compiles a word, a class or a prefix; a word that the lexer breaks makes several nodes.
func (c *phraseCompiler) part(p string) ([]phraseNode, error) {
	switch p {
	case "#":
		return []phraseNode{{kind: nodeNumber}}, nil
	case "&":
		return []phraseNode{{kind: nodeLink}}, nil
	case "@":
		return []phraseNode{{kind: nodeMail}}, nil
	case "?":
		return []phraseNode{{kind: nodeAny}}, nil
	}
	word, isPrefix := strings.CutSuffix(p, "~")
	if isPrefix {
		if word = arabic.Fold(word); word == "" || strings.Contains(word, " ") {
			return nil, fmt.Errorf("a prefix is the beginning of one word, with ~ behind it")
		}
		return []phraseNode{{kind: nodePrefix, prefix: word}}, nil
	}
	var nodes []phraseNode
	for i := 0; ; {
		t := c.lexer.next(word, i, len(word))
		if t.start == t.end {
			break
		}
		if t.class >= linkWord {
			return nil, fmt.Errorf("write & for an address, @ for one of mail")
		}
		nodes = append(nodes, phraseNode{kind: nodeWord, words: []int32{c.lexer.words.add(arabic.Fold(word[t.start:t.end]))}})
		i = t.end
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("no letters or digits in it, and no known mark")
	}
	return nodes, nil
}
