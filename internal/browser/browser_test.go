// Package browser looks at report.html in a real browser: what runs, what is asked of the network, what can be clicked, whether
// everybody can use it. It is a module of its own, so that whoever imports corpusctl does not meet a browser's protocol.
package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/debugger"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
)

// chromium is the path of the browser; without one the test is skipped.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CORPUSCTL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	t.Skip("no chromium here: apt-get install chromium, or name it with CORPUSCTL_CHROMIUM")
	return ""
}

// tab opens an empty tab of a browser of its own.
func tab(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	do(t, ctx, chromedp.Navigate("about:blank"))
	return ctx
}

// watch counts what a tab does.
type watch struct {
	mu       sync.Mutex
	requests []string
	scripts  []string // those of pages, by address
	trouble  []string // dialogs, errors, downloads
}

func watching(t *testing.T, ctx context.Context) *watch {
	t.Helper()
	w := &watch{}
	err := chromedp.Listen(ctx, func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			w.requests = append(w.requests, e.Request.URL)
		case *debugger.EventScriptParsed:
			if e.URL != "" { // without one it is what this test evaluates
				w.scripts = append(w.scripts, e.URL)
			}
		case *page.EventJavascriptDialogOpening:
			w.trouble = append(w.trouble, "dialog: "+e.Message)
			go chromedp.Do(ctx, command(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}))
		case *runtime.EventExceptionThrown:
			w.trouble = append(w.trouble, "exception: "+e.ExceptionDetails.Text)
		case *page.EventWindowOpen:
			w.trouble = append(w.trouble, "window: "+e.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, command(debugger.Enable, debugger.EnableParams{}), command(network.Enable, network.EnableParams{}))
	return w
}

// address of a file.
func address(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// clean runs a whole job over inputs and returns the folder it wrote.
func clean(t *testing.T, inputs ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if _, err := job.Clean(context.Background(), job.Options{Inputs: inputs, Output: out, Learn: true, Quality: &quality.Options{Preset: preset(t)}}); err != nil {
		t.Fatal(err)
	}
	return out
}

func preset(t *testing.T) *quality.Preset {
	t.Helper()
	p, err := quality.LoadPreset("news-ar")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const bundled = "../../testdata/news"

// decision is what the tests compare of a line of decisions.jsonl.
type decision struct {
	ID          string  `json:"id"`
	Action      string  `json:"action"`
	DuplicateOf string  `json:"duplicate_of"`
	Relation    string  `json:"relation"`
	Jaccard     float64 `json:"jaccard"`
	Containment float64 `json:"containment"`
	Spans       []struct {
		Kind, Rule, Text string
		Cut              bool
	} `json:"spans"`
}

func decisions(t *testing.T, dir string) map[string]decision {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "decisions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]decision{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var d decision
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		out[d.ID] = d
	}
	return out
}

// action is something done in a tab.
type action = chromedp.Action[chromedp.Void]

// do does things in a tab.
func do(t *testing.T, ctx context.Context, actions ...action) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval returns what an expression gives in a tab.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// command makes an action of a command of the protocol.
func command[P, R any](c cdp.Command[P, R], params P) action {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// look sets the width of the window and the colour scheme.
func look(width int64, scheme string) action {
	return chromedp.Steps(chromedp.EmulateViewport(width, 900),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}))
}

// openAll opens whatever can be opened.
const openAll = `document.querySelectorAll("details").forEach(d => d.open = true), true`

// folded puts white space together.
func folded(s string) string { return strings.Join(strings.Fields(s), " ") }
