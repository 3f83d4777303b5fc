//go:build unix

package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilled kills runs at random moments: nothing stands under the final name, or all of it, and the next run ends in the bytes of one that
// nobody disturbed and leaves nothing else behind.
func TestKilled(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := filepath.Join(t.TempDir(), "corpusctl")
	if err := os.Symlink(self, command); err != nil { // TestMain goes by the name
		t.Skip(err)
	}
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	start := time.Now()
	runCommand(t, command, out)
	whole, want := time.Since(start), filesOf(t, out)
	times := 20
	if testing.Short() {
		times = 5
	}
	for range times {
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(command, "clean", "../../testdata/news", "-o", out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(whole))
		cmd.Process.Kill()
		cmd.Wait()
		if _, err := os.Stat(out); err != nil {
			runCommand(t, command, out)
		}
		if got := filesOf(t, out); got != want {
			t.Fatal("the files are not those of a run that was not killed")
		}
		entries, _ := os.ReadDir(parent)
		for _, e := range entries {
			if e.Name() != "out" && e.Name() != ".out.corpusctl-lock" {
				t.Errorf("left behind: %s", e.Name())
			}
		}
	}
}

func runCommand(t *testing.T, command, out string) {
	t.Helper()
	if b, err := exec.Command(command, "clean", "../../testdata/news", "-o", out, "--force").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
}

// filesOf reads all files below a folder into one string, but for what report.json tells about the run.
func filesOf(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if entry.Name() == "report.json" {
			content, _, _ = bytes.Cut(content, []byte(`"run"`))
		}
		b.WriteString(path + "\n" + string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
