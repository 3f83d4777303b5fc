package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	pageFile     = "docs/PERFORMANCE.md"
	resultFolder = "bench/results"
)

// publish prints the tables; asked to write, it puts them into the page, and the raw figures beside it.
func (b *bench) publish(write bool) error {
	m := thisMachine()
	for i := range b.tables {
		fmt.Fprintf(b.out, "\n%s", b.tables[i].markdown(m.line()))
	}
	if !write {
		return nil
	}
	root, err := checkout()
	if err != nil {
		return err
	}
	if err := b.writeTables(filepath.Join(root, pageFile), m); err != nil {
		return err
	}
	return b.writeRaw(filepath.Join(root, resultFolder), m)
}

func (b *bench) writeTables(file string, m machine) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := string(page)
	for i := range b.tables {
		t := &b.tables[i]
		if text, err = replaceTable(text, t.name, t.markdown(m.line())); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// writeRaw keeps the figures of every run as bench/results/README.md asks for.
func (b *bench) writeRaw(dir string, m machine) error {
	name := fmt.Sprintf("%s-%dcore-%s", m.date, m.cores, b.subject)
	var s strings.Builder
	fmt.Fprintf(&s, "# date      %s\n# commit    %s\n# machine   %s, %d cores, %s\n# go        %s\n", m.date, m.commit, m.model, m.cores, m.memory, m.goVersion)
	fmt.Fprintf(&s, "# corpus    %s, %d bytes\n# command   go run ./bench/run%s\n# load      %s\n", b.corpusName(), b.bytes, b.flags(), m.load)
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

// checkout returns the root folder of the checkout.
func checkout() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("go list -m: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// machine is where figures were measured, and what was measured.
type machine struct {
	date, commit, model, memory, goVersion, load string
	cores                                        int
}

// line tells it in one sentence.
func (m *machine) line() string {
	return fmt.Sprintf("Measured %s on %s, %d cores; commit %s.", m.date, m.model, m.cores, m.commit)
}

func today() string { return time.Now().UTC().Format(time.DateOnly) }
