//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestUnreadableFile runs the command where one input and one folder may not be read: as another user if this one is root, who
// may read everything.
func TestUnreadableFile(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"in/a.jsonl": `{"id":"1","text":"واحد"}`, "in/b.jsonl.gz": "secret", "locked/c.jsonl": "{}"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	modes := map[string]os.FileMode{"in/b.jsonl.gz": 0, "locked": 0, ".": 0o777, "..": 0o755}
	for name, mode := range modes {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "locked"), 0o777) })
	command := copyOfCommand(t)

	if got, said := runAs(t, dir, command, "dedup", "in", "-o", "out"); got != exitQuarantined || !strings.Contains(said, "quarantined 1: cannot be opened") {
		t.Errorf("exit status %d:\n%s", got, said)
	}
	q, err := os.ReadFile(filepath.Join(dir, "out/quarantine.jsonl"))
	if err != nil || !strings.Contains(string(q), `"file":"in/b.jsonl.gz","line":0,`) || !strings.Contains(string(q), "permission denied") {
		t.Errorf("%s, error %v", q, err)
	}
	// What is written can be read: no empty file that is not what its name says.
	if got, said := runAs(t, dir, command, "dedup", "out/kept", "-o", "again"); got != exitDone {
		t.Errorf("exit status %d of a run over kept/:\n%s", got, said)
	}
	for _, args := range [][]string{
		{"dedup", "in", "-o", "strict", "--strict"},
		{"dedup", "locked", "-o", "folder"},
		{"dedup", "locked/c.jsonl", "-o", "file"},
		{"dedup", "in", "-o", "locked/out"},
	} {
		if got, said := runAs(t, dir, command, args...); got != exitNotDone || !strings.HasPrefix(said, "corpusctl: ") {
			t.Errorf("%v: exit status %d:\n%s", args, got, said)
		}
		if _, err := os.Lstat(filepath.Join(dir, args[3])); err == nil {
			t.Errorf("%v: %s was written", args, args[3])
		}
	}
}

// copyOfCommand copies this test binary to where everybody may run it; under this name it is the command.
func copyOfCommand(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	from, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	path := filepath.Join(t.TempDir(), "corpusctl")
	to, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func runAs(t *testing.T, dir, command string, args ...string) (status int, said string) {
	t.Helper()
	const nobody = 65534
	cmd := exec.Command(command, args...)
	cmd.Dir = dir
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Skipf("cannot run as another user: %v", err)
	}
	return cmd.ProcessState.ExitCode(), out.String()
}
