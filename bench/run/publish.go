package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/corpusctl/corpusctl/bench/internal/page"
)

const (
	command      = "bench/run"
	pageFile     = "docs/PERFORMANCE.md"
	resultFolder = "bench/results"
)

// publish prints the tables; asked to write, it puts them into the page, and the raw figures beside it.
func (b *bench) publish(write bool) error {
	m := page.ThisMachine()
	for i := range b.tables {
		fmt.Fprintf(b.out, "\n%s", b.tables[i].Markdown(m.Line()))
	}
	if !write {
		return nil
	}
	root, err := page.Checkout()
	if err != nil {
		return err
	}
	if err := b.writeTables(filepath.Join(root, pageFile), m); err != nil {
		return err
	}
	return b.writeRaw(filepath.Join(root, resultFolder), m)
}

func (b *bench) writeTables(file string, m page.Machine) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := string(old)
	for i := range b.tables {
		t := &b.tables[i]
		if text, err = page.Replace(text, command, t.Name, t.Markdown(m.Line())); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// writeRaw keeps the figures of every run as bench/results/README.md asks for.
func (b *bench) writeRaw(dir string, m page.Machine) error {
	name := fmt.Sprintf("%s-%dcore-%s", m.Date, m.Cores, b.subject)
	var s strings.Builder
	fmt.Fprintf(&s, "# date      %s\n# commit    %s\n# machine   %s, %d cores, %s\n# go        %s\n", m.Date, m.Commit, m.Model, m.Cores, m.Memory, m.Go)
	fmt.Fprintf(&s, "# corpus    %s, %d bytes\n# command   go run ./bench/run%s\n# load      %s\n", b.corpusName(), b.bytes, b.flags(), m.Load)
	fmt.Fprintf(&s, "# notes     in the order in which things ran; of whole runs wall and CPU time, and peak memory\n%s\n", strings.Join(b.raw, "\n"))
	return os.WriteFile(filepath.Join(dir, name+".txt"), []byte(s.String()), 0o644)
}

func (b *bench) corpusName() string {
	if b.name == "" {
		return "generated, " + fmt.Sprint("seed ", growthSeed)
	}
	return b.name
}

// flags are those that the tool was called with, without names of folders.
func (b *bench) flags() (out string) {
	for _, a := range os.Args[1:] {
		if strings.ContainsAny(a, `/\`) {
			a = filepath.Base(a)
		}
		out += " " + a
	}
	return out
}
