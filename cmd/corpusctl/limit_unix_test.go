//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestFilesMayNotGrow lets no file of a run grow beyond some blocks, as a full disk or a quota does to one: the command is not done, says why, and
// leaves nothing. It needs no other rights than its own.
func TestFilesMayNotGrow(t *testing.T) {
	command := linkToCommand(t)
	parent := t.TempDir()
	news, err := filepath.Abs("../../testdata/news")
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for blocks := 0; ; blocks += 1 + blocks/8 {
		cmd := exec.Command("sh", "-c", "ulimit -f "+strconv.Itoa(blocks)+` && exec "$0" "$@"`, command, "clean", news, "-o", "out")
		cmd.Dir = parent
		said, _ := cmd.CombinedOutput()
		status := cmd.ProcessState.ExitCode()
		if status == exitDone {
			break
		}
		failed++
		if status != exitNotDone || !strings.Contains(string(said), "file too large") {
			t.Fatalf("%d blocks: exit status %d:\n%s", blocks, status, said)
		}
		if left, _ := os.ReadDir(parent); len(left) > 0 {
			t.Fatalf("%d blocks: %v are left behind", blocks, left)
		}
	}
	if failed < 10 {
		t.Errorf("the limit was met %d times", failed)
	}
}

// linkToCommand gives the name under which this test binary is the command: see TestMain.
func linkToCommand(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := filepath.Join(t.TempDir(), "corpusctl")
	if err := os.Symlink(self, command); err != nil {
		t.Skip(err)
	}
	return command
}
