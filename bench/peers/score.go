package main

import (
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/dedup/truth"
	"github.com/corpusctl/corpusctl/internal/evaldata"
)

// labelled are the pairs of SaudiNewsNet that were labelled by reading.
const labelled = "gold/pairs-dev.jsonl"

// scoreAll scores every wanted result whose output lies there.
func scoreAll(file string, o options) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var t task
	if err := json.Unmarshal(text, &t); err != nil {
		return err
	}
	c, err := readCorpus(t.Corpus)
	if err != nil {
		return err
	}
	found, err := cachedTruth(t.Corpus+".truth", c)
	if err != nil {
		return err
	}
	labels, err := readLabels()
	if err != nil {
		return err
	}
	alike := newAlike(c, found)
	all, err := readResults(t.Results)
	if err != nil {
		return err
	}
	p := &peers{options: options{envs: t.Envs}}
	for _, r := range all {
		if r.Kind != kindDuplicates || r.Error != "" || !o.wants(r.Tool, r.Setting) {
			continue
		}
		cl, err := p.claims(&r, c)
		if errors.Is(err, fs.ErrNotExist) {
			continue // measured elsewhere
		}
		if err != nil {
			return fmt.Errorf("%s/%s: %w", r.Tool, r.Setting, err)
		}
		r.Duplicates = alike.score(cl)
		r.Duplicates.scoreGold(cl, c, labels)
		if err := keepResult(t.Results, r); err != nil {
			return err
		}
	}
	return nil
}

func (p *peers) claims(r *result, c *records) (*claims, error) {
	dir := p.outFolder(r.Tool, r.Setting)
	if r.Tool == ownName {
		return readOwn(filepath.Join(dir, "out"), r.Corpus, c)
	}
	return readClaims(dir, c)
}

// cachedTruth is the truth about a corpus, kept beside it: the number of its texts and bytes tell whether it is of this one.
func cachedTruth(file string, c *records) (truth.Result, error) {
	type kept struct {
		Texts, Bytes int
		Found        truth.Result
	}
	want := kept{Texts: len(c.ids)}
	for _, t := range c.texts {
		want.Bytes += len(t)
	}
	if f, err := os.Open(file); err == nil {
		defer f.Close()
		var k kept
		if gob.NewDecoder(f).Decode(&k) == nil && k.Texts == want.Texts && k.Bytes == want.Bytes {
			return k.Found, nil
		}
	}
	found, err := truth.Pairs(c.texts, truthOptions())
	if err != nil {
		return found, err
	}
	want.Found = found
	f, err := os.Create(file)
	if err != nil {
		return found, err
	}
	return found, errors.Join(gob.NewEncoder(f).Encode(want), f.Close())
}

// readLabels returns none where the evaluation data is absent.
func readLabels() (out []label, err error) {
	file, ok := evaldata.Find(labelled)
	if !ok {
		return nil, nil
	}
	err = eachLine(file, func(line []byte) error {
		var l label
		err := json.Unmarshal(line, &l)
		out = append(out, l)
		return err
	})
	return out, err
}
