package quality

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Preset is a filter: rules over signals, from one source. A document that any rule hits is dropped. Presets are data, YAML
// files of this form; those of this package lie in the folder presets.
//
//	name: gopher
//	about: what it is and where it differs from its source, in a sentence or two
//	source: the paper or file that defines it
//	rules:
//	  - name: short_doc                  # as the source calls it
//	    signal: gopher_words             # one of SignalNames
//	    op: <                            # <, <=, > or >=: the rule hits where this holds
//	    threshold: 50
//	    when: [{signal: units, op: <, threshold: 3}]  # optional: and only where all of these hold
//	    why: one line for a reader
//	signals: [chars, lines]              # optional: signals to write that no rule looks at
type Preset struct {
	Name    string   `yaml:"name" json:"name"`
	About   string   `yaml:"about" json:"about"`
	Source  string   `yaml:"source" json:"source"`
	Rules   []Rule   `yaml:"rules" json:"rules"`
	Signals []string `yaml:"signals,omitempty" json:"signals,omitempty"`
}

// A Rule hits a document, and so drops it, where its condition and all those of When hold.
type Rule struct {
	Name      string `yaml:"name" json:"name"`
	Condition `yaml:",inline"`
	When      []Condition `yaml:"when,omitempty" json:"when,omitempty"`
	Why       string      `yaml:"why,omitempty" json:"why,omitempty"`
}

// A Condition compares a signal with a threshold, which is there in what ParsePreset made.
type Condition struct {
	Signal    string   `yaml:"signal" json:"signal"`
	Op        string   `yaml:"op" json:"op"`
	Threshold *float64 `yaml:"threshold" json:"threshold"`

	index   int // of the signal
	compare func(value, threshold float64) bool
}

var comparisons = map[string]func(value, threshold float64) bool{
	"<":  func(v, t float64) bool { return v < t },
	"<=": func(v, t float64) bool { return v <= t },
	">":  func(v, t float64) bool { return v > t },
	">=": func(v, t float64) bool { return v >= t },
}

//go:embed presets/*.yaml
var presetFiles embed.FS

// PresetNames lists the presets of this package, sorted.
func PresetNames() []string {
	entries, err := presetFiles.ReadDir("presets")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(names)
	return names
}

// LoadPreset returns a preset of this package by its name, such as "news-ar".
func LoadPreset(name string) (*Preset, error) {
	data, err := presetFiles.ReadFile("presets/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("no preset %q: use one of %s, or the path of a file", name, strings.Join(PresetNames(), ", "))
	}
	p, err := ParsePreset(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("preset %s: %w", name, err)
	}
	return p, nil
}

// ParsePreset reads a preset and checks it: unknown keys, signals and comparisons are errors, and so is a rule without a
// threshold or a second one of the same name.
func ParsePreset(r io.Reader) (*Preset, error) {
	var raw struct {
		Preset `yaml:",inline"`
	}
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&raw); err != nil {
		return nil, fmt.Errorf("read preset: %w", err)
	}
	p := &raw.Preset
	if p.Name == "" {
		return nil, errors.New("preset has no name: add one")
	}
	return p, p.compile()
}

func (p *Preset) compile() error {
	seen := map[string]bool{}
	for i := range p.Rules {
		r := &p.Rules[i]
		if r.Name == "" || seen[r.Name] {
			return fmt.Errorf("rule %d: name %q is empty or used twice: give it one of its own", i+1, r.Name)
		}
		seen[r.Name] = true
		if err := r.compile(); err != nil {
			return fmt.Errorf("rule %s: %w", r.Name, err)
		}
	}
	for _, name := range p.Signals {
		if signalIndex(name) < 0 {
			return fmt.Errorf("no signal %q: see the list of signals", name)
		}
	}
	return nil
}

func (r *Rule) compile() error {
	err := r.Condition.compile()
	for i := range r.When {
		err = errors.Join(err, r.When[i].compile())
	}
	return err
}

func (c *Condition) compile() error {
	c.index, c.compare = signalIndex(c.Signal), comparisons[c.Op]
	if c.Threshold == nil {
		return errors.New("no threshold: add one")
	}
	if !finite(*c.Threshold) {
		return errors.New("the threshold is no number: write one")
	}
	if c.index < 0 {
		return fmt.Errorf("no signal %q: see the list of signals", c.Signal)
	}
	if c.compare == nil {
		return fmt.Errorf("comparison %q: use <, <=, > or >=", c.Op)
	}
	return nil
}

// Set changes the threshold of a rule.
func (p *Preset) Set(rule string, threshold float64) error {
	if !finite(threshold) {
		return fmt.Errorf("rule %s: the threshold is no number: write one", rule)
	}
	for i := range p.Rules {
		if p.Rules[i].Name == rule {
			p.Rules[i].Threshold = &threshold
			return nil
		}
	}
	return fmt.Errorf("preset %s has no rule %q: use one of %s", p.Name, rule, strings.Join(p.ruleNames(), ", "))
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

func (p *Preset) ruleNames() []string {
	names := make([]string, len(p.Rules))
	for i, r := range p.Rules {
		names[i] = r.Name
	}
	return names
}

// Uses says whether the preset looks at a signal; so [Analyzer].CharRepetition is p.Uses("bigscience_char_repetition").
func (p *Preset) Uses(signal string) bool {
	is := func(c Condition) bool { return c.Signal == signal }
	return slices.Contains(p.Signals, signal) || slices.ContainsFunc(p.Rules, func(r Rule) bool {
		return is(r.Condition) || slices.ContainsFunc(r.When, is)
	})
}
