package dedup

// Relation says how two texts stand to each other.
type Relation uint8

// The relations of a verified pair.
const (
	None      Relation = iota
	Copy               // the same text, lightly edited: either could go
	Shortened          // one is the other cut down: cut at a point, or paragraphs dropped
	Contained          // one stands inside a larger, different text
	Revised            // the same base, both have material of their own
	Template           // the same formula with other facts
)

var relationNames = [...]string{"none", "copy", "shortened", "contained", "revised", "template"}

// String returns the relation's name as it stands in files: "copy", "shortened" and so on.
func (r Relation) String() string { return relationNames[r] }

// The thresholds of the relations. They are properties of news text, measured in docs/ACCURACY.md, not options: whoever wants
// another rule has the measures of every pair.
const (
	// ListJaccard and ListContainment: a pair below both has no relation.
	ListJaccard, ListContainment = .3, .5

	// DropContainment is how much of a text must stand in another for it to go. A word exchanged costs its own
	// shingles and six more, so that of a text with 90% of its words in the other 70 to 80% of the shingles are left.
	DropContainment = .70
	// ownWords is the length of a passage, in words, that the other text lacks, from which it counts as something to say: a
	// sentence with facts of its own. Where less than strictContainment of the text is in the other, strictWords are enough.
	ownWords          = 16
	strictWords       = 12
	strictContainment = .80
	// ownShare is the share of the words of a text in such passages, long or short, from which it is not cut down but another:
	// asked of texts below strictContainment.
	ownShare = .25
	// sharedRow is the number of shared shingles in a row from which a passage is shared: two words or three. Every long text
	// has some of the words of any other somewhere.
	sharedRow = 10

	// A pair is a template when what it says differently has templatePoints or more, of them templateStrong or more for numbers or
	// names, templateDensity or more for 100 words of the shorter text, and templateShare or more for each place where the texts differ.
	templatePoints  = 4
	templateStrong  = 2
	templateDensity = 3.0
	templateShare   = .4
	// In a text so short that templateStrong points make up shortDensity, they are enough: one other name is another story.
	shortDensity = 5.0
)

// relate decides the relation of the two texts matched last and which of them could go.
func (v *verifier) relate(m Measure) (Relation, Drop) {
	v.endsEarly = false
	if !m.Listed() {
		return None, DropNone
	}
	if m.Shared == m.A && m.Shared == m.B {
		return Copy, DropEither
	}
	v.gaps = v.align(v.gaps[:0])
	if v.isTemplate(min(v.table.allWords(), v.other.allWords())) {
		return Template, DropNone
	}
	if max(m.ContainmentA(), m.ContainmentB()) < DropContainment { // neither may go, whatever its passages
		return Revised, DropNone
	}
	ua, ub := v.ownStretches()
	aGoes, bGoes := mayGo(m.ContainmentA(), ua), mayGo(m.ContainmentB(), ub)
	switch {
	case aGoes && bGoes:
		return Copy, DropEither
	case aGoes:
		v.endsEarly = endsEarly(ua, ub)
		return cutOrInside(ua, ub), DropA
	case bGoes:
		v.endsEarly = endsEarly(ub, ua)
		return cutOrInside(ub, ua), DropB
	}
	return Revised, DropNone
}

// endsEarly tells whether the text that goes ends where the other goes on for a sentence or more.
func endsEarly(goes, stays unmatchedWords) bool { return goes.tail == 0 && stays.tail >= strictWords }

// mayGo tells whether a text of which the other has the share c has nothing of its own to say.
func mayGo(c float64, u unmatchedWords) bool {
	if c < strictContainment {
		return c >= DropContainment && u.longest < strictWords && float64(u.missing) <= ownShare*float64(u.words)
	}
	return u.longest < ownWords
}

// isTemplate tells whether the two texts are a template. What it asks of facts, more points only make truer.
func (v *verifier) isTemplate(shorter int) bool {
	return v.weigh(v.gaps, func(least, most Facts) bool {
		return least.makeTemplate(shorter) || !most.makeTemplate(shorter)
	}).makeTemplate(shorter)
}

// makeTemplate tells whether facts make two texts a template, of which the shorter has so many words.
func (f Facts) makeTemplate(shorter int) bool {
	density := 100 * float64(f.Points) / float64(shorter)
	if f.Strong < templateStrong || float64(f.Points) < templateShare*float64(f.Gaps) {
		return false
	}
	return density >= shortDensity || density >= templateDensity && f.Points >= templatePoints
}

// ownStretches sums up what each of the two texts has that the other has not.
func (v *verifier) ownStretches() (a, b unmatchedWords) {
	v.rows = v.rowsA(v.rows[:0])
	v.spansA = unmatched(v.spansA[:0], &v.table.outline, v.rows)
	v.rows = v.rowsB(v.rows[:0])
	v.spansB = unmatched(v.spansB[:0], &v.other, v.rows)
	return summary(&v.table.outline, v.spansA), summary(&v.other, v.spansB)
}

// cutOrInside tells a cut-down text from one that stands inside a different one: the larger is more than three times as long, or
// begins with a lead of its own.
func cutOrInside(goes, stays unmatchedWords) Relation {
	if goes.words*10 < stays.words*3 || stays.head >= ownWords {
		return Contained
	}
	return Shortened
}
