package quality

import "slices"

// Most documents keep every rule of a preset by far, and to be sure of that takes less than all signals. A glance (signal_glance.go) bounds the
// signals of most; a pass without a table of words (signal_pass.go) leaves some as they are and bounds others. Only a document that may break a
// rule is measured in full.

// A screen clears documents of the rules of a preset.
type screen struct {
	byGlance, byPass conditions // byGlance is nil if a rule is none for glances
	letters          plainLetters
	glance           glance
	pass             pass
}

// conditions are of each rule those that can be refuted: one of them refuted, and the rule does not hit.
type conditions [][]*Condition

// A knowledge says what is known of a signal.
type knowledge uint8

const (
	unknownSignal knowledge = iota
	exactSignal             // its value
	mostSignal              // a value that it does not pass
	leastSignal             // a value that it does not stay under
)

// refutes says whether it can show that a comparison with the signal does not hold.
func (k knowledge) refutes(op string) bool {
	switch op {
	case "<", "<=":
		return k == exactSignal || k == leastSignal
	case ">", ">=":
		return k == exactSignal || k == mostSignal
	}
	return k == exactSignal
}

// screened are the signals that the pass sets.
var screened = map[string]knowledge{
	"chars": exactSignal, "tokens": exactSignal, "prose_words": exactSignal, "number_tokens": exactSignal, "lost_chars": exactSignal,
	"letters": exactSignal, "letters_arabic": exactSignal, "letters_arabic_extended": exactSignal, "letters_latin": exactSignal,
	"letters_other": exactSignal, "digits": exactSignal,
	"words_arabic": exactSignal, "words_persian": exactSignal, "words_urdu": exactSignal, "words_kurdish": exactSignal,
	"lines": exactSignal, "units": exactSignal, "units_finished": exactSignal, "units_dup_chars": exactSignal, "unit_words": exactSignal,
	"ends_open": exactSignal, "gopher_top_2gram": mostSignal, "gopher_dup_5grams": mostSignal,
}

// newScreen returns the screen of a preset, nil if no screen can clear a document of one of its rules.
func newScreen(p *Preset) *screen {
	s := &screen{byGlance: refutable(p, glanced), byPass: refutable(p, screened)}
	if s.byPass == nil {
		return nil
	}
	return s
}

// refutable returns the conditions that can be refuted by what is known of signals, nil if a rule has none.
func refutable(p *Preset, known map[string]knowledge) conditions {
	all := make(conditions, len(p.Rules))
	for i := range p.Rules {
		r := &p.Rules[i]
		for _, c := range append([]Condition{r.Condition}, r.When...) {
			if known[c.Signal].refutes(c.Op) {
				all[i] = append(all[i], &c)
			}
		}
		if len(all[i]) == 0 {
			return nil
		}
	}
	return all
}

// clears says that a text breaks no rule; false says nothing. It works in the memory of the Analyzer.
func (s *screen) clears(a *Analyzer, text string) bool {
	if len(text) > measuredTokens {
		return false // it may have more tokens than are measured
	}
	s.letters.read(text)
	if s.byGlance != nil {
		a.readLists()
		s.glance.read(a.lists.plain, &s.letters, text)
		if s.byGlance.refuted(&s.glance.out) {
			return true
		}
	}
	s.pass.read(a, &s.letters, text)
	return s.byPass.refuted(&a.out)
}

// refuted says whether a condition of each rule is.
func (all conditions) refuted(s *Signals) bool {
	for _, rule := range all {
		if !slices.ContainsFunc(rule, func(c *Condition) bool { return !c.holds(s) }) {
			return false
		}
	}
	return true
}
