package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/corpusctl/corpusctl/arabic"
)

// corpus holds the folded texts of all files in the order read.
type corpus struct {
	ids    []string
	texts  [][]byte // folded; nil for a text that is left out
	short  int      // texts left out
	broken int      // lines that are not a record with a text
}

// read appends the records of a JSONL file. A broken line is counted and passed over.
func (c *corpus) read(file string, minChars int) error {
	return eachLine(file, func(n int, line []byte) {
		var rec struct {
			ID   json.RawMessage `json:"id"`
			Text *string         `json:"text"`
		}
		if json.Unmarshal(line, &rec) != nil || rec.Text == nil {
			c.broken++
			return
		}
		id := idOf(rec.ID)
		if id == "" {
			id = fmt.Sprintf("%s:%d", file, n)
		}
		text := arabic.AppendFold(nil, []byte(*rec.Text))
		if utf8.RuneCount(text) < minChars {
			c.short++
			text = nil
		}
		c.ids, c.texts = append(c.ids, id), append(c.texts, text)
	})
}

// twice counts the records whose id an earlier record has.
func (c *corpus) twice() int {
	seen := make(map[string]bool, len(c.ids))
	for _, id := range c.ids {
		seen[id] = true
	}
	return len(c.ids) - len(seen)
}

// idOf reads an id that may be a string or a number, without tabs and line breaks, which would break the table.
func idOf(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s)
}

// eachLine calls do with every line that is not blank and its number, from 1; the line may have any length.
func eachLine(file string, do func(n int, line []byte)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			do(n, line)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
}
