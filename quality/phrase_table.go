package quality

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
	"go.yaml.in/yaml/v3"
)

//go:embed phrases.yaml
var phrasesFile []byte

// phraseAt says which part of a line a phrase takes, and what is cut with it.
type phraseAt uint8

const (
	atLine  phraseAt = iota // is the line
	atStart                 // begins the line; it alone is cut
	atEnd                   // ends the line; it alone is cut
	atRest                  // begins the line, which is cut
	atAfter                 // begins the line or, near the end of the text, a sentence; cut to the end of the line
	atText                  // the same; cut to the end of the text
	atList                  // is the line; the headlines after it are cut too
	atUpTo                  // ends the line, which is cut if it is one sentence without its end
)

var phraseAts = []string{"line", "start", "end", "rest", "after", "text", "list", "upto"}

// phraseWhere says in which lines of a text a phrase counts.
type phraseWhere uint8

const (
	anywhere phraseWhere = iota
	inFirst              // nothing stands before
	inHead               // at most a few lines stand before
	inner                // something stands before
	inTail               // at most a few lines stand after
	inLast               // nothing stands after
)

var phraseWheres = []string{"any", "first", "head", "inner", "tail", "last"}

// A phraseEntry is a row of the table.
type phraseEntry struct {
	kind     Kind
	rule     string
	at       phraseAt
	where    phraseWhere
	lines    int  // of a list
	words    int  // of a rest, at most
	inside   bool // may begin at any word of a line near the end
	open     bool // the line must not end as a sentence does
	examples []string
	not      []string
}

// A phrase is a pattern of an entry, compiled.
type phrase struct {
	nodes  []phraseNode
	entry  *phraseEntry
	order  int
	ends   phraseBorder // what it can end with
	most   int          // the words of letters it can take, at most
	closes bool         // ends with a parenthesis, so that it may end with any word before it
}

// phraseFile is the file as YAML has it. The file explains its fields.
type phraseFile struct {
	Lists   map[string]string
	Phrases map[string][]struct {
		Rule, At, Where, Say string
		Lines, Words         int
		Inside, Unfinished   bool
		Examples, Not        []string
	}
}

// DefaultPhrases returns the table that comes with the package. It is compiled at each call, which takes a few milliseconds.
func DefaultPhrases() (*Phrases, error) { return ParsePhrases(bytes.NewReader(phrasesFile)) }

// ParsePhrases reads a table of phrases from YAML; phrases.yaml in this package explains the format. Errors name the rule and say
// what to write instead.
func ParsePhrases(r io.Reader) (*Phrases, error) {
	var file phraseFile
	digest := xxhash.New()
	d := yaml.NewDecoder(io.TeeReader(r, digest))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("phrases: the file is empty: it needs a map \"phrases\" of kinds to entries")
		}
		return nil, fmt.Errorf("phrases: %w (see quality/phrases.yaml for the format)", err)
	}
	p := &Phrases{words: newPhraseWords()}
	c := phraseCompiler{lists: map[string][]string{}, known: map[string][]phraseNode{}, lexer: phraseLexer{words: p.words}}
	for name, list := range file.Lists {
		c.lists[name] = strings.Fields(list)
	}
	for k, name := range kindNames { // in the order of kinds, for a map has none
		for _, row := range file.Phrases[name] {
			e := &phraseEntry{kind: Kind(k), rule: row.Rule, lines: row.Lines, words: row.Words, inside: row.Inside, open: row.Unfinished, examples: row.Examples, not: row.Not}
			if err := e.place(row.At, row.Where); err != nil {
				return nil, err
			}
			if err := p.compile(&c, e, row.Say); err != nil {
				return nil, fmt.Errorf("phrases: rule %q: %w", e.rule, err)
			}
		}
		delete(file.Phrases, name)
	}
	for name := range file.Phrases {
		return nil, fmt.Errorf("phrases: no kind is called %q: write one of %s", name, strings.Join(kindNames[:], ", "))
	}
	if len(p.entries) == 0 {
		return nil, fmt.Errorf("phrases: no entries: it needs a map \"phrases\" of kinds to entries")
	}
	p.index()
	p.id = fmt.Sprintf("%016x", digest.Sum64())
	return p, nil
}

// ID names the table by its content: the XXH64 of the file, hexadecimal.
func (p *Phrases) ID() string { return p.id }

// Limits of what is cut with a phrase, where an entry sets none.
const (
	headlinesInList = 8  // lines after the heading of a list
	wordsInRest     = 40 // of a line that is cut for how it begins
)

func (e *phraseEntry) place(at, where string) error {
	if e.rule == "" {
		return fmt.Errorf("phrases: an entry of kind %q has no rule: give it a short name, such as share-button", e.kind)
	}
	i, j := slices.Index(phraseAts, at), slices.Index(phraseWheres, where)
	if where == "" {
		j = 0
	}
	if i < 0 {
		return fmt.Errorf("phrases: rule %q: at: %q is unknown: write one of %s", e.rule, at, strings.Join(phraseAts, ", "))
	}
	if j < 0 {
		return fmt.Errorf("phrases: rule %q: where: %q is unknown: write one of %s", e.rule, where, strings.Join(phraseWheres, ", "))
	}
	e.at, e.where = phraseAt(i), phraseWhere(j)
	if e.at == atUpTo && (e.where == inTail || e.where == inLast) {
		return fmt.Errorf("phrases: rule %q: at: upto counts anywhere: leave where out", e.rule)
	}
	if e.at == atAfter && e.where != inTail && e.where != inLast {
		return fmt.Errorf("phrases: rule %q: at: after needs where: tail or last; elsewhere use rest", e.rule)
	}
	if e.lines == 0 {
		e.lines = headlinesInList
	}
	if e.words == 0 {
		e.words = wordsInRest
	}
	return nil
}

// endsLine says whether the entry is found by the last word of a line.
func (e *phraseEntry) endsLine() bool { return e.at == atEnd || e.at == atUpTo }

// whole says whether a phrase of the entry must end with the last word of its line.
func (e *phraseEntry) whole() bool { return e.at == atLine || e.at == atList || e.endsLine() }

// nearTail says whether the entry counts only near the end of a text.
func (e *phraseEntry) nearTail() bool { return e.where == inTail || e.where == inLast }

func (p *Phrases) compile(c *phraseCompiler, e *phraseEntry, say string) error {
	p.entries = append(p.entries, e)
	n := 0
	for line := range strings.Lines(say) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		nodes, err := c.compile(line)
		if err != nil {
			return err
		}
		p.phrases = append(p.phrases, &phrase{nodes: nodes, entry: e, order: len(p.phrases), closes: strings.HasSuffix(line, " )")})
		n++
		if err := p.checkBorders(p.phrases[len(p.phrases)-1], line); err != nil {
			return err
		}
	}
	if n == 0 {
		return fmt.Errorf("it says nothing: put its phrases under say, one a line")
	}
	return nil
}

// checkBorders refuses phrases that would have to be tried at every line, or that match no word at all.
func (p *Phrases) checkBorders(f *phrase, pattern string) error {
	first := f.first()
	if first.empty {
		return fmt.Errorf("pattern %q can match nothing: make one element of it compulsory", pattern)
	}
	if first.open && f.entry.where == anywhere {
		return fmt.Errorf("pattern %q begins with any word: name its first word, or set where", pattern)
	}
	if f.entry.endsLine() && f.last().open && !f.closes && f.entry.where == anywhere {
		return fmt.Errorf("pattern %q ends with any word: name its last word, put a parenthesis behind it, or set where", pattern)
	}
	return nil
}
