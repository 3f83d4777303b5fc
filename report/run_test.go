package report_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/corpusctl/corpusctl/job"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/report"
)

const bundled = "../testdata/news"

// clean runs the main job over the bundled corpus, or over other inputs.
func clean(t testing.TB, opt job.Options) string {
	t.Helper()
	preset, err := quality.LoadPreset("news-ar")
	if err != nil {
		t.Fatal(err)
	}
	opt.Output, opt.Learn, opt.Quality = filepath.Join(t.TempDir(), "out"), true, &quality.Options{Preset: preset}
	if opt.Inputs == nil {
		opt.Inputs = []string{bundled}
	}
	if _, err := job.Clean(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	return opt.Output
}

func read(t testing.TB, dir, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// page builds the page of a run again.
func page(t testing.TB, dir string, opt report.PageOptions) []byte {
	t.Helper()
	rep, err := report.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := rep.WritePage(&b, dir, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPageAgain builds the page from the files alone: it is the page that the run wrote.
func TestPageAgain(t *testing.T) {
	dir := clean(t, job.Options{})
	if !bytes.Equal(page(t, dir, report.PageOptions{}), read(t, dir, "report.html")) {
		t.Error("the page built from the files is another than that of the run")
	}
}

// TestDryRun finds the texts in the input.
func TestDryRun(t *testing.T) {
	html := read(t, clean(t, job.Options{DryRun: true}), "report.html")
	if n := bytes.Count(html, []byte(`class="diff"`)); n < 20 || bytes.Contains(html, []byte("cannot be read again")) {
		t.Errorf("%d pairs are shown", n)
	}
}

// TestSampleAndFilters asks for less, for one relation, and for one source.
func TestSampleAndFilters(t *testing.T) {
	dir := clean(t, job.Options{})
	count := func(opt report.PageOptions) int {
		return len(regexp.MustCompile(`class="item"`).FindAll(page(t, dir, opt), -1))
	}
	all, few, one := count(report.PageOptions{}), count(report.PageOptions{Sample: 2}), count(report.PageOptions{Rule: "shortened"})
	if few >= all || one >= all || few == 0 || one == 0 {
		t.Errorf("%d items, with a sample of 2 %d, of one relation %d", all, few, one)
	}
	source := regexp.MustCompile(`data-source="([^"]*)" data-partner="([^"]*)"`)
	matches := source.FindAllSubmatch(page(t, dir, report.PageOptions{Source: "sada"}), -1)
	if len(matches) == 0 {
		t.Error("nothing of the source sada")
	}
	for _, m := range matches {
		if string(m[1]) != "sada" && string(m[2]) != "sada" {
			t.Errorf("of another source: %s", m[0])
		}
	}
	if n := count(report.PageOptions{Source: "nobody"}); n != 0 {
		t.Errorf("%d items of a source that is not there", n)
	}
}

// TestBriefOfRun wants the fast way to read a decision to go through for all that a run writes.
func TestBriefOfRun(t *testing.T) {
	in := bufio.NewScanner(bytes.NewReader(read(t, clean(t, job.Options{}), "decisions.jsonl")))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if !report.BriefAgrees(t, in.Bytes()) {
			t.Errorf("the slow way is needed for %s", in.Bytes())
		}
	}
}

// TestSchema holds report.json against docs/report.schema.json, and the schema against report.json: all that is written is described.
func TestSchema(t *testing.T) {
	var schema jsonschema.Schema
	if err := json.Unmarshal(read(t, "../docs", "report.schema.json"), &schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.jsonl")
	if err := os.WriteFile(broken, []byte("[]\n{\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	content := read(t, clean(t, job.Options{Inputs: []string{bundled, broken}}), "report.json")
	var instance map[string]any
	if err := json.Unmarshal(content, &instance); err != nil {
		t.Fatal(err)
	}
	if err := resolved.Validate(instance); err != nil {
		t.Error(err)
	}
	described(t, &schema, &schema, "report", instance)
	instance["documents"].(map[string]any)["read"] = "many"
	if resolved.Validate(instance) == nil {
		t.Error("the schema lets words stand for numbers")
	}
}

// described wants every name in a value to be in the schema: other names are allowed there, so that they can be added, but not unsaid.
func described(t *testing.T, root, s *jsonschema.Schema, path string, value any) {
	t.Helper()
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		s = root.Defs[name]
	}
	if len(s.AnyOf) > 0 {
		s = s.AnyOf[0]
	}
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			next := s.Properties[key]
			if next == nil {
				next = s.AdditionalProperties
			}
			if next != nil {
				described(t, root, next, path+"."+key, below)
			} else if s.Properties != nil {
				t.Errorf("the schema does not describe %s.%s", path, key)
			}
		}
	case []any:
		for _, below := range v {
			described(t, root, s.Items, path, below)
		}
	}
}

// TestPageIsClosed checks what keeps the page closed: a policy without exceptions, one script and one style, and nothing from elsewhere.
func TestPageIsClosed(t *testing.T) {
	html := string(read(t, clean(t, job.Options{}), "report.html"))
	for tag, want := range map[string]int{"<script": 1, "<style": 1, "<link": 0, "<img": 0, "<iframe": 0, "unsafe": 0} {
		if n := strings.Count(html, tag); n != want {
			t.Errorf("%d times %q, want %d", n, tag, want)
		}
	}
	if found := regexp.MustCompile(`<[a-z][^>]*\s(?:style|src|srcset|on[a-z]+)=`).FindString(html); found != "" {
		t.Errorf("an attribute that loads or runs: %s", found)
	}
	if !strings.Contains(html, `content="default-src 'none'; style-src 'sha256-`) {
		t.Error("no policy")
	}
	addresses := regexp.MustCompile(`(?:href|action)="([^"]*)"`).FindAllStringSubmatch(html, -1)
	if slices.ContainsFunc(addresses, func(m []string) bool { return !strings.HasPrefix(m[1], "#") }) {
		t.Errorf("links that lead out of the page: %q", addresses)
	}
}

// TestPageDoesNotGrow makes pages of a corpus and of many times as much: they are of about the same size.
func TestPageDoesNotGrow(t *testing.T) {
	var all []byte
	names, _ := filepath.Glob(bundled + "/*.jsonl")
	for _, name := range names {
		all = append(all, read(t, "", name)...)
	}
	size := func(times int) int {
		in := filepath.Join(t.TempDir(), "in.jsonl")
		if err := os.WriteFile(in, bytes.Repeat(all, times), 0o666); err != nil {
			t.Fatal(err)
		}
		return len(read(t, clean(t, job.Options{Inputs: []string{in}}), "report.html"))
	}
	if few, many := size(4), size(16); float64(many) > 1.15*float64(few) {
		t.Errorf("%d bytes of 4 times the corpus, %d of 16 times", few, many)
	}
}
