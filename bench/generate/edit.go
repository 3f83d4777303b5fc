package generate

// An edited copy keeps so many words between two edits that both texts share what stands there, and spends a budget: every edit costs the
// shingles that touch it. What is left is a containment of .75 at least either way, a Jaccard of .6.
const (
	editGap            = 6
	costOfEdit         = 7       // shingles of either text lost at an edit, beside those of the word itself
	minSpent, maxSpent = 30, 210 // of 1000 shingles
)

// edit copies the body with words exchanged, put in and left out, under the footer of another source.
func (g *Generator) edit(a *article, r *random, source int) Holding {
	n := g.root.body
	chars := int(g.root.end(n-1)) * 6 / bytesPerWord                              // a word takes about 6 characters with its space, 11 bytes
	budget := chars*r.between(minSpent, maxSpent)/1000 - (len(g.root.tokens)-n)*6 // the original's footer is not copied
	apart := max(editGap, 2*n*(costOfEdit+6)/max(1, budget))                      // between two edits in the mean, if all is spent
	next := r.between(2, editGap)                                                 // one edit at least
	for i := range n {
		t := g.root.tokens[i]
		if i < next || budget < 0 || t.rank == numberRank || t.rank < functionWordCount || t.ends {
			a.copyWords(&g.root, i, i+1)
			continue
		}
		g.editWord(a, r, i)
		budget -= costOfEdit + int(t.size)/2
		next = i + 1 + r.between(editGap, max(editGap, apart))
	}
	a.endParagraph()
	g.editFooter(a, r, source, budget)
	return whole
}

// editWord writes the word i of the original, exchanged, with another before it, or not at all.
func (g *Generator) editWord(a *article, r *random, i int) {
	t := g.root.tokens[i]
	rank := uint32(r.between(int(functionWordCount), vocabulary/8))
	switch what := r.below(4); what {
	case 0: // left out
	case 1: // put in
		a.add(g.words, rank)
		a.copyWords(&g.root, i, i+1)
	default: // exchanged; what follows the word stays
		a.add(g.words, rank)
		a.text = append(a.text[:len(a.text)-1], g.root.text[t.at+t.size:g.root.end(i)]...)
	}
}

// editFooter ends the copy with the footer of its own source if that, and the original's that is missing, leave the budget whole.
func (g *Generator) editFooter(a *article, r *random, source, budget int) {
	if budget > 3*footerSize*bytesPerWord/2 {
		g.footer(a, r, source)
	}
}
