package generate

// A notice fills the places of a formula with facts: a congratulation cable, a court notice, a bulletin. Two of one formula have most
// of their words in common and say different things.

// formulaShares are the shares of the octaves of formulas, which are 2,047 in all: a few are everywhere.
var formulaShares = []int{10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}

// Each stretch of a formula's own words is followed by a fact. They are short enough that the facts are dense, long enough that
// two notices share more than a third of their shingles.
const (
	minStretch, maxStretch = 7, 11
	minFacts, maxFacts     = 6, 10
)

// notice writes a notice of a formula, with facts drawn from r.
func (g *Generator) notice(a *article, r *random, formula uint32) {
	var f random
	f.begin(g.opt.Seed, forFormula, uint64(formula))
	for fact := range f.between(minFacts, maxFacts) {
		for range f.between(minStretch, maxStretch) {
			a.add(g.words, g.words.ranks.draw(f.Uint64()))
		}
		if fact%2 == 0 {
			a.number(r.between(1, 9999))
			a.number(r.between(1000, 99999))
		} else {
			g.name(a, r)
		}
		if f.chance(256) {
			a.punctuate(".")
		}
	}
	for range minStretch {
		a.add(g.words, g.words.ranks.draw(f.Uint64()))
	}
	a.punctuate(".")
	a.endParagraph()
}

// name writes the name of a person or a place: three words that are seldom met.
func (g *Generator) name(a *article, r *random) {
	for range 3 {
		a.add(g.words, uint32(r.between(1<<12, vocabulary-1)))
	}
}
