package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/bench/internal/page"
	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/klauspost/compress/zstd"
)

const (
	defaultCorpus = "corpora/saudinewsnet.jsonl.zst"
	toolFolder    = "bench/peers/tools"
	shortRun      = 30 // seconds: what takes less is repeated
)

// peers is one go of measuring.
type peers struct {
	options
	out     io.Writer
	root    string // of the checkout
	corpus  string // plain
	lines   int
	sets    []string // for quality, that are here
	sampled int      // documents of the first of them
	swept   int      // documents that settings are swept on
	binary  string
	page.Machine
}

func run(out io.Writer, o options) error {
	root, err := page.Checkout()
	if err != nil {
		return err
	}
	p := &peers{options: o, out: out, root: root, Machine: page.ThisMachine()}
	if p.results == "" {
		p.results = filepath.Join(root, "bench", "results", fmt.Sprintf("%s-%dcore-peers.jsonl", p.Date, p.Cores))
	}
	if p.only != "none" {
		if err := p.prepare(); err != nil {
			return err
		}
		for i := range catalogue {
			if err := p.tool(&catalogue[i]); err != nil {
				return err
			}
		}
		if err := p.scoreInChild(); err != nil {
			return err
		}
	}
	return p.publish()
}

// prepare unpacks the corpus, which brings it into the page cache too, and builds the command.
func (p *peers) prepare() error {
	source := p.options.corpus
	if source == "" {
		var ok bool
		if source, ok = evaldata.Find(defaultCorpus); !ok {
			return fmt.Errorf("no corpus: %s is not in the evaluation data (set CORPUSCTL_SHARED to the folder that holds corpora/, or give -corpus)", defaultCorpus)
		}
	}
	if err := os.MkdirAll(p.envs, 0o755); err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(source), ".zst")
	if p.documents > 0 {
		name = fmt.Sprintf("%d-%s", p.documents, name)
	}
	p.corpus = filepath.Join(p.envs, name)
	var err error
	if p.lines, err = copyCorpus(p.corpus, source, p.documents); err != nil {
		return err
	}
	if p.swept, err = copyCorpus(p.sweepCorpus(), p.corpus, sweepDocuments); err != nil {
		return err
	}
	p.binary = filepath.Join(p.envs, "corpusctl")
	cmd := exec.Command("go", "build", "-o", p.binary, "./cmd/corpusctl")
	cmd.Dir = p.root
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", cmd, err, said)
	}
	return p.prepareSets()
}

// copyCorpus copies the first documents of a corpus (0: all) and counts them.
func copyCorpus(to, from string, documents int) (n int, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	var r io.Reader = in
	if strings.HasSuffix(from, ".zst") {
		z, err := zstd.NewReader(in)
		if err != nil {
			return 0, err
		}
		defer z.Close()
		r = z
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return 0, err
	}
	end := 0
	for end < len(text) && (documents == 0 || n < documents) {
		line, _, _ := bytes.Cut(text[end:], []byte("\n"))
		end = min(len(text), end+len(line)+1)
		n++
	}
	return n, os.WriteFile(to, text[:end], 0o644)
}

// tool installs a tool if it must and runs its settings.
func (p *peers) tool(t *tool) error {
	wanted := slices.DeleteFunc(slices.Clone(t.settings), func(s setting) bool { return !p.wants(t.kind, t.name, s.name) })
	if len(wanted) == 0 {
		return nil
	}
	failed := p.install(t)
	for _, s := range wanted {
		r := result{Kind: t.kind, Tool: t.name, Setting: s.name, Version: t.version, Why: s.why, Corpus: filepath.Base(p.corpus), Machine: p.Machine}
		r.Documents = map[string]int{kindDuplicates: p.lines, kindSweep: p.swept, kindQuality: p.sampled}[t.kind]
		r.SetUp = p.setUpLines(t)
		r.Command = strings.Join([]string{t.adapter, r.Corpus, "OUT", t.argument(s)}, " ")
		if failed != nil {
			r.Error = "not installed: " + failed.Error()
		} else {
			p.all(t, s, &r)
		}
		r.Machine.Load = page.ThisMachine().Load
		fmt.Fprintf(p.out, "%-12s %-16s %8.1f s %8.1f CPU-s %6d MiB %s\n", t.name, s.name, page.Median(r.Wall), page.Median(r.CPU), r.Peak>>20, r.Error)
		if err := keepResult(p.results, r); err != nil {
			return err
		}
	}
	return nil
}

