//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKilled kills runs at random moments, some of them again and again: nothing stands under the final name, or all of it; the next run goes
// on from what was finished, ends in the bytes of one that nobody disturbed, and leaves nothing else behind.
func TestKilled(t *testing.T) {
	k := newKiller(t)
	moments := 100
	if testing.Short() {
		moments = 20
	}
	for killed := 0; killed < moments; {
		cmd := k.command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(k.whole * 5 / 4)) // other work may slow it down
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		if _, err := os.Stat(k.out); err != nil && rand.N(4) == 0 {
			continue // the run that goes on is killed too
		}
		k.finish(t)
	}
	t.Logf("gone on from: %v", k.met)
	if testing.Short() {
		return // so few moments may miss a stage
	}
	for _, from := range []string{"nothing", "learned", "written"} { // between decided and written there is a moment only: see TestResume of job
		if k.met[from] == 0 {
			t.Errorf("no run went on from what was %s", from)
		}
	}
}

// TestInterrupted stops runs as Ctrl-C does: the exit status is 2, and what is said is one line, true of what is left.
func TestInterrupted(t *testing.T) {
	k := newKiller(t)
	times := 10
	if testing.Short() {
		times = 4
	}
	for range times {
		cmd := k.command()
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(k.whole/10 + rand.N(k.whole))
		at := time.Now()
		cmd.Process.Signal(syscall.SIGINT)
		err := cmd.Wait()
		if _, done := os.Stat(k.out); err != nil && done != nil { // it may come when all is written and nobody listens any more
			if took := time.Since(at); took > 10*time.Second {
				t.Errorf("it took %v to end", took)
			}
			_, err := os.Stat(filepath.Join(k.parent, ".out.corpusctl-work"))
			line := said.String()
			if n := strings.LastIndex(strings.TrimSpace(line), "\n"); n >= 0 {
				line = line[n+1:]
			}
			if cmd.ProcessState.ExitCode() != exitNotDone || strings.Contains(line, "the same command goes on") != (err == nil) || !strings.Contains(line, "interrupted") {
				t.Errorf("status %d, %v, said: %s", cmd.ProcessState.ExitCode(), err, line)
			}
		}
		k.finish(t)
	}
	t.Logf("gone on from: %v", k.met)
}

// killer runs one command over and over.
type killer struct {
	binary, corpus, parent, out string
	whole                       time.Duration // what an undisturbed run takes
	want                        string        // what it writes
	met                         map[string]int
}

// copies is how often the bundled corpus stands in that of these tests, as so many files with other ids: so that a run is long enough to be
// killed in all of its parts.
const copies = 6

func newKiller(t *testing.T) *killer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	k := &killer{binary: filepath.Join(t.TempDir(), "corpusctl"), corpus: filepath.Join(t.TempDir(), "news"), parent: t.TempDir(), met: map[string]int{}}
	if err := os.Symlink(self, k.binary); err != nil { // TestMain goes by the name
		t.Skip(err)
	}
	names, err := filepath.Glob("../../testdata/news/*.jsonl")
	if err != nil || os.Mkdir(k.corpus, 0o777) != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range copies {
			to := filepath.Join(k.corpus, fmt.Sprintf("%02d-%s", i, filepath.Base(name)))
			if err := os.WriteFile(to, bytes.ReplaceAll(content, []byte(`"id":"`), fmt.Appendf(nil, `"id":"%d-`, i)), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	k.out = filepath.Join(k.parent, "out")
	start := time.Now()
	if b, err := k.command().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	k.whole, k.want = time.Since(start), filesOf(t, k.out)
	os.RemoveAll(k.out)
	return k
}

func (k *killer) command() *exec.Cmd {
	return exec.Command(k.binary, "clean", k.corpus, "-o", k.out, "--state-after=-1s")
}

// finish runs the command to its end, if a killed one has not come there, and checks what it wrote.
func (k *killer) finish(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(k.out); err != nil {
		said, err := k.command().CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		k.met[goneOnFrom(string(said))]++
	}
	if filesOf(t, k.out) != k.want {
		t.Fatal("the files are not those of a run that was not disturbed")
	}
	if err := os.RemoveAll(k.out); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(k.parent)
	for _, e := range entries {
		switch e.Name() {
		case ".out.corpusctl-lock":
		case ".out.corpusctl-work": // killed between the last step and the removal of the folder
			if _, err := os.Stat(filepath.Join(k.parent, e.Name(), "output")); err == nil {
				t.Errorf("left behind: %s", e.Name())
			}
			os.RemoveAll(filepath.Join(k.parent, e.Name()))
		default:
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

// goneOnFrom is what a run says it went on from.
func goneOnFrom(said string) string {
	_, said, found := strings.Cut(said, "goes on where a run was stopped: ")
	said, _, _ = strings.Cut(said, "\n")
	switch {
	case !found:
		return "nothing"
	case strings.Contains(said, "files are written"):
		return "written"
	case strings.Contains(said, "all is decided"):
		return "decided"
	}
	return "learned"
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
