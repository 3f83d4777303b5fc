package quality

import "fmt"

// A Verdict is a rule that hit a document, and the number that it hit for.
type Verdict struct {
	Rule      string  // name of the rule
	Signal    string  // what it looked at
	Op        string  // how: <, <=, > or >=
	Value     float64 // the document's
	Threshold float64 // the rule's
}

// String returns the verdict as a person reads it: "short_doc: gopher_words 31 < 50".
func (v Verdict) String() string {
	return fmt.Sprintf("%s: %s %.4g %s %.4g", v.Rule, v.Signal, v.Value, v.Op, v.Threshold)
}

// Judge returns every rule that hits a document, in the order of the preset; none, and the document stays.
func (p *Preset) Judge(s *Signals) []Verdict {
	return p.AppendVerdicts(nil, s)
}

// AppendVerdicts is Judge into a slice that is used again.
func (p *Preset) AppendVerdicts(dst []Verdict, s *Signals) []Verdict {
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Hits(s) {
			dst = append(dst, Verdict{r.Name, r.Signal, r.Op, s.At(r.index), *r.Threshold})
		}
	}
	return dst
}

// Hits tells whether the rule hits the document.
func (r *Rule) Hits(s *Signals) bool { return r.Applies(s) && r.holds(s) }

// Applies tells whether all conditions of When hold: whether the rule's own decides about the document.
func (r *Rule) Applies(s *Signals) bool {
	for i := range r.When {
		if !r.When[i].holds(s) {
			return false
		}
	}
	return true
}

func (c *Condition) holds(s *Signals) bool { return c.compare(s.At(c.index), *c.Threshold) }
