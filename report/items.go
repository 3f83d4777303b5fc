package report

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
)

// groupView is a part of the evidence: what is shown of one rule or relation.
type groupView struct {
	Title, Name, About string
	Seen               string
	Items              []itemView
}

// itemView is one decision as the page shows it.
type itemView struct {
	Key      string // its anchor
	Action   string
	Relation string
	Names    []string // rules and relations it can be found by
	Measure  string   // what its distance to the threshold is taken from
	Lead     string   // the numbers in the line that is always shown
	sideView
	Partner *sideView
	Reasons []string
	Body    template.HTML
}

// sideView is one document.
type sideView struct {
	ID, Source, Date, Where string
}

var groupTitles = [groups]string{"Removed: ", "Both stay: ", "Rejected: ", "Repaired: ", "Truncated: "}

var stayingMeanings = map[string]string{
	"revised":  "the same base, both have material of their own",
	"template": "the same formula with other facts",
}

// evidence lays out the items by rule and relation.
func (v *view) evidence(s *shown, opt PageOptions) {
	seen := map[string]int{}
	for _, st := range s.strata {
		seen[groupTitles[st.group]+st.name] = st.seen
	}
	rules, relations := map[string]bool{}, map[string]bool{}
	all := newItems(s.items, opt)
	for i, it := range all {
		title := groupTitles[s.items[i].group] + it.Names[0]
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != visible(title) {
			v.Groups = append(v.Groups, newGroup(title, it.Names[0], seen[title]))
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Items = append(g.Items, it)
		for _, name := range it.Names {
			if s.items[i].group > groupStaying {
				rules[name] = true
			}
		}
		if it.Relation != "" {
			relations[it.Relation] = true
		}
	}
	slices.SortStableFunc(v.Groups, func(a, b groupView) int { return groupRank(a.Title) - groupRank(b.Title) })
	v.Rules, v.Relations, v.Names, v.Shown = sortedKeys(rules), sortedKeys(relations), sourcesOf(all), len(all)
	v.Filtered = opt.filtered()
}

// groupRank is the place of a group by its title.
func groupRank(title string) int {
	return slices.IndexFunc(groupTitles[:], func(t string) bool { return len(title) >= len(t) && title[:len(t)] == t })
}

func newGroup(title, name string, seen int) groupView {
	g := groupView{Title: visible(title), Name: visible(name), About: meanings[name]}
	if about := stayingMeanings[name]; about != "" {
		g.About = about
	}
	if seen > 0 {
		g.Seen = grouped(seen)
	}
	return g
}

func (o *PageOptions) filtered() string {
	switch {
	case o.Source != "" && o.Rule != "":
		return "Only documents of " + visible(o.Source) + " and the rule " + visible(o.Rule) + "."
	case o.Source != "":
		return "Only documents of " + visible(o.Source) + "."
	case o.Rule != "":
		return "Only the rule " + visible(o.Rule) + "."
	}
	return ""
}

// newItems lays out the items. Comparing texts word by word is half of the work of the page, and each pair is on its own.
func newItems(items []item, opt PageOptions) []itemView {
	out := make([]itemView, len(items))
	inParallel(len(items), func(i int) error {
		out[i] = newItem(&items[i], i, opt)
		return nil // none fails
	})
	return out
}

func newItem(it *item, n int, opt PageOptions) itemView {
	out := itemView{Key: "e" + strconv.Itoa(n+1)}
	for _, name := range it.names {
		out.Names = append(out.Names, visible(name))
	}
	if it.pair != nil {
		out.pair(it)
	} else {
		out.decision(it)
	}
	out.Body = it.body(opt.dryRun)
	return out
}

func side(p Place, d *document) sideView {
	return sideView{visible(p.ID), sourceName(d.source), visible(d.date), visible(p.File) + ":" + strconv.Itoa(p.Line)}
}

func (v *itemView) pair(it *item) {
	p := it.pair
	v.Action, v.Relation = "both stay", p.Relation
	v.sideView = side(p.A, it.doc)
	partner := side(p.B, it.partner)
	v.Partner = &partner
	v.measured(max(p.ContainmentA, p.ContainmentB), p.Jaccard)
	v.Reasons = []string{fmt.Sprintf("%.1f%% of the first stand in the second, %.1f%% of the second in the first; Jaccard %.3f", 100*p.ContainmentA, 100*p.ContainmentB, p.Jaccard)}
}

func (v *itemView) measured(containment, jaccard float64) {
	v.Measure = strconv.FormatFloat(containment, 'f', 4, 64)
	v.Lead = fmt.Sprintf("C %.3f  J %.3f", containment, jaccard)
}

func (v *itemView) decision(it *item) {
	d := it.d
	v.Action, v.Relation = visible(d.Action), visible(d.Relation)
	v.sideView = side(d.place(), it.doc)
	if it.partner != nil {
		partner := side(Place{ID: d.DuplicateOf, File: d.DuplicateFile, Line: d.DuplicateLine}, it.partner)
		v.Partner = &partner
		v.measured(d.Containment, d.Jaccard)
		v.Reasons = append(v.Reasons, fmt.Sprintf("%.1f%% of the removed text's shingles stand in the kept one; Jaccard %.3f", 100*d.Containment, d.Jaccard))
	}
	for _, r := range d.Reasons {
		v.reason(r)
	}
}

// reason says why in words; the rules of duplicates are said by their measures.
func (v *itemView) reason(r Reason) {
	switch {
	case r.Rule == "truncated" && r.Evidence != "":
		v.Reasons = append(v.Reasons, "truncated, "+visible(r.Kind)+": "+visible(excerpt(r.Evidence)))
	case r.Rule == "truncated":
		v.Reasons = append(v.Reasons, "truncated, "+visible(r.Kind))
	case r.Rule == "duplicate" || r.Rule == "exact-copy":
	default:
		if v.Measure == "" && visible(r.Rule) == v.Names[0] {
			v.Measure = strconv.FormatFloat(r.Value, 'f', 4, 64)
			v.Lead = fmt.Sprintf("%s %.4g, threshold %.4g", visible(r.Kind), r.Value, r.Threshold)
		}
		v.Reasons = append(v.Reasons, fmt.Sprintf("rule %s: %s is %.4g, the threshold %.4g", visible(r.Rule), visible(r.Kind), r.Value, r.Threshold))
	}
}

// body shows the texts.
func (it *item) body(dryRun bool) template.HTML {
	var m markup
	switch {
	case !it.doc.found || it.partner != nil && !it.partner.found:
		m.raw(`<p class="note">The text cannot be read again: the input is gone, or was standard input in a dry run.</p>`)
	case it.partner != nil:
		m.sideBySide(it.doc.text, it.partner.text)
	default:
		m.marked(it.original(dryRun), it.d, it.doc.tail == "")
		if it.doc.tail != "" && it.d.Truncated == "end" {
			m.raw(`<div class="text" dir="auto"><span class="gap" dir="ltr">…</span> `)
			m.text(it.doc.tail)
			m.raw(`</div>`)
		}
	}
	return m.html()
}
