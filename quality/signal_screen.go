package quality

// Most documents keep every rule of a preset by far, and to be sure of that takes less than all signals: one pass without a table of
// words (signal_pass.go) leaves some signals as they are and bounds others. Only a document that may break a rule is measured in full.

// A screen clears documents of the rules of a preset.
type screen struct {
	rules [][]*Condition // of each rule, the conditions that can be refuted: one of them refuted, and the rule does not hit
	pass  pass
}

// A knowledge says what a screen knows of a signal.
type knowledge uint8

const (
	unknownSignal knowledge = iota
	exactSignal             // its value
	boundedSignal           // a value that it does not pass
)

// screened are the signals that the pass sets.
var screened = map[string]knowledge{
	"chars": exactSignal, "tokens": exactSignal, "prose_words": exactSignal, "number_tokens": exactSignal, "lost_chars": exactSignal,
	"letters": exactSignal, "letters_arabic": exactSignal, "letters_arabic_extended": exactSignal, "letters_latin": exactSignal,
	"letters_other": exactSignal, "digits": exactSignal,
	"words_arabic": exactSignal, "words_persian": exactSignal, "words_urdu": exactSignal, "words_kurdish": exactSignal,
	"lines": exactSignal, "units": exactSignal, "units_finished": exactSignal, "units_dup_chars": exactSignal, "unit_words": exactSignal,
	"ends_open": exactSignal, "gopher_top_2gram": boundedSignal, "gopher_dup_5grams": boundedSignal,
}

// newScreen returns the screen of a preset, nil if no screen can clear a document of one of its rules.
func newScreen(p *Preset) *screen {
	s := &screen{rules: make([][]*Condition, len(p.Rules))}
	for i := range p.Rules {
		r := &p.Rules[i]
		s.add(i, &r.Condition)
		for k := range r.When {
			s.add(i, &r.When[k])
		}
		if len(s.rules[i]) == 0 {
			return nil
		}
	}
	return s
}

// add adds a condition of a rule, if what is known of its signal can refute it.
func (s *screen) add(rule int, c *Condition) {
	known := screened[c.Signal]
	if known == exactSignal || known == boundedSignal && (c.Op == ">" || c.Op == ">=") {
		s.rules[rule] = append(s.rules[rule], c)
	}
}

// clears says that a text breaks no rule; false says nothing. It works in the memory of the Analyzer.
func (s *screen) clears(a *Analyzer, text string) bool {
	if len(text) > measuredTokens {
		return false // it may have more tokens than are measured
	}
	s.pass.read(a, text)
	for _, conditions := range s.rules {
		if !refuted(conditions, &a.out) {
			return false
		}
	}
	return true
}

func refuted(conditions []*Condition, s *Signals) bool {
	for _, c := range conditions {
		if !c.holds(s) {
			return true
		}
	}
	return false
}
