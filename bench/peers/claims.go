package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// claims are what a tool said of a corpus, in places of it.
type claims struct {
	kept   []bool
	pairs  map[pair]bool   // pairs that it names as duplicates; nil if it names none
	groups map[int32]int32 // its groups of duplicates; nil if it tells none
}

type pair struct{ a, b int32 }

func pairOf(a, b int32) pair { return pair{min(a, b), max(a, b)} }

// readClaims reads what an adapter has written: the kept records, and pairs or groups where the tool tells them.
func readClaims(dir string, c *records) (*claims, error) {
	out := &claims{kept: make([]bool, len(c.ids))}
	err := eachRecord(filepath.Join(dir, "kept.jsonl"), func(r *record) {
		if i, ok := c.place[r.ID]; ok {
			out.kept[i] = true
		}
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, "pairs.tsv"), func(line []byte) error {
		if out.pairs == nil {
			out.pairs = map[pair]bool{}
		}
		a, b, _ := strings.Cut(string(line), "\t")
		out.pair(c, a, b)
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return out, out.readGroups(filepath.Join(dir, "groups.tsv"), c)
}

// pair takes two ids for a named pair.
func (cl *claims) pair(c *records, a, b string) {
	i, okA := c.place[a]
	j, okB := c.place[b]
	if okA && okB && i != j {
		cl.pairs[pairOf(i, j)] = true
	}
}

// readGroups reads lines of an id and the name of its group.
func (cl *claims) readGroups(file string, c *records) error {
	names := map[string]int32{}
	err := eachLine(file, func(line []byte) error {
		id, name, _ := strings.Cut(string(line), "\t")
		if _, met := names[name]; !met {
			names[name] = int32(len(names))
		}
		if i, ok := c.place[id]; ok {
			if cl.groups == nil {
				cl.groups = map[int32]int32{}
			}
			cl.groups[i] = names[name]
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// readOwn reads a result of corpusctl. Of its pairs those are named as duplicates of which it says that one may go.
func readOwn(dir, corpusName string, c *records) (*claims, error) {
	out := &claims{kept: make([]bool, len(c.ids)), pairs: map[pair]bool{}}
	err := eachRecord(filepath.Join(dir, "kept", corpusName), func(r *record) {
		if i, ok := c.place[r.ID]; ok {
			out.kept[i] = true
		}
	})
	if err != nil {
		return nil, err
	}
	return out, errors.Join(
		eachLine(filepath.Join(dir, "pairs.jsonl"), func(line []byte) error {
			var p struct{ A, B, Drop string }
			if err := json.Unmarshal(line, &p); err != nil {
				return err
			}
			if p.Drop != "none" && p.Drop != "" {
				out.pair(c, p.A, p.B)
			}
			return nil
		}),
		eachLine(filepath.Join(dir, "decisions.jsonl"), func(line []byte) error {
			var d struct {
				ID        string
				Duplicate string `json:"duplicate_of"`
			}
			if err := json.Unmarshal(line, &d); err != nil {
				return err
			}
			out.pair(c, d.ID, d.Duplicate)
			return nil
		}))
}

// says tells whether a tool calls two documents duplicates: it names the pair, or they stand in one of its groups.
func (cl *claims) says(a, b int32) bool {
	if cl.pairs[pairOf(a, b)] {
		return true
	}
	g, okA := cl.groups[a]
	h, okB := cl.groups[b]
	return okA && okB && g == h
}

// tellsPairs is false of a tool that only keeps or removes.
func (cl *claims) tellsPairs() bool { return cl.pairs != nil || cl.groups != nil }
