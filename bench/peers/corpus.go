package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
	"github.com/corpusctl/corpusctl/dedup/truth"
)

// minChars is the length of a folded text below which nothing is said of it: too short to tell a copy from a formula.
const minChars = 200

// records are what scoring knows of a corpus.
type records struct {
	ids   []string
	place map[string]int32
	texts [][]byte // folded; nil for those that are too short
}

func readCorpus(file string) (*records, error) {
	c := &records{place: map[string]int32{}}
	err := eachRecord(file, func(r *record) {
		text := arabic.AppendFold(nil, []byte(r.Text))
		if utf8.RuneCount(text) < minChars {
			text = nil
		}
		c.place[r.ID] = int32(len(c.ids))
		c.ids, c.texts = append(c.ids, r.ID), append(c.texts, text)
	})
	return c, err
}

// truthOptions asks for every pair that any rate needs: C below half is what no rate calls right.
func truthOptions() truth.Options {
	return truth.Options{K: 9, MinJaccard: nearJaccard, MinContainment: halfHeld}
}

type record struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// eachRecord reads JSON lines of any length. What is no record stops it: adapters and labels have none.
func eachRecord(file string, do func(*record)) error {
	return eachLine(file, func(line []byte) error {
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		do(&r)
		return nil
	})
}

// eachLine calls do with every line that is not blank.
func eachLine(file string, do func([]byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	for {
		line, err := r.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := do(line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
