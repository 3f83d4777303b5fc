package browser

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	labels "github.com/corpusctl/corpusctl/eval"
	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/report"
)

// sheet writes the page of a sample and returns its place.
func sheet(t *testing.T, dir, by string, n int) string {
	t.Helper()
	s, err := report.NewSheet(dir, report.SheetOptions{N: n, By: by, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "sheet.html"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := s.WritePage(f); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// catchSaved makes the page keep what it saves, and nothing else of it: the link is not followed.
const catchSaved = `(() => { HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }; return true })()`

// catchBlob keeps what is saved: the policy of the page forbids to fetch it.
const catchBlob = `(() => { const make = URL.createObjectURL; URL.createObjectURL = b => { window.blob = b; return make.call(URL, b) }; return true })()`

// TestSheet labels two pairs with keys and buttons, saves, and reads the file with eval.
func TestSheet(t *testing.T) {
	ctx := tab(t)
	dir := clean(t, bundled)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(sheet(t, dir, "relation", 20))))
	eval[bool](t, ctx, catchSaved)
	eval[bool](t, ctx, catchBlob)
	do(t, ctx, chromedp.KeyEvent("1"), chromedp.KeyEvent("n"), chromedp.Click(`#choices button[value="shortened"]`),
		chromedp.Click(`#choices button[value="b"]`), chromedp.KeyEvent("u"), chromedp.Click("#save"))
	if got := eval[string](t, ctx, `document.getElementById("progress").textContent`); got != "2 of 20, 2 done" {
		t.Errorf("progress says %q", got)
	}
	r := readBack(t, eval[string](t, ctx, `window.blob.text()`), dir, labels.Pairs)
	if r.Labels.Read != 20 || r.Labels.Compared != 1 || r.Labels.Unsure != 1 || r.Labels.Unlabelled != 18 {
		t.Errorf("read back: %+v", r.Labels)
	}
}

// TestSheetOfSpans throws one span out, adds one by selecting text, and reads the file with eval: offsets are those of the text.
func TestSheetOfSpans(t *testing.T) {
	ctx := tab(t)
	dir := clean(t, bundled)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address(sheet(t, dir, "rule", 30))))
	eval[bool](t, ctx, catchSaved)
	eval[bool](t, ctx, catchBlob)
	eval[bool](t, ctx, `(() => { const all = [...document.querySelectorAll("article.task")]; window.wanted = all.findIndex(a => a.querySelector("mark"));
		for (let i = 0; i < window.wanted; i++) document.getElementById("next").click(); return true })()`)
	want := eval[string](t, ctx, `(() => { const root = document.querySelectorAll("article.task")[window.wanted].querySelector(".text"), texts = [], walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) if (!walk.currentNode.parentNode.closest("mark,.tag") && walk.currentNode.length > 20) texts.push(walk.currentNode);
		const last = texts[texts.length - 1];
		const r = document.createRange(); r.setStart(last, last.textContent.length - 9); r.setEnd(last, last.textContent.length - 2);
		getSelection().removeAllRanges(); getSelection().addRange(r); return r.toString() })()`)
	do(t, ctx, chromedp.Click(`#choices button[value="promo"]`), chromedp.Focus(`article.task:not([hidden]) mark`), chromedp.KeyEvent(" "), chromedp.KeyEvent("1"),
		chromedp.Click(`#choices button[data-field="prose"][value="1"]`), chromedp.Focus(`#save`), chromedp.KeyEvent(kb.Enter))
	content := eval[string](t, ctx, `window.blob.text()`)
	r := readBack(t, content, dir, labels.Spans)
	if r.Labels.Compared != 1 || r.Labels.Unlabelled != 29 {
		t.Errorf("read back: %+v", r.Labels)
	}
	for line := range strings.Lines(content) {
		var l struct {
			Text         string
			Spans, Found [][]any
			Prose        *int
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if l.Prose == nil {
			continue
		}
		if len(l.Spans) != len(l.Found) {
			t.Fatalf("one thrown out and one added: %v of %v", l.Spans, l.Found)
		}
		added := l.Spans[slices.IndexFunc(l.Spans, func(s []any) bool { return s[2] == "promo" })]
		if got := string([]rune(l.Text)[int(added[0].(float64)):int(added[1].(float64))]); got != want || added[2] != "promo" {
			t.Errorf("%q is said to be %v, selected was %q", got, added[2], want)
		}
	}
}

// TestHostileSheet loads sheets of a corpus made of attacks.
func TestHostileSheet(t *testing.T) {
	corpus := hostileCorpus(t)
	dir := clean(t, corpus)
	compared := filepath.Join(t.TempDir(), "compared") // rules of quality remove these texts before they are compared
	if _, err := job.Dedup(context.Background(), job.Options{Inputs: []string{corpus}, Output: compared}); err != nil {
		t.Fatal(err)
	}
	for _, by := range []string{"relation", "rule", "source"} {
		t.Run(by, func(t *testing.T) {
			ctx, dir := tab(t), dir
			if by == "relation" {
				dir = compared
			}
			w := watching(t, ctx)
			do(t, ctx, chromedp.Navigate(address(sheet(t, dir, by, 60))))
			pwned := eval[bool](t, ctx, `document.querySelectorAll("*").forEach(e => e.dispatchEvent(new Event("mouseover"))), "pwned" in window`)
			n := eval[int](t, ctx, `document.querySelectorAll("article.task").length`)
			markup := eval[int](t, ctx, `document.querySelectorAll("img,iframe,link,base,object,embed,textarea,a,[onload],[onerror],[onmouseover],[ontoggle],[style]").length`)
			w.mu.Lock()
			defer w.mu.Unlock()
			if pwned || markup > 0 || n < 10 || len(w.requests) != 1 || len(w.scripts) != 1 || len(w.trouble) > 0 {
				t.Errorf("ran %v, elements %d, tasks %d, requests %q, scripts %q, %q", pwned, markup, n, w.requests, w.scripts, w.trouble)
			}
		})
	}
}

func readBack(t *testing.T, content, dir string, do func(labels.Options) (*labels.Result, error)) *labels.Result {
	t.Helper()
	gold := filepath.Join(t.TempDir(), "labels.jsonl")
	if err := os.WriteFile(gold, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := do(labels.Options{Gold: gold, Run: dir})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
