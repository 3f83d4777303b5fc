package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/klauspost/compress/zstd"
)

// The texts that quality is measured on.
const (
	newsSet     = "news"      // a sample of the corpus, unlabelled: what goes of each source, and the time it takes
	leftoverSet = "leftovers" // news: what the page left in it, its ends, and whether it is worth keeping, labelled by reading
	codeSet     = "code"      // Arabic articles; real scripts were put into some
	pageSet     = "pages"     // web pages with their code, stripped of tags carelessly
)

// goldFiles are the labelled sets.
var goldFiles = map[string]string{
	leftoverSet: "gold/leftovers-dev.jsonl",
	codeSet:     "gold/adcode-dev.jsonl.zst",
	pageSet:     "gold/webpages-dev.jsonl.zst",
}

// aroundLeftovers are the corpora of the labelled news: what recurs in a source shows in many of its texts only. Those of ANT 2.1 stand alone.
var aroundLeftovers = []string{"corpora/saudinewsnet.jsonl.zst", "corpora/ant-v1.jsonl.zst", "corpora/factcheck-2024.jsonl.zst"}

const (
	aloneCorpus = "ant-v2.1"
	newsSample  = 5000 // documents
	sampleSeed  = "corpusctl"
)

// text is one of a set, with what is labelled in it.
type text struct {
	ID, Source, Corpus, Text string

	Spans     []goldSpan
	Unseen    [][2]int // stretches that the annotator was not shown
	Truncated string
	Prose     *int // 1: worth keeping
	Sure      *int // 0: borderline, left out
	Label     string
}

// goldSpan is [start, end] or [start, end, kind], in code points.
type goldSpan struct {
	start, end int
	kind       string
}

// UnmarshalJSON reads a span from a list.
func (s *goldSpan) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&s.start, &s.end, &s.kind})
}

// setFile is what the tools read of a set: no labels.
func (p *peers) setFile(name string) string { return filepath.Join(p.envs, "sets", name+".jsonl") }

// prepareSets writes the sets. Those whose labels are not here are left out, with a word.
func (p *peers) prepareSets() error {
	if err := os.MkdirAll(filepath.Join(p.envs, "sets"), 0o755); err != nil {
		return err
	}
	news, err := sampleTexts(p.corpus, newsSample)
	if err != nil {
		return err
	}
	p.sets = []string{newsSet}
	p.sampled = len(news)
	if err := writeTexts(p.setFile(newsSet), news); err != nil {
		return err
	}
	for _, name := range []string{leftoverSet, codeSet, pageSet} {
		file, ok := evaldata.Find(goldFiles[name])
		if !ok {
			fmt.Fprintf(p.out, "not measured on %s: it is not in the evaluation data\n", goldFiles[name])
			continue
		}
		texts, err := readTexts(file)
		if err != nil {
			return err
		}
		p.sets = append(p.sets, name)
		if err := writeTexts(p.setFile(name), texts); err != nil {
			return err
		}
		if name == leftoverSet {
			if err := writeWhole(p.setFile(name)+".whole", texts); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeWhole writes the corpora that labelled texts come from, and those of the texts that stand alone. If a corpus is not here, there is no such
// file.
func writeWhole(file string, texts []text) error {
	var out bytes.Buffer
	for _, name := range aroundLeftovers {
		found, ok := evaldata.Find(name)
		if !ok {
			return nil
		}
		plain, err := readPlain(found)
		if err != nil {
			return err
		}
		out.Write(bytes.TrimSpace(plain))
		out.WriteByte('\n')
	}
	e := json.NewEncoder(&out)
	for i := range texts {
		if texts[i].Corpus == aloneCorpus {
			if err := e.Encode(bare(&texts[i])); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

// bare is a text without its labels.
func bare(t *text) any {
	return struct {
		ID     string `json:"id"`
		Source string `json:"source"`
		Text   string `json:"text"`
	}{t.ID, t.Source, t.Text}
}

func writeTexts(file string, texts []text) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for i := range texts {
		if err := e.Encode(bare(&texts[i])); err != nil {
			return err
		}
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

// sampleTexts draws n of the texts of a corpus, by their ids; blank ones are left out.
func sampleTexts(file string, n int) ([]text, error) {
	all, err := readTexts(file)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t text) bool { return strings.TrimSpace(t.Text) == "" })
	drawn := func(t text) uint64 { return xxhash.Sum64String(sampleSeed + t.ID) }
	slices.SortStableFunc(all, func(a, b text) int { return cmp.Compare(drawn(a), drawn(b)) })
	return all[:min(n, len(all))], nil
}

func readTexts(file string) (out []text, err error) {
	plain, err := readPlain(file)
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(plain) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var t text
		if err := json.Unmarshal(line, &t); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, t)
	}
	return out, nil
}

// readPlain reads a file that may be packed with zstd.
func readPlain(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(file, ".zst") {
		return io.ReadAll(f)
	}
	z, err := zstd.NewReader(f)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return io.ReadAll(z)
}
