package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// stageRuns is how often each benchmark runs; the fastest counts, since whatever else a machine does only makes a stage slower.
const stageRuns = 3

// farFromFloor is how far over its floor a stage may be without a word.
const farFromFloor = 3.0

// reasons say why a stage is far over its floor, by the beginning of its benchmark's name.
var reasons = []struct{ prefix, why string }{
	{"Shingle", "every byte is in seven shingles, each hashed alone as anyone can recompute it: the floor hashes it once"},
	{"Sketch", "folding, and the shingles as above"},
	{"Run", "every candidate is compared on full sets of shingles, then word by word"},
	{"Compare", "a hash table of one text's shingles, probed with the other's"},
	{"Find", "all of the above"},
	{"Write/codec=gzip", "the codec"},
	{"Write/codec=zstd", "the codec"},
	{"Job", "all of the above; the floor only reads"},
	{"Finders/part=signals", "every word is cut out, folded, and counted in n-grams of up to ten"},
	{"Finders/part=phrases", "every word near the ends of a text, and of a line, is folded and looked up"},
	{"Finders", "looks at words, not at bytes"},
	{"Clean/impl=masked", "the phrases"},
	{"Clean", "the sum of the finders"},
	{"Learn", "hashes every line, and parts of it, and counts them by source"},
	{"CleanJob", "all of the above; the floor only reads"},
}

// figures are what one benchmark printed, by unit.
type figures map[string]float64

// stages runs the benchmarks of package bench on the corpus and sets each stage beside its floor.
func (b *bench) stages() error {
	cmd := exec.Command("go", "test", "github.com/corpusctl/corpusctl/bench", "-run", "^$", "-bench", ".", "-benchtime", "1x",
		"-count", fmt.Sprint(stageRuns), "-timeout", "2h", "-corpus", b.corpus)
	text, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", cmd, err, text)
	}
	order, best, err := readBenchmarks(bytes.NewReader(text))
	if err != nil {
		return err
	}
	b.raw = append(b.raw, strings.TrimSpace(string(text)))
	b.tables = append(b.tables, stageTable(b.name, order, best))
	return nil
}

// readBenchmarks returns the names in their order, without the number of processors, and the fastest run of each.
func readBenchmarks(r io.Reader) (order []string, best map[string]figures, err error) {
	best = map[string]figures{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := strings.TrimPrefix(fields[0], "Benchmark")
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			name = name[:i]
		}
		f := figures{}
		for i := 2; i+1 < len(fields); i += 2 {
			if f[fields[i+1]], err = strconv.ParseFloat(fields[i], 64); err != nil {
				return nil, nil, fmt.Errorf("benchmark %s: %w", name, err)
			}
		}
		old, met := best[name]
		if !met {
			order = append(order, name)
		}
		if !met || f["ns/op"] < old["ns/op"] {
			best[name] = f
		}
	}
	return order, best, lines.Err()
}

const floorName = "/impl=floor"

// floorOf returns the floor of a stage: that of its own sub-benchmark, or of the benchmark that holds it.
func floorOf(name string, best map[string]figures) (figures, bool) {
	for {
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return nil, false
		}
		name = name[:i]
		if f, ok := best[name+floorName]; ok {
			return f, true
		}
	}
}

func stageTable(corpus string, order []string, best map[string]figures) page.Table {
	t := page.Table{Name: "stages", Head: []string{"stage", "MB/s", "docs/s", "allocations per document", "floor, MB/s", "times the floor", "why"}}
	t.Note = fmt.Sprintf("`go test ./bench -bench . -corpus %s`, the fastest of %d runs; bench/doc.go tells what each stage takes in and what its floor is.", corpus, stageRuns)
	for _, name := range order {
		floor, ok := floorOf(name, best)
		if !ok || strings.HasSuffix(name, floorName) {
			continue
		}
		f := best[name]
		times := f["ns/op"] / floor["ns/op"]
		why := ""
		if times > farFromFloor {
			why = reasonFor(name)
		}
		documents := f["docs/s"] * f["ns/op"] / 1e9
		allocations := ""
		if documents > 0 {
			allocations = fmt.Sprintf("%.2f", f["allocs/op"]/documents)
		}
		t.Add(strings.TrimSuffix(name, "/impl=own"), fmt.Sprintf("%.0f", f["MB/s"]), fmt.Sprintf("%.0f", f["docs/s"]), allocations,
			fmt.Sprintf("%.0f", floor["MB/s"]), fmt.Sprintf("%.1f", times), why)
	}
	return t
}

// reasonFor returns the reason with the longest fitting prefix.
func reasonFor(name string) (why string) {
	longest := 0
	for _, r := range reasons {
		if rest, ok := strings.CutPrefix(name, r.prefix); ok && (rest == "" || rest[0] == '/') && len(r.prefix) > longest {
			longest, why = len(r.prefix), r.why
		}
	}
	return why
}
