package advise

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// trial is a run of a job over the sample.
type trial struct {
	command string
	report  *report.Report
	stats   dedup.Stats
	pairs   []listed
	written int64 // bytes of its folder
	input   int64 // bytes of the records it read
}

// listed is a pair of pairs.jsonl, by places in the sample.
type listed struct {
	a, b     int32
	relation string
}

// try runs the jobs over the sample and says what the whole corpus will take.
func (s *subject) try(ctx context.Context, a *Advice, p *plan) (err error) {
	dir, err := os.MkdirTemp(s.opt.TempDir, "corpusctl-advise-*")
	if err != nil {
		return fmt.Errorf("make a folder for the trial: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	input := filepath.Join(dir, "sample.jsonl")
	size, err := s.write(input)
	if err != nil {
		return fmt.Errorf("write the sample for the trial: %w", err)
	}
	for _, command := range []string{"dedup", "clean"} {
		t := &trial{command: command, input: size}
		if err := s.run(ctx, t, p, input, filepath.Join(dir, command)); err != nil {
			return fmt.Errorf("trial of %s on the sample: %w", command, err)
		}
		a.Runs = append(a.Runs, s.predict(t, p))
		if command == "dedup" {
			if a.Recall, err = s.recall(t, p); err != nil {
				return err
			}
			a.Sources = s.templated(t)
		} else {
			a.Sources = s.furnished(t, a.Sources)
			a.Notes = append(a.Notes, s.verdicts(t)...)
		}
	}
	return nil
}

// write writes the sample as JSONL, a record for each text.
func (s *subject) write(name string) (size int64, err error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	for i := range s.Documents {
		line, err := s.line(i)
		if err != nil {
			return 0, err
		}
		size += int64(len(line))
		if _, err := w.Write(line); err != nil {
			return 0, err
		}
	}
	return size, w.Flush()
}

// line is the record of a document as a line of JSON, with its place in the sample as its id.
func (s *subject) line(i int) ([]byte, error) {
	d := &s.Documents[i]
	rec := map[string]any{"id": fmt.Sprint(i), "text": string(d.Text()), "source": s.sources[i], "date": d.Date()}
	if rest := len(d.Raw) - d.Record.Text.End + d.Record.Text.Start; rest > 0 { // as many bytes as the record had, that take as long to read
		rec["rest"] = string(bytes.Repeat([]byte{'x'}, rest))
	}
	line, err := json.Marshal(rec)
	return append(line, '\n'), err
}

// run runs one job. Its caps are smaller by the rate of the sample.
func (s *subject) run(ctx context.Context, t *trial, p *plan, input, output string) error {
	opt := job.Options{
		Inputs: []string{input}, Output: output, Dedup: p.options, Workers: s.opt.Workers, Memory: s.opt.Memory,
		Fields: corpus.Fields{Text: "text"}, MaxDocument: 4 * max(corpus.MaxDocument, s.opt.Reading.MaxDocument), // what was read, however it is escaped
	}
	opt.Dedup.MaxBucket = s.scaledCap(opt.Dedup.MaxBucket)
	opt.Dedup.MaxPosting = s.scaledCap(opt.Dedup.MaxPosting)
	phrases, err := quality.DefaultPhrases()
	if err != nil {
		return err
	}
	do := job.Dedup
	opt.Quality = &quality.Options{Phrases: phrases, Mask: true}
	if t.command == "clean" {
		do, opt.Learn = job.Clean, true
		opt.Quality.Mask = false
		if p.preset != "none" {
			if opt.Quality.Preset, err = quality.LoadPreset(p.preset); err != nil {
				return err
			}
		}
	}
	if t.report, err = do(ctx, opt); err != nil {
		return err
	}
	t.stats, _ = t.report.Comparison.(dedup.Stats)
	if t.written, err = sizeOf(output); err != nil {
		return err
	}
	t.pairs, err = readPairs(filepath.Join(output, "pairs.jsonl"))
	return err
}

// scaledCap is a cap as the sample meets it.
func (s *subject) scaledCap(limit int) int { return max(2, int(float64(limit)*s.Rate+.5)) }

func sizeOf(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// readPairs reads the pairs of a trial, whose ids are places in the sample.
func readPairs(name string) ([]listed, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []listed
	d := json.NewDecoder(bufio.NewReader(f))
	for d.More() {
		var p struct {
			A        int32  `json:"a,string"`
			B        int32  `json:"b,string"`
			Relation string `json:"relation"`
		}
		if err := d.Decode(&p); err != nil {
			return nil, fmt.Errorf("pairs of the trial: %w", err)
		}
		out = append(out, listed{p.A, p.B, p.Relation})
	}
	return out, nil
}

// degrees is the number of pairs that each text is in.
func degrees(pairs []listed, texts int) []int {
	out := make([]int, texts)
	for _, p := range pairs {
		out[p.a]++
		out[p.b]++
	}
	return out
}
