package generate

// Kind is what a document is, and how it came from another.
type Kind uint8

const (
	original Kind = iota
	notice
	exact
	edited
	truncated
	dropped
	excerpt
	enlarged
	quote
	background
	facts
)

var kindNames = [...]string{"original", "notice", "exact", "edited", "truncated", "dropped", "excerpt", "enlarged", "quote", "background", "facts"}

// String returns the name of the kind as it stands in labels.
func (k Kind) String() string { return kindNames[k] }

// plan is what a document will be, before any of its text is made.
type plan struct {
	kind    Kind
	root    int    // of a derived document, the original it comes from; of an original, itself
	of      Kind   // the kind of the root: original or notice
	formula uint32 // of a notice, or of the notice it comes from
	source  int
}

// Of 1024 documents so many are derived, and so many originals are notices.
const (
	derivedChance = 310
	noticeChance  = 36
)

// derivedKinds are the kinds of what is derived from an article, each as often as it stands here. Negatives included, 31% derived
// documents make about 28% that may go.
var derivedKinds = [...]Kind{exact, exact, exact, exact, edited, edited, edited, edited, edited, edited, edited, truncated, truncated, truncated,
	dropped, dropped, excerpt, excerpt, enlarged, quote, background}

// noticeKinds are those of what is derived from a notice.
var noticeKinds = [...]Kind{facts, facts, facts, exact}

// planOf is the plan of a document: a function of its number, made anew whenever it is asked for.
func (g *Generator) planOf(i int) plan {
	var r random
	r.begin(g.opt.Seed, forPlan, uint64(i))
	p := plan{root: i, source: int(g.sources.draw(r.Uint64())) % sourceCount}
	if i > 0 && r.chance(derivedChance) {
		from := g.planOf(r.below(i)) // a smaller number, of which three in ten lead on to a smaller one
		p.root, p.of, p.formula = from.root, from.of, from.formula
		if p.of == notice {
			p.kind = noticeKinds[r.below(len(noticeKinds))]
		} else {
			p.kind = derivedKinds[r.below(len(derivedKinds))]
		}
		return p
	}
	if r.chance(noticeChance) {
		p.kind, p.formula = notice, g.formulas.draw(r.Uint64())
	}
	p.of = p.kind
	return p
}
