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
	"strings"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/dedup"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

// trial is a run of a job over the sample.
type trial struct {
	command   string
	report    *report.Report
	stats     dedup.Stats
	pairs     []listed
	input     int64   // bytes of the records it read
	documents int     // these, copies included
	cpu       float64 // seconds; 0 where the system does not tell
	files     map[string]int64
	lines     int // of decisions.jsonl
	pairLines int // of pairs.jsonl
}

// listed is a pair of pairs.jsonl, by places in the sample.
type listed struct {
	a, b     int32
	relation string
	drop     string
}

// try runs the jobs over the sample and says what the whole corpus will take.
func (s *subject) try(ctx context.Context, a *Advice, p *plan) (err error) {
	dir, err := os.MkdirTemp(s.opt.TempDir, "corpusctl-advise-*")
	if err != nil {
		return fmt.Errorf("make a folder for the trial: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	input := filepath.Join(dir, "sample.jsonl")
	size, documents, err := s.write(input)
	if err != nil {
		return fmt.Errorf("write the sample for the trial: %w", err)
	}
	for _, command := range []string{"dedup", "clean"} {
		t := &trial{command: command, input: size, documents: documents}
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

// mostCopies is how many copies of a text the trial reads.
const mostCopies = 100

// write writes the sample as JSONL, each text as often as it stands in the corpus.
func (s *subject) write(name string) (size int64, documents int, err error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	for i := range s.Documents {
		for c := range min(s.Documents[i].Copies, mostCopies) {
			line, err := s.line(i, c)
			if err != nil {
				return 0, 0, err
			}
			size += int64(len(line))
			documents++
			if _, err := w.Write(line); err != nil {
				return 0, 0, err
			}
		}
	}
	return size, documents, w.Flush()
}

// line is the record of a copy of a document as a line of JSON, with its place in the sample and its number as its id. It is as long as the record
// was, where that is longer: other fields take time to read, too.
func (s *subject) line(i, copy int) ([]byte, error) {
	d := &s.Documents[i]
	rec := map[string]string{"id": fmt.Sprintf("%d.%d", i, copy), "text": string(d.Text()), "source": s.sources[i], "date": d.Date()}
	line, err := json.Marshal(rec)
	if rest := len(d.Raw) - len(line) - len(`,"rest":""`); rest > 0 && err == nil {
		rec["rest"] = strings.Repeat("x", rest)
		line, err = json.Marshal(rec)
	}
	return append(line, '\n'), err
}

// run runs one job, which knows that it looks at a sample.
func (s *subject) run(ctx context.Context, t *trial, p *plan, input, output string) error {
	opt := job.Options{
		Inputs: []string{input}, Output: output, Dedup: p.options, Workers: s.opt.Workers, Memory: s.opt.Memory,
		Fields: corpus.Fields{Text: "text"}, MaxDocument: 4 * max(corpus.MaxDocument, s.opt.Reading.MaxDocument), // what was read, however it is escaped
	}
	opt.Dedup.Sampled = s.Rate
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
	before := cpuSeconds()
	if t.report, err = do(ctx, opt); err != nil {
		return err
	}
	t.cpu = cpuSeconds() - before
	t.stats, _ = t.report.Comparison.(dedup.Stats)
	if t.files, t.lines, err = sizesOf(output); err != nil {
		return err
	}
	t.pairs, t.pairLines, err = readPairs(filepath.Join(output, "pairs.jsonl"))
	return err
}

// sizesOf returns the sizes of the files of a run, and the lines of its decisions.
func sizesOf(dir string) (sizes map[string]int64, lines int, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, 0, err
	}
	sizes = map[string]int64{}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, 0, err
		}
		if !e.IsDir() {
			sizes[e.Name()] = info.Size()
		}
	}
	decisions, err := os.ReadFile(filepath.Join(dir, "decisions.jsonl"))
	return sizes, bytes.Count(decisions, []byte{'\n'}), err
}

// readPairs reads the pairs of a trial: those of different texts, each once, however many copies there are.
func readPairs(name string) (out []listed, lines int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	seen := map[[2]int32]bool{}
	d := json.NewDecoder(bufio.NewReader(f))
	for ; d.More(); lines++ {
		var p struct{ A, B, Relation, Drop string }
		var a, b int32
		if err := d.Decode(&p); err != nil {
			return nil, 0, fmt.Errorf("pairs of the trial: %w", err)
		}
		for _, id := range []struct {
			to   *int32
			name string
		}{{&a, p.A}, {&b, p.B}} {
			if _, err := fmt.Sscanf(id.name, "%d.", id.to); err != nil {
				return nil, 0, fmt.Errorf("pairs of the trial: %w", err)
			}
		}
		if a == b || seen[[2]int32{a, b}] || seen[[2]int32{b, a}] {
			continue
		}
		seen[[2]int32{a, b}] = true
		out = append(out, listed{a, b, p.Relation, p.Drop})
	}
	return out, lines, nil
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
