package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// attacks would run a script, ask the network, or lie about what is written, if any of them became markup.
var attacks = []string{
	`<script>window.pwned=1</script>`, `</script><script>window.pwned=1</script>`, `<img src=x onerror=window.pwned=1>`,
	`"><svg onload=window.pwned=1>`, `'><iframe src="http://127.0.0.1:9/frame">`, `<a href="javascript:window.pwned=1">here</a>`,
	`javascript:window.pwned=1`, `</style><style>@import "http://127.0.0.1:9/style"</style>`, `<link rel=stylesheet href=http://127.0.0.1:9/link>`,
	`<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/refresh">`, `<base href="http://127.0.0.1:9/">`, `</textarea></title></noscript><img src=http://127.0.0.1:9/img>`,
	`<details open ontoggle=window.pwned=1>`, `{{.}}{{printf "%s" .}}`, `<!--`, `-->`, `]]>`, `&lt;script&gt;window.pwned=1&lt;/script&gt;`, `\u003cscript>window.pwned=1</script>`,
	"a\u202eb\u2066c", "\x1b[31mred\x1b]0;title\x07", "nul\x00byte", "` + \"${window.pwned=1}\" + `", `onmouseover="window.pwned=1" x="`, "line\u2028end\u2029",
}

// hostileCorpus puts each attack in texts, ids, sources, dates and names of files. Of each text there is a copy, so that it is compared too.
func hostileCorpus(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, attack := range attacks {
		var b strings.Builder
		body := strings.Repeat(fmt.Sprintf("أعلنت الوزارة رقم %d عن خطة جديدة لتطوير الطرق في المدينة خلال العام المقبل. ", i), 1)
		for n := range 40 {
			body += fmt.Sprintf("وقال الوزير رقم %d إن البند %d من المشروع سيكتمل في موعده. ", i, n*n+i)
		}
		for copy, text := range []string{attack + " " + body + attack, body + " خاتمة " + attack, attack,
			attack + " googletag.cmd.push(function() { googletag.display('" + attack + "'); }); " + body + " اقرأ أيضا: " + attack} {
			line, err := json.Marshal(map[string]string{"id": attack + fmt.Sprint(copy), "source": attack, "date": attack, "text": text})
			if err != nil {
				t.Fatal(err)
			}
			b.Write(line)
			b.WriteByte('\n')
		}
		b.WriteString(attack + "\n") // a record for the quarantine
		name := strings.NewReplacer("/", "_", "\x00", "").Replace(attack)
		if len(name) > 100 {
			name = name[:100]
		}
		if err := os.WriteFile(filepath.Join(dir, name+".jsonl"), []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestHostile loads the page of a corpus made of attacks: one script runs, the page's own, and nothing is asked of the network.
func TestHostile(t *testing.T) {
	ctx := tab(t)
	dir := clean(t, hostileCorpus(t))
	content, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(content), "pwned"); n < 50 { // they must be there to prove anything
		t.Errorf("the page shows %d attacks", n)
	}
	w := watching(t, ctx)
	do(t, ctx, chromedp.Navigate(address(filepath.Join(dir, "report.html"))))
	eval[bool](t, ctx, openAll)
	eval[bool](t, ctx, `document.querySelectorAll("*").forEach(e => e.dispatchEvent(new Event("mouseover"))), true`)
	pwned := eval[bool](t, ctx, `"pwned" in window`)
	markup := eval[int](t, ctx, `document.querySelectorAll("img,iframe,link,base,object,embed,textarea,a[href^='javascript'],[onload],[onerror],[onmouseover],[ontoggle],[style]").length`)
	w.mu.Lock()
	defer w.mu.Unlock()
	if pwned || markup > 0 {
		t.Errorf("a document became markup: script ran %v, elements %d", pwned, markup)
	}
	if len(w.requests) != 1 {
		t.Errorf("%d requests, want the page alone: %q", len(w.requests), w.requests)
	}
	if len(w.scripts) != 1 {
		t.Errorf("%d scripts, want the page's own alone: %q", len(w.scripts), w.scripts)
	}
	if len(w.trouble) > 0 {
		t.Error(w.trouble)
	}
}
