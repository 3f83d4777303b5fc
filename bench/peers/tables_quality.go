package main

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

func qualityTables(all []result) []page.Table {
	return []page.Table{qualityCostTable(all), leftoverTable(all), codeTable(all), pageTable(all), sourceTable(all)}
}

func qualityCostTable(all []result) page.Table {
	t := page.Table{Name: "quality-cost", Note: where(all) + " Times are medians for a MB (a million bytes of text), the start of the processes within; memory is that of all processes together.",
		Head: []string{"tool", "version", "setting", "wall for a MB", "CPU for a MB", "peak memory", "set-up, lines"}}
	for i := range all {
		r := &all[i]
		what := "**" + r.Setting + "**: " + r.Why
		if r.Error != "" {
			t.Add(r.Tool, r.Version, what, "**"+r.Error+"**", "", "", fmt.Sprint(r.SetUp))
			continue
		}
		t.Add(r.Tool, r.Version, what, r.forMegabyte(r.Wall), r.forMegabyte(r.CPU), mib(r.Peak), fmt.Sprint(r.SetUp))
	}
	return t
}

// forMegabyte is the time for a million bytes of text.
func (r *result) forMegabyte(times []float64) string {
	if r.Quality == nil || r.Quality.NewsBytes == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f s", page.Median(times)/(float64(r.Quality.NewsBytes)/1e6))
}

// each calls do with every result that was scored on a set.
func each(all []result, set func(*quality) *goldScore, do func(*result, *goldScore)) {
	for i := range all {
		if q := all[i].Quality; q != nil && set(q) != nil {
			do(&all[i], set(q))
		}
	}
}

func leftoverTable(all []result) page.Table {
	t := page.Table{Name: "quality-leftovers", Note: "Labelled news: what page leftovers, truncation and worth are was told by reading.",
		Head: []string{"tool", "setting", "good articles dropped", "most by", "not worth keeping, dropped", "truncated, dropped or marked",
			"cut: precision", "cut: recall", "articles without leftovers changed", "leftovers gone", "good text gone"}}
	each(all, func(q *quality) *goldScore { return q.Leftovers }, func(r *result, g *goldScore) {
		t.Add(r.Tool, r.Setting, g.Worth.of(), mostly(g.Rules), g.NoProse.of(), g.Truncated.of(), g.precision(), g.recall(), g.changed(), g.Gone.share(), g.Lost.share())
	})
	return t
}

func codeTable(all []result) page.Table {
	t := page.Table{Name: "quality-code", Note: "Arabic articles, real ad and tracking scripts put into some of them.",
		Head: []string{"tool", "setting", "articles without code dropped", "articles with code dropped", "kept and freed of it", "cut: precision", "cut: recall",
			"articles without code changed", "other text gone"}}
	each(all, func(q *quality) *goldScore { return q.Code }, func(r *result, g *goldScore) {
		t.Add(r.Tool, r.Setting, g.Worth.of(), g.Coded.of(), g.Freed.of(), g.precision(), g.recall(), g.changed(), g.Lost.share())
	})
	return t
}

// pageTable has the tools that cut anything out of the pages: rules for Arabic only drop them.
func pageTable(all []result) page.Table {
	t := page.Table{Name: "quality-pages", Note: "Web pages, mostly German and English, stripped of their tags but not of their code.",
		Head: []string{"tool", "setting", "pages dropped", "cut: precision", "cut: recall", "code gone", "other text gone"}}
	each(all, func(q *quality) *goldScore { return q.Pages }, func(r *result, g *goldScore) {
		if g.cuts() {
			t.Add(r.Tool, r.Setting, g.Worth.of(), g.precision(), g.recall(), g.Gone.share(), g.Lost.share())
		}
	})
	return t
}

// sourceTable says what goes of each source.
func sourceTable(all []result) page.Table {
	var sources []string
	for i := range all {
		if q := all[i].Quality; q != nil {
			sources = slices.Sorted(maps.Keys(q.News))
		}
	}
	t := page.Table{Name: "quality-sources", Note: where(all) + " Of a hundred articles of each source, those that are dropped.",
		Head: slices.Concat([]string{"tool", "setting", "all"}, sources, []string{"most by"})}
	for i := range all {
		r := &all[i]
		if r.Quality == nil {
			continue
		}
		cells := []string{r.Tool, r.Setting, r.Quality.all().percent()}
		for _, s := range sources {
			cells = append(cells, r.Quality.News[s].percent())
		}
		t.Add(append(cells, mostly(r.Quality.NewsRules))...)
	}
	return t
}

// shortQualityTable has the settings that a user would take for Arabic news, or that the tool's documentation shows.
func shortQualityTable(all []result) page.Table {
	t := page.Table{Name: "quality", Note: where(all),
		Head: []string{"tool, setting", "for a MB", "good articles dropped", "not worth keeping, dropped", "leftovers gone", "good text gone", "articles freed of code", "dropped of a newspaper, most"}}
	shown := []string{ownName + ", default", "datatrove, fineweb2-arabic", "datatrove, c4", "dolma, gopher-any-language", "dolma, c4", "jusText, documented", "trafilatura, documented"}
	for i := range all {
		r := &all[i]
		q := r.Quality
		if q == nil || q.Leftovers == nil || q.Code == nil || !slices.Contains(shown, r.Tool+", "+r.Setting) {
			continue
		}
		g := q.Leftovers
		t.Add(r.Tool+", "+r.Setting, r.forMegabyte(r.Wall), g.Worth.of(), g.NoProse.of(), g.Gone.share(), g.Lost.share(), q.Code.Freed.of(), q.worst())
	}
	return t
}

// worst is the source of which most goes.
func (q *quality) worst() string {
	most := ""
	for _, s := range slices.Sorted(maps.Keys(q.News)) {
		if most == "" || q.News[s].value() > q.News[most].value() {
			most = s
		}
	}
	if q.News[most].N == 0 {
		return "–"
	}
	return q.News[most].percent() + "% of " + most
}

// mostly is the rule of the most, with its number; ties go by name.
func mostly(rules map[string]int) string {
	most := ""
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		if rule != "" && (most == "" || rules[rule] > rules[most]) {
			most = rule
		}
	}
	if most == "" {
		return "–"
	}
	return fmt.Sprintf("%s %d", most, rules[most])
}

func (g *goldScore) cuts() bool { return g.Cut.Right+g.Cut.Wrong > 0 }

// ifCuts is a dash of a tool that cuts nothing.
func (g *goldScore) ifCuts(s string) string {
	if !g.cuts() {
		return "–"
	}
	return s
}

func (g *goldScore) precision() string { return g.ifCuts(figure(g.Cut.Precision())) }

func (g *goldScore) recall() string { return g.ifCuts(figure(g.Cut.Recall())) }

func (g *goldScore) changed() string { return g.ifCuts(g.Touched.of()) }

// figure of nothing is a dash.
func figure(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	return fmt.Sprintf("%.3f", x)
}

// of tells small numbers as they are.
func (r rate) of() string { return fmt.Sprintf("%d of %d", r.N, r.Of) }

func (r rate) value() float64 {
	if r.Of == 0 {
		return 0
	}
	return float64(r.N) / float64(r.Of)
}

func (r rate) percent() string { return fmt.Sprintf("%.1f", 100*r.value()) }
