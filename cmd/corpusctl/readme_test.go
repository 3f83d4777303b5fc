package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// allTests is the README's block that runs all tests; it is this one that runs, so it is not run again.
const allTests = "go test ./... ./testdata"

var fence = regexp.MustCompile("(?ms)^```(sh|text|go)\n(.*?)^```$")

// TestReadme runs every shell block of the README in the root of the module, and compares what the first page shows of the output.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	root := "../.."
	for _, made := range []string{"out", "corpusctl"} {
		if _, err := os.Stat(filepath.Join(root, made)); os.IsNotExist(err) {
			t.Cleanup(func() { os.RemoveAll(filepath.Join(root, made)) })
		}
	}
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
