package generate

// sourceShares are the shares of the octaves of sources: of 14 papers one has a fifth, a few have almost nothing.
var sourceShares = []int{16, 32, 36, 16}

const (
	sourceCount = 14
	// footerWords is the length of an article from which it may have a footer: in a shorter one it would be half of the text.
	footerWords  = 80
	footerChance = 400
	footerSize   = 10
)

// makeFooter returns the word ranks of a source's footer. Every third source has none.
func (g *Generator) makeFooter(source int) (ranks []uint32) {
	if source%3 == 2 {
		return nil
	}
	var r random
	r.begin(g.opt.Seed, forSource, uint64(source))
	for range footerSize {
		ranks = append(ranks, g.words.ranks.draw(r.Uint64()))
	}
	return ranks
}

// footer ends an article: in some, the source's line follows.
func (g *Generator) footer(a *article, r *random, source int) {
	a.body = len(a.tokens)
	if !r.chance(footerChance) || len(a.tokens) < footerWords || g.footers[source] == nil {
		return
	}
	for _, rank := range g.footers[source] {
		a.add(g.words, rank)
	}
	a.endParagraph()
}
