package recur

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/corpusctl/corpusctl/quality"
)

// Profile is what recurs in the sources of a corpus. It is safe for concurrent use once made.
type Profile struct {
	Sources []Source `yaml:"sources"`
	LeftOut int      `yaml:"left_out,omitempty"` // texts of sources beyond the first 65,536, or 4 MiB of names, from which nothing was learned

	bySource map[string]*rules
}

// Source is the furniture of one source.
type Source struct {
	Name     string  `yaml:"name"`
	Articles int     `yaml:"articles"`         // distinct texts that were counted
	Copies   int     `yaml:"copies,omitempty"` // texts left out as copies
	List     int     `yaml:"list,omitempty"`   // lines of the list of other stories that ends a text; 0 if there is none
	Entries  []Entry `yaml:"entries,omitempty"`
}

// Entry is one thing that recurs.
type Entry struct {
	Kind     quality.Kind
	Rule     string
	Place    string // Head, Tail or Anywhere
	Match    string // Whole, Lead, Line or Rest
	Words    string // folded, each run of digits written 0
	Articles int
	Missed   int // Articles is too low by at most this
	Example  string
}

// Places and ways to match.
const (
	Head     = "head" // among the first units of a text
	Tail     = "tail" // near its end
	Anywhere = "anywhere"
	Whole    = "whole" // a unit of just these words
	Lead     = "lead"  // the first words of a unit; they alone go
	Line     = "line"  // the first words of a unit; all goes from there to the end of the line
	Rest     = "rest"  // the first words of a unit; all goes from there to the end of the text
)

// plainEntry is an Entry in a file, its kind by name.
type plainEntry struct {
	Kind     string `yaml:"kind"`
	Rule     string `yaml:"rule"`
	Place    string `yaml:"place"`
	Match    string `yaml:"match"`
	Words    string `yaml:"words"`
	Articles int    `yaml:"articles"`
	Missed   int    `yaml:"missed,omitempty"`
	Example  string `yaml:"example,omitempty"`
}

var entryKeys = [...]string{"kind", "rule", "place", "match", "words", "articles", "missed", "example"}

// MarshalYAML writes the kind by its name.
func (e Entry) MarshalYAML() (any, error) {
	return plainEntry{e.Kind.String(), e.Rule, e.Place, e.Match, e.Words, e.Articles, e.Missed, e.Example}, nil
}

// UnmarshalYAML reads the kind by its name.
func (e *Entry) UnmarshalYAML(n *yaml.Node) error {
	var p plainEntry
	if err := n.Decode(&p); err != nil {
		return err
	}
	for i := 0; i+1 < len(n.Content); i += 2 { // Decode of a node forgets that unknown keys are errors
		if key := n.Content[i]; !slices.Contains(entryKeys[:], key.Value) {
			return fmt.Errorf("line %d: an entry has no %q: write one of %s", key.Line, key.Value, strings.Join(entryKeys[:], ", "))
		}
	}
	*e = Entry{Rule: p.Rule, Place: p.Place, Match: p.Match, Words: p.Words, Articles: p.Articles, Missed: p.Missed, Example: p.Example}
	for k := quality.Code; k <= quality.Other; k++ {
		if k.String() == p.Kind {
			e.Kind = k
			return e.complete(n.Line)
		}
	}
	return fmt.Errorf("line %d: no such kind: %q", n.Line, p.Kind)
}

// complete makes an entry that people wrote ready to use.
func (e *Entry) complete(line int) error {
	if err := e.check(); err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	e.Rule = cmp.Or(e.Rule, "recurring-"+e.Place)
	var m masked
	m.set(e.Words)
	e.Words = string(m.text)
	return nil
}

// check says what is wrong with an entry that was read.
func (e *Entry) check() error {
	if !slices.Contains([]string{Head, Tail, Anywhere}, e.Place) {
		return fmt.Errorf("place is head, tail or anywhere, not %q", e.Place)
	}
	if !slices.Contains([]string{Whole, Lead, Line, Rest}, e.Match) {
		return fmt.Errorf("match is whole, lead, line or rest, not %q", e.Match)
	}
	var m masked
	if m.set(e.Words); m.words == 0 {
		return fmt.Errorf("an entry needs words")
	}
	return nil
}

// ReadProfile reads a profile as Write writes it, perhaps edited since.
func ReadProfile(r io.Reader) (*Profile, error) {
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	p := &Profile{}
	if err := d.Decode(p); err != nil {
		if err == io.EOF {
			err = fmt.Errorf("empty")
		}
		return nil, fmt.Errorf("profile of recurring furniture: %w", err)
	}
	seen := map[string]bool{}
	for _, s := range p.Sources {
		if seen[s.Name] {
			return nil, fmt.Errorf("profile of recurring furniture: the source %q stands twice: put its entries together", s.Name)
		}
		seen[s.Name] = true
	}
	if d.Decode(new(any)) != io.EOF {
		return nil, fmt.Errorf("profile of recurring furniture: it holds a second document: take out the line ---")
	}
	p.compile()
	return p, nil
}

// UnmarshalJSON reads what encoding/json made of a profile, exactly as it was: it is for programs, where ReadProfile is for what people edit.
func (p *Profile) UnmarshalJSON(data []byte) error {
	type plain Profile
	*p = Profile{}
	if err := json.Unmarshal(data, (*plain)(p)); err != nil {
		return fmt.Errorf("profile of recurring furniture: %w", err)
	}
	for i := range p.Sources {
		for j := range p.Sources[i].Entries {
			if err := p.Sources[i].Entries[j].check(); err != nil {
				return fmt.Errorf("profile of recurring furniture: source %q, entry %d: %w", p.Sources[i].Name, j+1, err)
			}
		}
	}
	p.compile()
	return nil
}

// Write writes the profile as YAML. The encoder holds on to all that it has encoded, many times the size of the file, so that each source has one
// to itself.
func (p *Profile) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString(profileHead)
	n := len(p.Sources)
	for i := range max(1, n) {
		part := Profile{Sources: p.Sources[min(i, n):min(i+1, n)]}
		if i >= n-1 {
			part.LeftOut = p.LeftOut
		}
		text, err := part.encode()
		if err != nil {
			return err
		}
		if i > 0 {
			text = bytes.TrimPrefix(text, []byte("sources:\n"))
		}
		b.Write(text)
	}
	return b.Flush()
}

// encode returns the YAML of a profile.
func (p *Profile) encode() ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(p); err != nil {
		return nil, err
	}
	err := e.Close()
	return b.Bytes(), err
}

const profileHead = `# What recurs in the articles of each source. Delete an entry to keep its text, change its kind, or add one:
# words are compared folded, each run of digits written 0. match: whole = a line or sentence of just these words,
# lead = these words at the beginning of one, line = and all that follows on the line, rest = and all that follows in the text.
# place: head, tail or anywhere. list = how many lines at the end are other stories, in an article that holds one that recurs.
`
