package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// allTests is the README's block that runs all tests; it is this one that runs, so it is not run again.
const allTests = "go test ./... ./testdata"

var fence = regexp.MustCompile("(?ms)^```(sh|text|go)\n(.*?)^```$")

// TestReadme runs every shell block of the README in a copy of the module, and compares what the page shows of the output.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	root := copyOfModule(t, "../..")
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks, ran := fence.FindAllStringSubmatch(string(readme), -1), 0
	for i, b := range blocks {
		if b[1] != "sh" || strings.TrimSpace(b[2]) == allTests {
			continue
		}
		ran++
		got := shell(t, root, b[2])
		if i+1 < len(blocks) && blocks[i+1][1] == "text" {
			if d := cmp.Diff(masked(blocks[i+1][2]), masked(got)); d != "" {
				t.Errorf("%s\nREADME (-) and output (+):\n%s", b[2], d)
			}
		}
	}
	if ran < 3 || !strings.Contains(string(readme), "```sh\n"+allTests+"\n```") {
		t.Errorf("%d shell blocks were run; the README must have some, and %q", ran, allTests)
	}
}

// made is what the README's commands make in the root of the module.
var made = []string{"out", "out2", "out3", "out4", "corpusctl", "sheet.jsonl", "sheet.html", "sheet2.jsonl", "sheet2.html", "spans.json"}

// copyOfModule copies a folder but for hidden files and what was made in it, so that neither hands nor tests meet.
func copyOfModule(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	err := fs.WalkDir(os.DirFS(from), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return err
		case slices.Contains(made, name) || strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return os.Mkdir(filepath.Join(to, name), 0o777)
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(filepath.Join(from, name))
		return errors.Join(err, os.WriteFile(filepath.Join(to, name), content, 0o666))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func shell(t *testing.T, dir, script string) string {
	t.Helper()
	cmd := exec.Command("sh", "-e")
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(script)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s\n%s%v", script, out.String(), err)
	}
	return out.String()
}

var (
	timing     = regexp.MustCompile(`(?m)^\d+\.\d+ s \(.*$`)
	downloaded = regexp.MustCompile(`(?m)^go: downloading .*\n`)
)

// masked takes out what differs from run to run.
func masked(s string) string {
	return downloaded.ReplaceAllString(timing.ReplaceAllString(s, "TIME"), "")
}
