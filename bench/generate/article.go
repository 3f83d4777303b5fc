package generate

import "strconv"

// article is a text in the making, and where its words stand. Its memory is used again for the next.
type article struct {
	text   []byte
	tokens []token
	body   int // words before the footer
}

// token is one word of an article. It takes the bytes from at to the next token's: the word, its punctuation, the space.
type token struct {
	at    int32
	size  int32  // bytes of the word alone
	rank  uint32 // numberRank for what is no word of the vocabulary
	ends  bool   // a paragraph ends with it
	again bool   // it is said again elsewhere in the article, or was before
}

func (a *article) reset() { a.text, a.tokens, a.body = a.text[:0], a.tokens[:0], 0 }

// add appends a word of the vocabulary.
func (a *article) add(w *words, rank uint32) {
	at := len(a.text)
	a.text = w.append(a.text, rank)
	a.close(at, rank)
}

func (a *article) close(at int, rank uint32) {
	a.tokens = append(a.tokens, token{at: int32(at), size: int32(len(a.text) - at), rank: rank})
	a.text = append(a.text, ' ')
}

// number appends a number.
func (a *article) number(n int) {
	at := len(a.text)
	a.text = strconv.AppendInt(a.text, int64(n), 10)
	a.close(at, numberRank)
}

// punctuate puts a mark between the last word and its space.
func (a *article) punctuate(mark string) {
	a.text = append(a.text[:len(a.text)-1], mark...)
	a.text = append(a.text, ' ')
}

// endParagraph puts a line break in the place of the last space.
func (a *article) endParagraph() {
	if n := len(a.tokens); n > 0 {
		a.text[len(a.text)-1] = '\n'
		a.tokens[n-1].ends = true
	}
}

// end returns where the word i ends, with all that belongs to it.
func (a *article) end(i int) int32 {
	if i+1 < len(a.tokens) {
		return a.tokens[i+1].at
	}
	return int32(len(a.text))
}

// copyWords appends the words [from,to) of another article as they stand there.
func (a *article) copyWords(b *article, from, to int) {
	if from >= to {
		return
	}
	shift := int32(len(a.text)) - b.tokens[from].at
	a.text = append(a.text, b.text[b.tokens[from].at:b.end(to-1)]...)
	for _, t := range b.tokens[from:to] {
		t.at += shift
		a.tokens = append(a.tokens, t)
	}
}

// write appends about n words of news, whole paragraphs of whole sentences, and ends the paragraph.
func (g *Generator) write(a *article, r *random, n int) {
	first := len(a.tokens)
	target := first + n
	for len(a.tokens) < target {
		paragraph := min(len(a.tokens)+r.quantile(paragraphWords), target)
		for len(a.tokens) < paragraph {
			g.sentence(a, r, first, min(len(a.tokens)+r.quantile(sentenceWords), paragraph))
		}
		a.endParagraph()
	}
}

// sentence appends words until the article has n. first is where the words begin that may be said again.
func (g *Generator) sentence(a *article, r *random, first, n int) {
	for len(a.tokens) < n {
		u := r.Uint64()
		switch what := int(u & 1023); {
		case what < phraseChance:
			g.phrase(a, g.words.phrase.draw(r.Uint64()))
		case what < phraseChance+againChance && len(a.tokens) > first+20:
			g.again(a, r, first)
		case what < phraseChance+againChance+numberChance:
			a.number(r.below(2100))
		default:
			a.add(g.words, g.words.ranks.draw(r.Uint64()))
		}
		if int(u>>10&1023) < commaChance && len(a.tokens) < n {
			a.punctuate("،")
		}
	}
	a.punctuate(".")
}

func (g *Generator) phrase(a *article, id uint32) {
	for _, rank := range g.words.phraseOf(id) {
		if rank == numberRank {
			return
		}
		a.add(g.words, rank)
	}
}

// again says a few words again that stand earlier in the article: names, mostly.
func (g *Generator) again(a *article, r *random, first int) {
	from := r.between(first, len(a.tokens)-10)
	for i := range r.between(2, 5) {
		if t := &a.tokens[from+i]; t.rank != numberRank {
			t.again = true
			a.add(g.words, t.rank)
			a.tokens[len(a.tokens)-1].again = true
		}
	}
}
