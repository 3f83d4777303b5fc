package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
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
	ratio       float64 // of the time for one document, to that of the smallest size before and after this run
}

// perDocument is the CPU time for one document in microseconds.
func (g *grown) perDocument() float64 { return g.cpu.Seconds() * 1e6 / float64(g.documents) }

// smallRounds is how often the smallest size is run before and after each other: what a machine does in a second changes within the
// minutes that a large one takes.
const smallRounds = 3

// growth runs dedup over generated corpora, from the smallest to the largest, and over the smallest again after each of them. They are deleted
// as soon as nobody reads them any more.
func (b *bench) growth(list sizes) (err error) {
	list = slices.Sorted(slices.Values(list))
	small, err := b.generate(list[0])
	defer func() { err = errors.Join(err, small.remove()) }()
	if err != nil {
		return err
	}
	near, err := b.rounds(small)
	if err != nil {
		return err
	}
	all, results := slices.Clone(near), []grown{{}}
	for _, n := range list[1:] {
		g, err := b.growTo(n)
		if err != nil {
			return err
		}
		before := near
		if near, err = b.rounds(small); err != nil {
			return err
		}
		beside := middle(slices.Concat(before, near))
		g.ratio = g.perDocument() / beside.perDocument()
		all, results = append(all, near...), append(results, g)
	}
	results[0] = middle(all)
	results[0].ratio = 1
	b.tables = append(b.tables, growthTable(results))
	return nil
}

// rounds runs dedup a few times over the smallest corpus.
func (b *bench) rounds(small *generated) ([]grown, error) {
	var out []grown
	for range smallRounds {
		g, err := b.dedup(small)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// middle is the run of several whose time is the median.
func middle(runs []grown) grown {
	runs = slices.SortedFunc(slices.Values(runs), func(x, y grown) int { return cmp.Compare(x.cpu, y.cpu) })
	return runs[len(runs)/2]
}

// growTo makes a corpus, runs dedup on it, and deletes it.
func (b *bench) growTo(n int) (g grown, err error) {
	c, err := b.generate(n)
	defer func() { err = errors.Join(err, c.remove()) }()
	if err != nil {
		return g, err
	}
	return b.dedup(c)
}

// dedup runs dedup over a corpus. That the run fails is a result.
func (b *bench) dedup(c *generated) (g grown, err error) {
	runs := filepath.Join(c.dir, "runs")
	defer func() { err = errors.Join(err, os.RemoveAll(runs)) }()
	if err := os.MkdirAll(runs, 0o755); err != nil {
		return g, err
	}
	out := filepath.Join(runs, "out")
	g.documents, g.input = c.documents, folderSize(c.corpus)
	watch := watchFolder(runs)
	g.usage, g.failed = b.job("dedup", c.corpus, out, "--memory", fmt.Sprint(int64(growthMemory)))
	g.disk = watch()
	b.record(fmt.Sprintf("Growth/documents=%d", c.documents), g.usage)
	if g.failed != nil {
		fmt.Fprintln(b.out, g.failed)
		return g, nil
	}
	g.score, err = generate.ScoreRun(c.labels, filepath.Join(out, "decisions.jsonl"))
	debug.FreeOSMemory() // labels of millions of documents would count as memory of the next child: see child
	return g, err
}

// generated is a corpus in a folder of its own.
type generated struct {
	dir, corpus, labels string
	documents           int
}

// generate makes a corpus of n documents.
func (b *bench) generate(n int) (*generated, error) {
	dir := filepath.Join(b.dir, "growth-"+shorten(n))
	c := &generated{dir, filepath.Join(dir, "corpus.jsonl"), filepath.Join(dir, "labels.jsonl"), n}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return c, err
	}
	return c, makeCorpus(n, c.corpus, c.labels)
}

func (c *generated) remove() error { return os.RemoveAll(c.dir) }

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
		"times that of the smallest size (median of %d runs before and %d after, so that both had the machine of the same minutes), %s, disk "+
		"at most %.0f times the input (results included), recall and precision the same.", growthSeed, generate.ShortBytes, growthRatio, smallRounds, smallRounds, mib(growthMemory), growthDisk)
	for i := range results {
		g := &results[i]
		size := fmt.Sprintf("%d MB", g.input/1e6)
		if g.failed != nil {
			t.Add(shorten(g.documents), size, "failed: "+g.failed.Error(), "", "", "", "", "", "", "")
			continue
		}
		t.Add(shorten(g.documents), size, fmt.Sprintf("%.1f s", g.wall.Seconds()), fmt.Sprintf("%.1f s", g.cpu.Seconds()),
			fmt.Sprintf("%.1f µs", g.perDocument()), fmt.Sprintf("%.2f", g.ratio), mib(g.peak), fmt.Sprintf("%.2f", float64(g.disk)/float64(g.input)),
			fmt.Sprintf("%.5f", g.score.Recall()), fmt.Sprintf("%.5f", g.score.Precision()))
	}
	return t
}
