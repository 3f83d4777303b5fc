package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/corpusctl/corpusctl/bench/generate"
	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// The budget of growth.
const (
	growthMemory = 1 << 30
	growthRatio  = 1.2 // of the time per document, largest to smallest size
	growthDisk   = 2.0 // of everything a run has on disk at once, in times of its input
	growthSeed   = 1
)

// sizes is a list of numbers of documents as it is typed: 100k,1m.
type sizes []int

// String returns the sizes as Set takes them.
func (s *sizes) String() string {
	var out []string
	for _, n := range *s {
		out = append(out, shorten(n))
	}
	return strings.Join(out, ",")
}

func shorten(n int) string {
	switch {
	case n%1_000_000 == 0 && n > 0:
		return strconv.Itoa(n/1_000_000) + "m"
	case n%1000 == 0 && n > 0:
		return strconv.Itoa(n/1000) + "k"
	}
	return strconv.Itoa(n)
}

// Set reads a list of sizes.
func (s *sizes) Set(list string) error {
	*s = nil
	for part := range strings.SplitSeq(strings.ToLower(list), ",") {
		digits, unit := part, 1
		if rest, ok := strings.CutSuffix(part, "k"); ok {
			digits, unit = rest, 1000
		} else if rest, ok := strings.CutSuffix(part, "m"); ok {
			digits, unit = rest, 1_000_000
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > math.MaxInt32/unit {
			return fmt.Errorf("%q is no number of documents: write 100k, 1m, 10m", part)
		}
		*s = append(*s, n*unit)
	}
	return nil
}

// grown is what a run over one size took and found.
type grown struct {
	usage
	documents   int
	input, disk int64
	score       generate.Score
	failed      error
}

// perDocument is the CPU time for one document in microseconds.
func (g *grown) perDocument() float64 { return g.cpu.Seconds() * 1e6 / float64(g.documents) }

// growth runs dedup over generated corpora, which are deleted one after the other.
func (b *bench) growth(list sizes) error {
	var results []grown
	for _, n := range list {
		g, err := b.growTo(n)
		if err != nil {
			return err
		}
		if g.failed != nil {
			fmt.Fprintln(b.out, g.failed)
		}
		b.record(fmt.Sprintf("Growth/documents=%d", n), g.usage)
		results = append(results, g)
	}
	b.tables = append(b.tables, growthTable(results))
	return nil
}

// growTo makes a corpus and runs dedup on it. That the run fails is a result, that the corpus cannot be made is not.
func (b *bench) growTo(n int) (g grown, err error) {
	dir := filepath.Join(b.dir, "growth")
	corpus, labels, out := filepath.Join(dir, "corpus.jsonl"), filepath.Join(dir, "labels.jsonl"), filepath.Join(dir, "runs", "out")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return g, err
	}
	if err := makeCorpus(n, corpus, labels); err != nil {
		return g, err
	}
	g.documents, g.input = n, folderSize(corpus)
	watch := watchFolder(filepath.Dir(out))
	g.usage, g.failed = b.job("dedup", corpus, out, "--memory", fmt.Sprint(int64(growthMemory)))
	g.disk = watch()
	if g.failed != nil {
		return g, nil
	}
	g.score, err = generate.ScoreRun(labels, filepath.Join(out, "decisions.jsonl"))
	return g, err
}

func makeCorpus(n int, corpus, labels string) error {
	g, err := generate.New(generate.Options{Seed: growthSeed, Documents: n, Bytes: generate.ShortBytes})
	if err != nil {
		return err
	}
	records, err := os.Create(corpus)
	if err != nil {
		return err
	}
	defer records.Close()
	pairs, err := os.Create(labels)
	if err != nil {
		return err
	}
	defer pairs.Close()
	return cmp.Or(g.Write(records, pairs), records.Close(), pairs.Close())
}

// watchFolder looks every so often how much is stored below a folder. What it returns ends that and tells the most it saw.
func watchFolder(dir string) (stop func() int64) {
	done, most := make(chan struct{}), make(chan int64)
	go func() {
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		peak := int64(0)
		for {
			peak = max(peak, folderSize(dir))
			select {
			case <-tick.C:
			case <-done:
				most <- max(peak, folderSize(dir))
				return
			}
		}
	}()
	return func() int64 { close(done); return <-most }
}

// folderSize adds up the files below a folder. Files that vanish meanwhile do not count.
func folderSize(dir string) (total int64) {
	_ = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			total += info.Size()
		}
		return nil
	})
	return total
}

func growthTable(results []grown) page.Table {
	t := page.Table{Name: "growth", Head: []string{"documents", "input", "wall", "CPU", "CPU per document", "to the smallest", "peak memory", "disk / input", "recall", "precision"}}
	t.Note = fmt.Sprintf("`dedup --memory 1GiB` of generated corpora (package bench/generate, seed %d, %d bytes a text). Budgets: time per document at most %.1f "+
		"times that of the smallest size, %s, disk at most %.0f times the input (results included), recall and precision the same.", growthSeed, generate.ShortBytes, growthRatio, mib(growthMemory), growthDisk)
	for i := range results {
		g := &results[i]
		size := fmt.Sprintf("%d MB", g.input/1e6)
		if g.failed != nil {
			t.Add(shorten(g.documents), size, "failed: "+g.failed.Error(), "", "", "", "", "", "", "")
			continue
		}
		ratio := g.perDocument() / results[0].perDocument()
		t.Add(shorten(g.documents), size, fmt.Sprintf("%.1f s", g.wall.Seconds()), fmt.Sprintf("%.1f s", g.cpu.Seconds()),
			fmt.Sprintf("%.1f µs", g.perDocument()), fmt.Sprintf("%.2f", ratio), mib(g.peak), fmt.Sprintf("%.2f", float64(g.disk)/float64(g.input)),
			fmt.Sprintf("%.5f", g.score.Recall()), fmt.Sprintf("%.5f", g.score.Precision()))
	}
	return t
}
