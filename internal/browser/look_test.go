package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// looks are the ways in which the page is looked at.
var looks = []struct {
	name   string
	width  int64
	scheme string
}{{"1280-light", 1280, "light"}, {"1280-dark", 1280, "dark"}, {"390-light", 390, "light"}, {"390-dark", 390, "dark"}}

// TestLooks opens everything in each width and colour scheme: nothing is wider than the window. With a folder in CORPUSCTL_SCREENSHOTS
// it leaves pictures there, of the corpus in CORPUSCTL_SCREENSHOTS_OF if that names one.
func TestLooks(t *testing.T) {
	ctx := tab(t)
	pictures := os.Getenv("CORPUSCTL_SCREENSHOTS")
	dir := lookedAt(t, pictures)
	for _, l := range looks {
		do(t, ctx, look(l.width, l.scheme), chromedp.Navigate(address(filepath.Join(dir, "report.html"))))
		t.Logf("%s: loaded after %.0f ms", l.name, eval[float64](t, ctx, `performance.getEntriesByType("navigation")[0].loadEventEnd`))
		eval[bool](t, ctx, openAll)
		if wide := eval[[]string](t, ctx, tooWide); len(wide) > 0 {
			t.Errorf("%s: wider than the window: %q", l.name, wide)
		}
		if pictures != "" {
			picture(t, ctx, dir, filepath.Join(pictures, l.name+".png"))
		}
	}
}

// lookedAt is the folder of a run: of the bundled corpus, or for pictures of one that is named, a folder of a finished run included.
func lookedAt(t *testing.T, pictures string) string {
	t.Helper()
	of := os.Getenv("CORPUSCTL_SCREENSHOTS_OF")
	switch _, err := os.Stat(filepath.Join(of, "report.html")); {
	case pictures == "" || of == "":
		return clean(t, bundled)
	case err == nil:
		return of
	}
	return clean(t, of)
}

// tooWide lists what sticks out of the window, but for what scrolls by itself.
const tooWide = `(() => { const w = document.documentElement.clientWidth;
	const out = [...document.querySelectorAll("main *")].filter(e => !e.closest(".scroll > *, svg, .hidden") && e.getBoundingClientRect().right > w + 1).map(e => e.tagName + "." + e.className + " " + e.getBoundingClientRect().right);
	if (document.documentElement.scrollWidth > w) out.push("page " + document.documentElement.scrollWidth);
	return out.slice(0, 5) })()`

// picture saves the whole page, with the first items of the evidence open.
func picture(t *testing.T, ctx context.Context, dir, name string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(address(filepath.Join(dir, "report.html"))))
	eval[bool](t, ctx, `document.querySelectorAll("section.group").forEach(g => g.querySelector("details").open = true), true`)
	content, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestAccessible asks axe-core what keeps people out. CORPUSCTL_AXE names its axe.min.js.
func TestAccessible(t *testing.T) {
	axe := os.Getenv("CORPUSCTL_AXE")
	if axe == "" {
		t.Skip("no axe-core here: npm install axe-core, and name axe.min.js with CORPUSCTL_AXE")
	}
	script, err := os.ReadFile(axe)
	if err != nil {
		t.Fatal(err)
	}
	ctx := tab(t)
	dir := clean(t, bundled)
	for _, l := range looks {
		do(t, ctx, look(l.width, l.scheme), chromedp.Navigate(address(filepath.Join(dir, "report.html"))))
		eval[bool](t, ctx, openAll)
		eval[bool](t, ctx, string(script)+"; true")
		reportFindings(t, l.name, eval[string](t, ctx, `axe.run().then(r => JSON.stringify(r.violations))`))
	}
}

// finding is one of axe's, with the first places it was found in.
type finding struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

func reportFindings(t *testing.T, look, found string) {
	t.Helper()
	var findings []finding
	if err := json.Unmarshal([]byte(found), &findings); err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		message := fmt.Sprintf("%s: %s (%s): %s, %d places, first: %.300s %s", look, f.ID, f.Impact, f.Help, len(f.Nodes), f.Nodes[0].HTML, f.Nodes[0].FailureSummary)
		if f.Impact == "serious" || f.Impact == "critical" {
			t.Error(message)
		} else {
			t.Log(message)
		}
	}
}
