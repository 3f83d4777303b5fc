package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shownItem is what the browser shows of an item of the evidence.
type shownItem struct {
	ID, Action, Relation string
	Open                 bool
	Lead, Body           string
	Deleted              []string
}

// visibleItems lists the items that are shown, as the browser sees them.
const visibleItems = `[...document.querySelectorAll("details.item")].filter(e => e.checkVisibility()).map(e => ({
	ID: e.dataset.id, Action: e.dataset.what, Relation: e.dataset.relation,
	Open: e.open, Lead: e.querySelector(".lead").textContent, Body: e.innerText, Deleted: [...e.querySelectorAll("del.cut")].map(d => d.textContent)}))`

// TestEvidence clicks through the evidence browser and holds what it shows against decisions.jsonl.
func TestEvidence(t *testing.T) {
	ctx := tab(t)
	dir := clean(t, bundled)
	want := decisions(t, dir)
	w := watching(t, ctx)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(filepath.Join(dir, "report.html"))))
	all := eval[[]shownItem](t, ctx, visibleItems)
	choose(t, ctx, "relation", "shortened")
	filtered := eval[[]shownItem](t, ctx, visibleItems)
	do(t, ctx, chromedp.Click("#next"), chromedp.Click("#next"))
	stepped, count := eval[[]shownItem](t, ctx, visibleItems), eval[string](t, ctx, `document.getElementById("count").textContent`)
	choose(t, ctx, "relation", "")
	choose(t, ctx, "rule", "code: script")
	do(t, ctx, chromedp.Click("#previous"))
	after := eval[[]shownItem](t, ctx, visibleItems)

	if len(all) < 50 {
		t.Fatalf("%d items", len(all))
	}
	for _, it := range all {
		checkItem(t, it, want)
	}
	shortened := 0
	for _, it := range all {
		if it.Relation == "shortened" {
			shortened++
		}
	}
	if len(filtered) != shortened || shortened == 0 {
		t.Errorf("filtered by relation: %d items, want %d", len(filtered), shortened)
	}
	for i, it := range stepped {
		if it.Open != (i == 1) {
			t.Errorf("after two steps item %d is open: %v", i, it.Open)
		}
	}
	if count != fmt.Sprintf("%d of %d, at 2", shortened, len(all)) {
		t.Errorf("the count says %q", count)
	}
	checkPair(t, stepped[1], want)
	checkCuts(t, after, want)
	if len(w.trouble) > 0 {
		t.Error(w.trouble)
	}
}

// choose sets a filter as a user does.
func choose(t *testing.T, ctx context.Context, name, value string) {
	t.Helper()
	if !eval[bool](t, ctx, fmt.Sprintf(`(() => { const f = document.getElementById("filter").elements[%q]; f.value = %q;
		f.dispatchEvent(new Event("input", {bubbles: true})); return f.value === %q })()`, name, value, value)) {
		t.Errorf("%s cannot be %q", name, value)
	}
}

// checkItem compares what every item says with the decision.
func checkItem(t *testing.T, it shownItem, want map[string]decision) {
	t.Helper()
	if it.Action == "both stay" {
		return
	}
	d, ok := want[it.ID]
	if !ok || d.Action != it.Action || d.Relation != it.Relation {
		t.Errorf("%s: the page says %s %s, the file %s %s", it.ID, it.Action, it.Relation, d.Action, d.Relation)
	}
	if d.Relation != "" && it.Lead != fmt.Sprintf("C %.3f  J %.3f", d.Containment, d.Jaccard) {
		t.Errorf("%s: the page says %q, the file %.3f %.3f", it.ID, it.Lead, d.Containment, d.Jaccard)
	}
}

// checkPair looks at an open pair.
func checkPair(t *testing.T, it shownItem, want map[string]decision) {
	t.Helper()
	d := want[it.ID]
	for _, part := range []string{d.ID, d.DuplicateOf, fmt.Sprintf("%.1f%%", 100*d.Containment), "removed", "kept"} {
		if !strings.Contains(it.Body, part) {
			t.Errorf("the open pair does not say %q:\n%s", part, it.Body)
		}
	}
}

// checkCuts looks at repaired documents: what was cut is struck through.
func checkCuts(t *testing.T, shown []shownItem, want map[string]decision) {
	t.Helper()
	if len(shown) == 0 {
		t.Error("no items with code: script")
	}
	open := 0
	for _, it := range shown {
		if it.Open {
			open++
		}
		var cut []string
		for _, s := range want[it.ID].Spans {
			if s.Cut {
				cut = append(cut, folded(s.Text))
			}
		}
		if len(cut) != len(it.Deleted) {
			t.Errorf("%s: %d struck through, want %d", it.ID, len(it.Deleted), len(cut))
			continue
		}
		for i, s := range it.Deleted {
			if folded(s) != cut[i] && !strings.Contains(s, "…") {
				t.Errorf("%s: %q is struck through, want %q", it.ID, s, cut[i])
			}
		}
	}
	if open != 1 {
		t.Errorf("%d items are open, want the one stepped to", open)
	}
}

// TestKeyboard sorts a table and opens an item with keys alone.
func TestKeyboard(t *testing.T) {
	ctx := tab(t)
	dir := clean(t, bundled)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(filepath.Join(dir, "report.html"))),
		chromedp.Focus(`#sources th:nth-child(4) button`), chromedp.KeyEvent(kb.Enter))
	sorted := eval[string](t, ctx, `document.querySelector("#sources th:nth-child(4)").getAttribute("aria-sort")`)
	names := eval[[]string](t, ctx, `[...document.querySelector("#sources table").tBodies[0].rows].map(r => r.cells[3].textContent)`)
	do(t, ctx, chromedp.Focus(`#e1 summary`), chromedp.KeyEvent(kb.Enter))
	open := eval[bool](t, ctx, `document.getElementById("e1").open`)
	if sorted != "descending" || !open {
		t.Errorf("sorted %q, open %v", sorted, open)
	}
	for i := 1; i < len(names); i++ {
		if len(names[i-1]) < len(names[i]) || len(names[i-1]) == len(names[i]) && names[i-1] < names[i] {
			t.Errorf("not sorted: %q", names)
		}
	}
}

// TestWithoutScript reads the page with scripts off: all is there and can be opened.
func TestWithoutScript(t *testing.T) {
	ctx := tab(t)
	dir := clean(t, bundled)
	do(t, ctx, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(filepath.Join(dir, "report.html"))),
		chromedp.Click(`#e1 summary`), chromedp.WaitVisible(`#e1 .diff`))
}
