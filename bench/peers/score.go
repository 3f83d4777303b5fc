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
	p := &peers{options: options{envs: t.Envs}}
	return errors.Join(
		scoreKind(&t, o, kindDuplicates, func() (scorer, error) { return p.duplicatesScorer(t.Corpus) }),
		scoreKind(&t, o, kindSweep, func() (scorer, error) { return p.duplicatesScorer(p.sweepCorpus()) }),
		scoreKind(&t, o, kindQuality, p.qualityScorer))
}

// scorer completes a result from what the tool has written. fs.ErrNotExist says that it was measured elsewhere.
type scorer func(t *tool, s setting, r *result) error

// scoreKind scores the wanted results of one kind. What it is scored against is read only if there are any.
func scoreKind(t *task, o options, kind string, against func() (scorer, error)) error {
	all, err := readResults(t.Results)
	if err != nil {
		return err
	}
	var score scorer
	for _, r := range ofKind(all, kind) {
		tool, setting := find(r.Kind, r.Tool, r.Setting)
		if tool == nil || r.Error != "" || !o.wants(r.Kind, r.Tool, r.Setting) {
			continue
		}
		if score == nil {
			if score, err = against(); err != nil {
				return err
			}
		}
		err := score(tool, setting, &r)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s/%s: %w", r.Tool, r.Setting, err)
		}
		if err := keepResult(t.Results, r); err != nil {
			return err
		}
	}
	return nil
}

// duplicatesScorer scores against the exhaustive truth about a corpus and against labelled pairs.
func (p *peers) duplicatesScorer(corpus string) (scorer, error) {
	c, err := readCorpus(corpus)
	if err != nil {
		return nil, err
	}
	found, err := cachedTruth(corpus+".truth", c)
	if err != nil {
		return nil, err
	}
	labels, err := readLabels()
	if err != nil {
		return nil, err
	}
	alike := newAlike(c, found)
	return func(t *tool, s setting, r *result) error {
		cl, err := p.claims(t, s, r.Corpus, c)
		if err != nil {
			return err
		}
		r.Duplicates = alike.score(cl)
		r.Duplicates.scoreGold(cl, c, labels)
		return nil
	}, nil
}

func (p *peers) claims(t *tool, s setting, corpus string, c *records) (*claims, error) {
	dir := p.outFolder(t, s)
	if t.name == ownName {
		return readOwn(filepath.Join(dir, "out"), corpus, c)
	}
	return readClaims(dir, c)
}

// qualityScorer scores against the labelled sets, and counts what goes of the sample.
func (p *peers) qualityScorer() (scorer, error) {
	sets := map[string][]text{}
	news, err := readTexts(p.setFile(newsSet))
	if err != nil {
		return nil, err
	}
	sets[newsSet] = news
	for name, file := range goldFiles {
		if found, ok := evaldata.Find(file); ok {
			if sets[name], err = readTexts(found); err != nil {
				return nil, err
			}
		}
	}
	return func(t *tool, s setting, r *result) error {
		r.Quality = &quality{}
		for name, texts := range sets {
			read := readOutcomes
			if t.name == ownName {
				read = readOwnOutcomes
			}
			outcomes, err := read(p.setFolder(t, s, name), texts)
			if name == pageSet && errors.Is(err, fs.ErrNotExist) {
				continue // not run: it cuts nothing
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			r.Quality.score(name, texts, outcomes)
		}
		return nil
	}, nil
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
