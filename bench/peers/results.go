package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// result is one line of the raw figures: one tool with one setting.
type result struct {
	Kind    string `json:"kind"` // what is measured: duplicates or quality
	Tool    string `json:"tool"`
	Setting string `json:"setting"`
	Version string `json:"version"`
	Command string `json:"command"`
	Why     string `json:"why"` // what the setting is
	SetUp   int    `json:"set_up_lines"`

	Corpus    string `json:"corpus"`
	Documents int    `json:"documents"`

	Wall  []float64 `json:"wall_s,omitempty"` // seconds of each round
	CPU   []float64 `json:"cpu_s,omitempty"`
	Peak  int64     `json:"peak_bytes,omitempty"` // most of all rounds
	Error string    `json:"error,omitempty"`

	Duplicates *duplicates `json:"duplicates,omitempty"`
	Quality    *quality    `json:"quality,omitempty"`
	page.Machine
}

func readResults(file string) (out []result, err error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReader(f))
	for d.More() {
		var r result
		if err := d.Decode(&r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// ofKind returns the results of one kind in the order of the catalogue, those that it does not have last.
func ofKind(all []result, kind string) (out []result) {
	places := map[string]int{}
	for i := range catalogue {
		for _, s := range catalogue[i].settings {
			places[catalogue[i].kind+"/"+catalogue[i].name+"/"+s.name] = len(places) - 1<<20
		}
	}
	for _, r := range all {
		if r.Kind == kind {
			out = append(out, r)
		}
	}
	place := func(r result) int { return places[r.Kind+"/"+r.Tool+"/"+r.Setting] }
	slices.SortStableFunc(out, func(a, b result) int { return cmp.Compare(place(a), place(b)) })
	return out
}

// keepResult puts a result in the place of the one of the same tool and setting, or at the end.
func keepResult(file string, r result) error {
	all, err := readResults(file)
	if err != nil {
		return err
	}
	same := func(x result) bool { return x.Kind == r.Kind && x.Tool == r.Tool && x.Setting == r.Setting }
	if i := slices.IndexFunc(all, same); i >= 0 {
		all[i] = r
	} else {
		all = append(all, r)
	}
	var s strings.Builder
	e := json.NewEncoder(&s)
	e.SetEscapeHTML(false)
	for _, x := range all {
		if err := e.Encode(x); err != nil {
			return err
		}
	}
	return os.WriteFile(file, []byte(s.String()), 0o644)
}
