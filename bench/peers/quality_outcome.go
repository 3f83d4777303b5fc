package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/eval"
	"github.com/corpusctl/corpusctl/report"
)

// outcome is what a tool did to a text.
type outcome struct {
	dropped bool
	rule    string // that dropped it, where the tool tells
	marked  bool   // as truncated
	cut     []bool // of each code point: it was cut out; nil if nothing was
	code    []bool // the same of what the tool calls code; nil if it tells no kinds, or cut none
	kinds   bool   // the tool tells kinds
}

// cutsAny tells whether anything was cut out of any text.
func cutsAny(outcomes []outcome) bool {
	return slices.ContainsFunc(outcomes, func(o outcome) bool { return slices.Contains(o.cut, true) })
}

// readOutcomes reads what an adapter has written about the texts of a set. A text of which nothing is left was dropped.
func readOutcomes(dir string, texts []text) ([]outcome, error) {
	kept, rules := map[string]string{}, map[string]string{}
	err := eachLine(filepath.Join(dir, "kept.jsonl"), func(line []byte) error {
		var r record
		err := json.Unmarshal(line, &r)
		kept[r.ID] = r.Text
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, "dropped.tsv"), func(line []byte) error {
		id, rule, _ := strings.Cut(string(line), "\t")
		rules[id] = rule
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	out := make([]outcome, len(texts))
	for i := range texts {
		left, ok := kept[texts[i].ID]
		if !ok || strings.TrimSpace(left) == "" {
			out[i] = outcome{dropped: true, rule: rules[texts[i].ID]}
		} else if left != texts[i].Text {
			out[i].cut = cutOut(texts[i].Text, left)
		}
	}
	return out, nil
}

// readOwnOutcomes reads a result of corpusctl. A span counts if its kind is one of those that are cut by default.
func readOwnOutcomes(dir string, texts []text) ([]outcome, error) {
	place := map[string]int{}
	for i := range texts {
		place[texts[i].ID] = i
	}
	out := make([]outcome, len(texts))
	err := report.EachDecision(filepath.Join(dir, "out"), func(d *report.Decision) {
		i, ok := place[d.ID]
		if !ok {
			return
		}
		o := outcome{dropped: d.Action == "removed", marked: d.Truncated != "", kinds: true}
		for _, r := range d.Reasons {
			if o.dropped && r.Rule != "truncated" && o.rule == "" {
				o.rule = r.Rule
			}
		}
		n := len([]rune(texts[i].Text))
		for _, s := range d.Spans {
			if !slices.Contains(eval.DefaultKinds(), s.Kind) {
				continue
			}
			if o.cut == nil {
				o.cut, o.code = make([]bool, n), make([]bool, n)
			}
			fill(o.cut, s.Start, s.End)
			if s.Kind == "code" {
				fill(o.code, s.Start, s.End)
			}
		}
		out[i] = o
	})
	return out, err
}
