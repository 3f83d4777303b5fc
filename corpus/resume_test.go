package corpus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A run leaves its work; the next goes on in it: finished files are checked, others go, one is written on.
func TestOutputResume(t *testing.T) {
	if errors.Is(lockFile(os.Stdin), errors.ErrUnsupported) {
		t.Skip("no locks here")
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	first := create(t, dir, OutputOptions{Resume: true})
	if first.Unfinished() {
		t.Error("there is nothing to go on in")
	}
	w, err := first.Writer("kept", "a.jsonl.gz", Gzip)
	if err != nil {
		t.Fatal(err)
	}
	w.WriteLine([]byte("1\n"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sum := w.Sum()
	put(t, first, "kept", "b.jsonl", Plain, "not finished\n")
	put(t, first, "", "decisions.jsonl", Plain, "one\n", "two\n")
	half, err := first.Writer("removed", "b.jsonl", Plain)
	if err != nil {
		t.Fatal(err)
	}
	half.WriteLine([]byte("half"))
	if left, err := first.Leave(); err != nil || !left {
		t.Fatal(left, err)
	}
	only(t, parent, ".out.corpusctl-work")

	second := create(t, dir, OutputOptions{Resume: true})
	if !second.Unfinished() || len(second.Leftovers()) > 0 {
		t.Error("what was left is not found")
	}
	if err := second.Check(sum); err != nil {
		t.Error(err)
	}
	for _, wrong := range []FileSum{{sum.Name, sum.Size, sum.Sum + 1}, {sum.Name, sum.Size + 1, sum.Sum}, {"kept/c", 1, 1}, {"kept", 4096, 1}} {
		if second.Check(wrong) == nil {
			t.Errorf("%v is good", wrong)
		}
	}
	if err := second.Keep(func(name string) bool { return name == sum.Name || name == "decisions.jsonl" }); err != nil {
		t.Error(err)
	}
	to, err := second.Append("decisions.jsonl", 4)
	if err != nil {
		t.Fatal(err)
	}
	to.WriteLine([]byte("drei\n"))
	put(t, second, "kept", "b.jsonl", Plain, "2\n")
	if err := errors.Join(second.Sync(context.Background()), second.Commit()); err != nil {
		t.Fatal(err)
	}
	got := tree(t, dir)
	if len(got) != 3 || got["decisions.jsonl (plain)"] != "one\ndrei\n" || got["kept/a.jsonl.gz (gzip)"] != "1\n" || got["kept/b.jsonl (plain)"] != "2\n" {
		t.Errorf("%q", got)
	}
	only(t, parent, "out")
}

// What is left can be thrown away by the next run, and is by one that does not know how to go on.
func TestOutputRestart(t *testing.T) {
	if errors.Is(lockFile(os.Stdin), errors.ErrUnsupported) {
		t.Skip("no locks here")
	}
	for _, resume := range []bool{true, false} {
		parent := t.TempDir()
		dir := filepath.Join(parent, "out")
		write(t, parent, ".out.corpusctl-work/output/kept/a.jsonl", "1")
		write(t, parent, ".out.corpusctl-work/spill/x", "1")
		out := create(t, dir, OutputOptions{Resume: resume})
		if out.Unfinished() != resume || len(out.Leftovers()) > 0 == resume {
			t.Errorf("resume %t: %v", resume, out.Leftovers())
		}
		if resume {
			if err := out.Restart(); err != nil {
				t.Error(err)
			}
		}
		put(t, out, "kept", "a.jsonl", Plain, "new\n")
		if err := out.Commit(); err != nil {
			t.Error(err)
		}
		if got := tree(t, dir); len(got) != 1 || got["kept/a.jsonl (plain)"] != "new\n" {
			t.Errorf("%q", got)
		}
		only(t, parent, "out")
	}
}

// Sync ends with the context, and names what cannot be synced.
func TestOutputSync(t *testing.T) {
	out := create(t, filepath.Join(t.TempDir(), "out"), OutputOptions{})
	put(t, out, "kept/deep", "a.jsonl", Plain, "1\n")
	if err := out.Sync(context.Background()); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cause := errors.New("enough")
	cancel(cause)
	if err := out.Sync(ctx); !errors.Is(err, cause) {
		t.Error(err)
	}
	if err := os.RemoveAll(out.Files()); err != nil {
		t.Fatal(err)
	}
	if err := out.Sync(context.Background()); err == nil || !strings.Contains(err.Error(), "to the disk") {
		t.Error(err)
	}
}
