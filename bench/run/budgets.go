package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

// budget is what a command may take, in times of gzip -dc of the same corpus.
type budget struct {
	command string
	aim     float64
	hard    float64 // never to be exceeded; 0 = no such bound
}

var budgetList = []budget{{"dedup", 1, 2}, {"clean", 2, 0}}

// peakBound is the most memory that a run of default options may take, in bytes.
const peakBound = 256 << 20

// series are the figures of one command over all rounds.
type series struct {
	wall, cpu, ratio []float64 // seconds; ratio to gzip in the same round
	peak             int64
}

func (s *series) add(u usage, gzip float64) {
	s.wall = append(s.wall, u.wall.Seconds())
	s.cpu = append(s.cpu, u.cpu.Seconds())
	s.ratio = append(s.ratio, u.wall.Seconds()/gzip)
	s.peak = max(s.peak, u.peak)
}

// measure runs gzip and the commands in turn.
func (b *bench) measure(rounds int, commands ...string) (gzip series, jobs map[string]*series, err error) {
	unpack, err := gzipCommand(b.packed)
	if err != nil {
		return gzip, nil, err
	}
	jobs = map[string]*series{}
	for range rounds {
		g, err := child(unpack[0], unpack[1:]...)
		if err != nil {
			return gzip, nil, err
		}
		gzip.add(g, g.wall.Seconds())
		b.record("Gzip", g)
		for _, c := range commands {
			u, err := b.job(c, b.corpus, filepath.Join(b.dir, c))
			if err != nil {
				return gzip, nil, err
			}
			if jobs[c] == nil {
				jobs[c] = &series{}
			}
			jobs[c].add(u, g.wall.Seconds())
			b.record("Job/command="+c, u)
		}
	}
	return gzip, jobs, nil
}

// budgets measures time and peak memory of the commands.
func (b *bench) budgets(rounds int) error {
	gzip, jobs, err := b.measure(rounds, "dedup", "clean")
	if err != nil {
		return err
	}
	t := page.Table{Name: "budgets", Head: []string{"what", "budget", "measured", "spread", "wall", "CPU", "holds"}}
	t.Note = fmt.Sprintf("%s, %.0f MB of plain JSONL, every output file written. Ratios are of wall time to `gzip -dc` of the same corpus in the same round, "+
		"median of %d rounds; spread: the middle half, and all.", b.name, float64(b.bytes)/1e6, rounds)
	t.Add("`gzip -dc`", "", "1", spread(gzip.ratio), seconds(gzip.wall), seconds(gzip.cpu), "")
	for _, want := range budgetList {
		s := jobs[want.command]
		aim := fmt.Sprintf("%.1f", want.aim)
		if want.hard > 0 {
			aim += fmt.Sprintf(", hard limit %.1f", want.hard)
		}
		t.Add("`"+want.command+"`, time", aim, fmt.Sprintf("%.2f", page.Median(s.ratio)), spread(s.ratio), seconds(s.wall), seconds(s.cpu), yes(page.Median(s.ratio) <= want.aim))
	}
	for _, want := range budgetList {
		s := jobs[want.command]
		t.Add("`"+want.command+"`, peak memory", mib(peakBound), mib(s.peak), "", "", "", yes(s.peak <= peakBound))
	}
	b.tables = append(b.tables, t)
	return nil
}

// The bounds of -check. Machines that test are busy: the ratio is generous, memory is not.
const (
	checkRounds = 3
	checkRatio  = 3.0
)

// check fails if dedup takes more than checkRatio times gzip, or a run more than peakBound.
func (b *bench) check() error {
	_, jobs, err := b.measure(checkRounds, "dedup")
	if err != nil {
		return err
	}
	clean, err := b.job("clean", b.corpus, filepath.Join(b.dir, "clean"))
	if err != nil {
		return err
	}
	b.record("Job/command=clean", clean)
	dedup := jobs["dedup"]
	return exceeded(page.Median(dedup.ratio), map[string]int64{"dedup": dedup.peak, "clean": clean.peak})
}

// exceeded tells which bound of -check is exceeded, if one is.
func exceeded(ratio float64, peaks map[string]int64) error {
	if ratio > checkRatio {
		return fmt.Errorf("%w: dedup takes %.2f times as long as gzip -dc; at most %.1f", errExceeded, ratio, checkRatio)
	}
	for _, command := range []string{"dedup", "clean"} {
		if peaks[command] > peakBound {
			return fmt.Errorf("%w: %s takes %s of memory; at most %s", errExceeded, command, mib(peaks[command]), mib(peakBound))
		}
	}
	return nil
}

// spread is the middle half of the figures, and their ends.
func spread(x []float64) string {
	return fmt.Sprintf("%.2f–%.2f (%.2f–%.2f)", page.Quantile(x, 1, 4), page.Quantile(x, 3, 4), slices.Min(x), slices.Max(x))
}

func seconds(x []float64) string { return fmt.Sprintf("%.2f s", page.Median(x)) }

func mib(n int64) string { return fmt.Sprintf("%d MiB", (n+1<<20-1)>>20) }

func yes(ok bool) string {
	if ok {
		return "yes"
	}
	return "**no**"
}
