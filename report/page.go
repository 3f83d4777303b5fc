package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the parts of the page
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"

	"github.com/corpusctl/corpusctl/corpus"
)

// PageOptions say what the page shows of the decisions.
type PageOptions struct {
	Sample int    // decisions shown of each relation; of rules half as many, of repairs a third. 0 = DefaultSample
	Source string // only decisions about documents of this source, or for which one of its documents was kept; "" = all
	Rule   string // only decisions by this rule, kind or relation; "" = all

	// Lines are where lines of files of the output begin, by "kept/NAME": what is known of them need not be counted.
	Lines map[string][]corpus.LineMark

	dryRun bool
}

// DefaultSample is the number of decisions that are shown of each relation.
const DefaultSample = 12

// MaxSample is the largest number that can be asked for: it keeps the page small enough to open.
const MaxSample = 200

// Load reads the report.json of a folder that a run wrote.
func Load(dir string) (*Report, error) {
	name := filepath.Join(dir, "report.json")
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s is not a folder that corpusctl wrote: %w", dir, err)
	}
	var r Report
	if err := json.Unmarshal(content, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if r.Tool != Tool {
		return nil, fmt.Errorf("%s is not a report of %s", name, Tool)
	}
	return &r, nil
}

// settings are what the page must know of the options, in whatever form they come.
func (r *Report) settings() (*written, error) {
	content, err := json.Marshal(r.Options)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	w := written{Inputs: r.Inputs}
	if err := json.Unmarshal(content, &w.Options); err != nil {
		return nil, fmt.Errorf("report: the options: %w", err)
	}
	return &w, nil
}

//go:embed page/page.html
var pageTemplate string

//go:embed page/page.css
var pageStyle string

//go:embed page/page.js
var pageScript string

// WritePage writes report.html: the report and a sample of the decisions of the run whose files are in dir. The page needs nothing but
// itself, and its policy lets nothing run or load that is not in it. It does not depend on when and how fast the run was.
func (r *Report) WritePage(to io.Writer, dir string, opt PageOptions) error {
	if opt.Sample <= 0 {
		opt.Sample = DefaultSample
	}
	opt.Sample = min(opt.Sample, MaxSample)
	settings, err := r.settings()
	if err != nil {
		return err
	}
	opt.dryRun = settings.Options.DryRun
	var shelf *shown
	var page *template.Template
	err = inParallel(2, func(i int) (err error) {
		if i == 0 {
			shelf, err = gather(r, settings, dir, opt)
			return err
		}
		if page, err = template.New("page").Funcs(pageFuncs).Parse(pageTemplate); err != nil {
			err = fmt.Errorf("report: %w", err)
		}
		return err
	})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	headOf(&b, "corpusctl report", pageScript)
	if err := page.Execute(&b, newView(r, settings, shelf, opt)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = to.Write(b.Bytes())
	return err
}

// pageFuncs are what the template can call.
var pageFuncs = template.FuncMap{
	"n": grouped, "sourcename": sourceName, "days": days, "visible": visible, "excerpt": excerpt,
	"table": func(first, label string, m *matrix, bars bool) tableView { return tableView{first, label, m, bars} },
}

// tableView is a matrix with its headings.
type tableView struct {
	First, Label string
	M            *matrix
	Bars         bool
}

// headOf writes all up to the body of a page with one script. Style and script are named in the policy by their hashes, so that nothing else is one.
func headOf(b *bytes.Buffer, title, script string) {
	fmt.Fprintf(b, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>%s</style>
</head>
`, hash(pageStyle), hash(script), title, pageStyle)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}
