package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

const (
	command        = "bench/peers"
	readmePage     = "README.md"
	comparisonPage = "docs/COMPARISON.md"
)

// publish prints the tables of all raw figures and, asked to, writes them into the pages.
func (p *peers) publish() error {
	all, err := readResults(p.results)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("%s has no results", p.results)
	}
	var whole, short []page.Table
	if d := ofKind(all, kindDuplicates); len(d) > 0 {
		whole, short = append(whole, costTable(d), foundTable(d)), append(short, shortTable(d))
	}
	if s := ofKind(all, kindSweep); len(s) > 0 {
		whole = append(whole, sweepTable(s))
	}
	if q := ofKind(all, kindQuality); len(q) > 0 {
		whole, short = append(whole, qualityTables(q)...), append(short, shortQualityTable(q))
	}
	for i := range whole {
		fmt.Fprintf(p.out, "\n%s", whole[i].Markdown(""))
	}
	if !p.write {
		return nil
	}
	return errors.Join(
		writePage(filepath.Join(p.root, comparisonPage), whole...),
		writePage(filepath.Join(p.root, readmePage), short...))
}

func writePage(file string, tables ...page.Table) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := string(old)
	for i := range tables {
		if text, err = page.Replace(text, command, tables[i].Name, tables[i].Markdown("")); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// where tells what was measured, where.
func where(all []result) string {
	r := &all[0]
	return fmt.Sprintf("%s, %d documents. %s", r.Corpus, r.Documents, r.Line())
}

func costTable(all []result) page.Table {
	t := page.Table{Name: "cost", Note: where(all) + " Times are medians, from the start of a process to its end; memory is that of all its processes together.",
		Head: []string{"tool", "version", "setting", "wall", "CPU", "peak memory", "times corpusctl's wall", "set-up, lines"}}
	own := ownWall(all)
	for i := range all {
		r := &all[i]
		if r.Error != "" {
			t.Add(r.Tool, r.Version, "**"+r.Setting+"**: "+r.Why, "**"+r.Error+"**", "", "", "", fmt.Sprint(r.SetUp))
			continue
		}
		t.Add(r.Tool, r.Version, "**"+r.Setting+"**: "+r.Why, seconds(r.Wall), seconds(r.CPU), mib(r.Peak), times(page.Median(r.Wall), own), fmt.Sprint(r.SetUp))
	}
	return t
}

func foundTable(all []result) page.Table {
	t := page.Table{Name: "found", Note: where(all),
		Head: []string{"tool", "setting", "removed", "of these lost", "duplicates left", "cut-down documents removed", "near pairs named", "truncated pairs named", "named pairs alike", "gold precision", "gold recall"}}
	for i := range all {
		r := &all[i]
		d := r.Duplicates
		if d == nil {
			continue
		}
		t.Add(r.Tool, r.Setting, fmt.Sprint(d.Removed), fmt.Sprint(d.Lost), fmt.Sprintf("%d of %d", d.Left, d.ToFind), d.Cut.share(),
			d.Near.share(), d.Truncated.share(), d.Right.share(), d.GoldPrecision.share(), d.GoldRecall.share())
	}
	return t
}

// shortTable has one line for each tool: the setting that names most pairs, or leaves least behind.
func shortTable(all []result) page.Table {
	t := page.Table{Name: "peers", Note: where(all) + " Of each tool the setting that leaves fewest duplicates without losing more than it finds.",
		Head: []string{"tool, setting", "wall", "peak memory", "removed, lost", "duplicates left", "near pairs", "truncated pairs", "gold precision, recall"}}
	for i := range all {
		r := &all[i]
		if d := r.Duplicates; d != nil && best(all, r) {
			t.Add(r.Tool+", "+r.Setting, seconds(r.Wall), mib(r.Peak), fmt.Sprintf("%d, %d", d.Removed, d.Lost), fmt.Sprintf("%d of %d", d.Left, d.ToFind),
				d.Near.share(), d.Truncated.share(), d.GoldPrecision.share()+", "+d.GoldRecall.share())
		}
	}
	return t
}

// best tells whether no other setting of the tool does better: documents left and lost count alike. Of corpusctl the default counts.
func best(all []result, r *result) bool {
	if r.Tool == ownName {
		return r.Setting == "default"
	}
	for i := range all {
		o := &all[i]
		if o.Tool == r.Tool && o.Setting != r.Setting && o.Duplicates != nil && o.Duplicates.missed() < r.Duplicates.missed() {
			return false
		}
	}
	return true
}

func ownWall(all []result) float64 {
	for i := range all {
		if all[i].Tool == ownName && all[i].Setting == "default" {
			return page.Median(all[i].Wall)
		}
	}
	return 0
}

// share of nothing, and of what a tool does not tell, is a dash.
func (r *rate) share() string {
	if r == nil || r.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", float64(r.N)/float64(r.Of))
}

func seconds(x []float64) string { return fmt.Sprintf("%.1f s", page.Median(x)) }

func mib(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

func times(a, b float64) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", a/b)
}
