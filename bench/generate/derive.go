package generate

// span is a stretch of words of the original, end exclusive.
type span struct{ from, to int }

// What makes a label true, in words. Package dedup lets a text go that has no passage of 12 to 16 words of its own; see dedup/relation.go.
const (
	missed      = 20 // the smallest passage that counts as a text's own
	shortestCut = 20 // the shortest text that is left of a cut
	tries       = 4  // cuts that are tried before the original is taken for one that cannot be cut
)

// derive makes a document out of g.root and tells what it became, which is a copy where the original is too short for the plan, and which
// parts of the original it holds.
func (g *Generator) derive(a *article, p plan, number int) (Kind, Holding) {
	var r random
	r.begin(g.opt.Seed, forText, uint64(number))
	n := g.root.body
	switch p.kind {
	case truncated, dropped, excerpt:
		for range tries {
			if head, tail, ok := g.chooseCut(&r, p.kind, n); ok {
				return g.cut(a, p.kind, head, tail)
			}
		}
	case enlarged:
		return g.enlarge(a, &r)
	case quote:
		if n >= 60 {
			return g.quote(a, &r, r.between(12, min(30, n*4/10)))
		}
	case background:
		if n >= 60 {
			return g.behind(a, &r, n-r.between(n*25/100, n*45/100))
		}
	case facts:
		g.notice(a, &r, p.formula)
		return facts, 0
	case exact:
		g.respell(a, &r)
		return exact, whole
	}
	if p.kind != edited && r.chance(512) {
		g.respell(a, &r)
		return exact, whole
	}
	return edited, g.edit(a, &r, p.source)
}

// chooseCut draws what stays of an original of n words, and tells whether what goes is missed.
func (g *Generator) chooseCut(r *random, k Kind, n int) (head, tail span, ok bool) {
	end := span{n, n}
	switch {
	case k == truncated && n >= shortestCut+missed:
		keep := r.between(max(shortestCut, n*3/10), max(shortestCut, min(n*8/10, n-missed)))
		return span{0, keep}, end, g.misses(span{keep, n})
	case k == dropped && n >= shortestCut+missed:
		size := r.between(missed, max(missed, n*5/10))
		from := r.between(shortestCut/2, n-size-shortestCut/2)
		return span{0, from}, span{from + size, n}, g.misses(span{from, from + size})
	case k == excerpt && n >= 5*shortestCut:
		size := r.between(shortestCut, n*28/100)
		from := r.between(missed, n-size)
		return span{from, from + size}, end, true
	}
	return head, tail, false
}

// misses tells whether a text without a stretch of the original lacks something: a long passage, or a quarter of all, that is not said again
// elsewhere.
func (g *Generator) misses(s span) bool {
	run, longest, all := 0, 0, 0
	for _, t := range g.root.tokens[s.from:s.to] {
		run++
		if t.again {
			run = 0
		} else {
			all++
		}
		longest = max(longest, run)
	}
	return longest >= missed || all*100 >= g.root.body*28
}

// cut takes two stretches of the original and ends the text.
func (g *Generator) cut(a *article, k Kind, head, tail span) (Kind, Holding) {
	a.copyWords(&g.root, head.from, head.to)
	a.copyWords(&g.root, tail.from, tail.to)
	a.endParagraph()
	return k, g.holds(head) | g.holds(tail)
}

// enlarge puts the whole body between news of its own.
func (g *Generator) enlarge(a *article, r *random) (Kind, Holding) {
	g.write(a, r, max(30, g.root.body*r.between(20, 100)/100))
	a.copyWords(&g.root, 0, g.root.body)
	g.write(a, r, r.between(20, 60))
	return enlarged, whole
}

// quote puts a passage of the original into another text, which is larger by far.
func (g *Generator) quote(a *article, r *random, size int) (Kind, Holding) {
	from := r.between(0, g.root.body-size)
	g.write(a, r, size+r.between(20, 60))
	a.copyWords(&g.root, from, from+size)
	a.endParagraph()
	g.write(a, r, size+r.between(20, 60))
	return quote, g.holds(span{from, from + size})
}

// behind puts the end of the original behind other news.
func (g *Generator) behind(a *article, r *random, from int) (Kind, Holding) {
	size := g.root.body - from
	g.write(a, r, max(missed, size*r.between(150, 300)/100))
	a.copyWords(&g.root, from, g.root.body)
	return background, g.holds(span{from, g.root.body})
}

// respell copies the whole original, footer included, every second time in another spelling that folding undoes.
func (g *Generator) respell(a *article, r *random) {
	if r.chance(512) {
		a.copyWords(&g.root, 0, len(g.root.tokens))
		return
	}
	for i, t := range g.root.tokens {
		a.copyWords(&g.root, i, i+1)
		respell(a.text[len(a.text)-int(g.root.end(i)-t.at):])
	}
}

// respell writes the hamza and the letter ta marbuta as careless typists do. Lengths do not change.
func respell(text []byte) {
	for i := 1; i < len(text); i++ {
		if text[i-1] != 0xD8 {
			continue
		}
		switch text[i] {
		case 0xA3, 0xA5: // أ إ
			text[i] = 0xA7 // ا
		case 0xA9: // ة
			text[i-1], text[i] = 0xD9, 0x87 // ه
		}
	}
}