// all runs a setting on the corpus; where quality is measured, on a sample of it instead, and on the other sets after it.
func (p *peers) all(t *tool, s setting, r *result) {
	switch t.kind {
	case kindDuplicates:
		p.repeat(t, s, r, p.corpus, p.outFolder(t, s))
		return
	case kindSweep:
		p.repeat(t, s, r, p.sweepCorpus(), p.outFolder(t, s))
		return
	}
	for _, set := range p.sets {
		if set == pageSet && !p.cuts(t, s) {
			return
		}
		rest := result{} // its times are not told
		if set == newsSet {
			p.repeat(t, s, r, p.setFile(set), p.setFolder(t, s, set))
		} else if p.repeat(t, s, &rest, p.setFile(set), p.setFolder(t, s, set)); rest.Error != "" {
			r.Error = set + ": " + rest.Error
		}
		if r.Error != "" {
			return
		}
	}
}

// repeat runs a setting once, and again if it is quick.
func (p *peers) repeat(t *tool, s setting, r *result, corpus, dir string) {
	for i := 0; i < p.rounds && (i == 0 || r.Wall[0] < shortRun); i++ {
		u, err := p.once(t, s, corpus, dir)
		if err != nil {
			r.Error = p.withoutFolders(err.Error())
			if errors.Is(err, errTooLong) {
				r.Error = fmt.Sprintf("more than %v", p.limit)
			}
			return
		}
		r.Wall = append(r.Wall, u.wall.Seconds())
		r.CPU = append(r.CPU, u.cpu.Seconds())
		r.Peak = max(r.Peak, u.peak)
	}
}

func (p *peers) once(t *tool, s setting, corpus, dir string) (usage, error) {
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return usage{}, err
	}
	adapter := filepath.Join(p.root, toolFolder, t.adapter)
	program := "bash"
	if strings.HasSuffix(adapter, ".py") {
		program = filepath.Join(p.envs, t.name, "bin", "python")
	}
	env := []string{"CORPUSCTL=" + p.binary, "PYTHONDONTWRITEBYTECODE=1", "HF_HUB_OFFLINE=1", "HF_HOME=" + filepath.Join(dir, "hf")}
	return measure(p.limit, env, program, adapter, corpus, dir, t.argument(s))
}

func (p *peers) outFolder(t *tool, s setting) string {
	return filepath.Join(p.envs, "out", strings.ReplaceAll(t.name, " ", "")+"-"+s.name)
}

// cuts tells whether a setting cut anything out of the articles with code. Rules that only drop are for the language that they were made for.
func (p *peers) cuts(t *tool, s setting) bool {
	if t.name == ownName {
		return true
	}
	texts, err := readTexts(p.setFile(codeSet))
	if err != nil {
		return true
	}
	outcomes, err := readOutcomes(p.setFolder(t, s, codeSet), texts)
	return err != nil || cutsAny(outcomes)
}

func (p *peers) sweepCorpus() string { return filepath.Join(p.envs, "sweep.jsonl") }

func (p *peers) setFolder(t *tool, s setting, set string) string {
	return filepath.Join(p.envs, "out", t.kind, t.name+"-"+s.name, set)
}

// install makes the environment of a tool, once.
func (p *peers) install(t *tool) error {
	dir := filepath.Join(p.envs, t.name)
	mark := filepath.Join(dir, "installed")
	if len(t.packages) == 0 {
		return nil
	}
	if have, err := os.ReadFile(mark); err == nil && string(have) == strings.Join(t.packages, "\n") {
		return nil
	}
	fmt.Fprintln(p.out, "installing", strings.Join(t.packages, " "))
	python := cmp.Or(t.python, "python3")
	pip := append([]string{"install", "--quiet", "--disable-pip-version-check"}, t.packages...)
	for _, cmd := range []*exec.Cmd{exec.Command(python, "-m", "venv", dir), exec.Command(filepath.Join(dir, "bin", "pip"), pip...)} {
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, p.withoutFolders(lastLines(string(said), 3)))
		}
	}
	return os.WriteFile(mark, []byte(strings.Join(t.packages, "\n")), 0o644)
}

// setUpLines counts what a user types and writes: a command for the environment and one for each package, and the adapter's lines.
func (p *peers) setUpLines(t *tool) int {
	n := 0
	if len(t.packages) > 0 {
		n = 1 + len(t.packages)
	}
	text, err := os.ReadFile(filepath.Join(p.root, toolFolder, t.adapter))
	if err != nil {
		return n
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			n++
		}
	}
	return n
}

// withoutFolders takes the folders of this machine out of what is published.
func (p *peers) withoutFolders(s string) string {
	return strings.NewReplacer(p.envs, "ENVS", p.root, ".").Replace(s)
}

const scoreCommand = "score"

// task is what the scoring child is told, in a file.
type task struct {
	Corpus, Results, Envs string
	Run                   []string // tool/setting
}

// scoreInChild scores what has run in a process of its own: this one stays small, since a child's memory counts from that of its parent.
func (p *peers) scoreInChild() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	file := filepath.Join(p.envs, "score.json")
	text, err := json.Marshal(task{Corpus: p.corpus, Results: p.results, Envs: p.envs})
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "-only", p.only, scoreCommand, file)
	cmd.Stdout, cmd.Stderr = p.out, os.Stderr
	return cmd.Run()
}
