package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errFull = errors.New("no space left on device")

// fullDisk is a file on a disk that is full after some bytes.
type fullDisk struct{ left int }

func failAt(n int) *fullDisk { return &fullDisk{n} }

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return len(p) + f.left, errFull
	}
	return len(p), nil
}

func (f *fullDisk) Close() error { return nil }

// closeFails writes all, and tells of the error at Close, as network file systems do.
type closeFails struct{ io.Writer }

func (closeFails) Close() error { return errFull }

func create(t *testing.T, dir string, o OutputOptions) *Output {
	t.Helper()
	out, err := CreateOutput(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Abort() })
	return out
}

func put(t *testing.T, out *Output, folder, name string, codec Codec, lines ...string) {
	t.Helper()
	w, err := out.Writer(folder, name, codec)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if err := w.WriteLine([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// tree lists all below dir with its content, unpacked.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := Open(p)
		if err != nil {
			return err
		}
		defer src.Close()
		data, err := io.ReadAll(src)
		rel, _ := filepath.Rel(dir, p)
		files[fmt.Sprintf("%s (%s)", filepath.ToSlash(rel), src.Codec())] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestOutputCommit(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	out := create(t, dir, OutputOptions{})
	put(t, out, "kept", "2015/a.jsonl", Plain, "1\r\n", "2")
	put(t, out, "kept", "2015/b.jsonl.gz", Gzip, "1", "2\n", "3")
	put(t, out, "kept", "c.jsonl.zst", Zstd, "1\n")
	put(t, out, "removed", "b.jsonl.gz", Gzip)
	put(t, out, "removed", "c.jsonl.zst", Zstd)
	put(t, out, "removed", "a.jsonl", Plain)
	w, err := out.Writer("", "report.json", Plain) // left open: Commit closes it
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, `{"tool":"corpusctl"}`)
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there before Commit: %v", err)
	}
	if err := out.Commit(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"kept/2015/a.jsonl (plain)": "1\r\n2", "kept/2015/b.jsonl.gz (gzip)": "1\n2\n3", "kept/c.jsonl.zst (zstd)": "1\n",
		"removed/a.jsonl (plain)": "", "removed/b.jsonl.gz (gzip)": "", "removed/c.jsonl.zst (zstd)": "",
		"report.json (plain)": `{"tool":"corpusctl"}`,
	}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
	if err := out.Abort(); err != nil || len(tree(t, dir)) != len(want) {
		t.Errorf("Abort after Commit: %v", err)
	}
	if out.Commit() == nil {
		t.Error("a second Commit is accepted")
	}
	if _, err := out.Writer("kept", "late.jsonl", Plain); err == nil {
		t.Error("a writer after Commit is given")
	}
	if _, err := w.Write([]byte("x")); err == nil || w.Close() != nil {
		t.Errorf("write after close: %v", err)
	}
	only(t, parent, "out")
}

// only checks that nothing else was left in a folder.
func only(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("%s holds: %s", dir, diff)
	}
}

func TestOutputAbort(t *testing.T) {
	parent := t.TempDir()
	out := create(t, filepath.Join(parent, "out"), OutputOptions{})
	put(t, out, "kept", "a.jsonl", Plain, "1\n")
	w, err := out.Writer("kept", "b.jsonl.gz", Gzip)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(out.Abort(), out.Abort()); err != nil {
		t.Error(err)
	}
	only(t, parent)
	if w.WriteLine([]byte("1\n")) == nil || out.Commit() == nil {
		t.Error("the output goes on after Abort")
	}
}

func TestOutputRefuses(t *testing.T) {
	base := t.TempDir()
	in := write(t, base, "in/a.jsonl", "")
	write(t, base, "ours/report.json", `{"tool":"corpusctl","inputs":[{"name":"a.jsonl"}]}`)
	write(t, base, "other/report.json", `{"tool":"else"}`)
	write(t, base, "more/report.json", `{"tool":"corpusctl"}`)
	write(t, base, "more/thesis.tex", "")
	write(t, base, "broken/report.json", `{"tool":"corpusctl"`)
	write(t, base, "ours/kept/a.jsonl", "")
	for _, err := range []error{
		os.Mkdir(filepath.Join(base, "empty"), 0o777), os.Symlink("ours", filepath.Join(base, "link")), os.Symlink("in", filepath.Join(base, "into")),
	} {
		if err != nil {
			t.Skip(err)
		}
	}
	folder := Shard{Path: in, Name: "a.jsonl", Root: filepath.Join(base, "in")}
	single := Shard{Path: in, Name: "a.jsonl"}
	cases := []struct {
		dir   string
		force bool
		input Shard
		want  string
	}{
		{"ours", false, single, "exists, choose another folder or replace it with --force"},
		{"empty", false, single, "--force"},
		{"in/a.jsonl", false, Shard{Path: Stdin}, "--force"},
		{"ours", true, single, ""},
		{"empty", true, single, "it holds no report.json of corpusctl"},
		{"other", true, single, "it holds no report.json of corpusctl"},
		{"broken", true, single, "it holds no report.json of corpusctl"},
		{"more", true, single, `it holds "thesis.tex"`},
		{"link", true, single, "it is no folder"},
		{"in/a.jsonl", true, Shard{Path: Stdin}, "it is no folder"},
		{"in", true, folder, "lies in the input folder"},
		{"in/out", false, folder, "lies in the input folder"},
		{"into/out", false, folder, "lies in the input folder"},
		{"in/out", false, single, ""},
		{"in2", false, folder, ""},
		{"ours", true, Shard{Path: filepath.Join(base, "ours/kept/a.jsonl")}, "lies in the output folder"},
		{"in", true, single, "lies in the output folder"},
		{"missing/out", false, single, "does not exist, create it first"},
		{"in/a.jsonl/out", false, Shard{Path: Stdin}, "not a directory"},
	}
	for _, c := range cases {
		out, err := CreateOutput(filepath.Join(base, filepath.FromSlash(c.dir)), OutputOptions{Force: c.force, Inputs: []Shard{c.input}})
		if err == nil {
			err = out.Abort()
			if c.want != "" {
				t.Errorf("%s: accepted, want %q", c.dir, c.want)
			}
		}
		if err != nil && (c.want == "" || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.dir, err, c.want)
		}
	}
	only(t, base, "broken", "empty", "in", "into", "link", "more", "other", "ours")
}

func TestOutputForce(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	write(t, dir, "report.json", `{"tool":"corpusctl","inputs":[{"name":"old.jsonl"}]}`)
	write(t, dir, "kept/old.jsonl", "old\n")
	out := create(t, dir, OutputOptions{Force: true})
	put(t, out, "kept", "new.jsonl", Plain, "new\n")
	if got := tree(t, dir); got["kept/old.jsonl (plain)"] != "old\n" {
		t.Errorf("the old folder changed before Commit: %v", got)
	}
	if err := out.Commit(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"kept/new.jsonl (plain)": "new\n"}, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
	only(t, parent, "out")
}

// If the new folder cannot take its place, the old one comes back.
func TestOutputForceFails(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	write(t, dir, "report.json", `{"tool":"corpusctl","inputs":[{"name":"old.jsonl"},{"name":"a.jsonl"}]}`)
	out := create(t, dir, OutputOptions{Force: true})
	if err := os.RemoveAll(out.work); err != nil {
		t.Fatal(err)
	}
	if err := out.Commit(); err == nil {
		t.Error("committed")
	}
	only(t, dir, "report.json")
	only(t, parent, "out")
}

// What a killed run left behind is removed, and of a run that goes on nothing is.
func TestOutputLeftover(t *testing.T) {
	if errors.Is(lockFile(os.Stdin), errors.ErrUnsupported) {
		t.Skip("no locks here")
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	write(t, parent, ".out.corpusctl-12/kept/a.jsonl", "half")
	write(t, parent, ".out.corpusctl-lock", "")
	write(t, parent, ".other.corpusctl-12/a", "of another folder")
	write(t, parent, ".out.corpusctl-12x/a", "of somebody else")
	first := create(t, dir, OutputOptions{})
	if diff := cmp.Diff([]string{filepath.Join(parent, ".out.corpusctl-12")}, first.Leftovers()); diff != "" {
		t.Error(diff)
	}
	if _, err := CreateOutput(dir, OutputOptions{}); err == nil || !strings.Contains(err.Error(), "another run is writing to") {
		t.Errorf("a second run: %v", err)
	}
	other := create(t, filepath.Join(parent, "out2"), OutputOptions{})
	put(t, first, "kept", "a.jsonl", Plain, "1\n", "", "2")
	if err := errors.Join(first.Commit(), other.Abort()); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(map[string]string{"kept/a.jsonl (plain)": "1\n2"}, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
	only(t, parent, ".other.corpusctl-12", ".out.corpusctl-12x", "out")
}

// A run that was killed between the two steps of replacing a folder has moved the old one aside: the next run puts it back.
func TestOutputKilledWhileReplacing(t *testing.T) {
	if errors.Is(lockFile(os.Stdin), errors.ErrUnsupported) {
		t.Skip("no locks here")
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	write(t, parent, ".out.corpusctl-work/output/report.json", "new")
	write(t, parent, ".out.corpusctl-work/old/report.json", "old")
	if _, err := CreateOutput(dir, OutputOptions{}); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("the old folder is not there: %v", err)
	}
	only(t, parent, "out")
	if b, err := os.ReadFile(filepath.Join(dir, "report.json")); string(b) != "old" {
		t.Errorf("%s, %v", b, err)
	}
}

// A folder that appears while a run goes on is not touched.
func TestOutputAppearsMeanwhile(t *testing.T) {
	for _, force := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "out")
		out := create(t, dir, OutputOptions{Force: force})
		write(t, dir, "thesis.tex", "x")
		if err := out.Commit(); err == nil {
			t.Error("Commit replaces a folder of somebody else")
		}
		only(t, dir, "thesis.tex")
	}
}

func TestOutputNames(t *testing.T) {
	parent := t.TempDir()
	out := create(t, filepath.Join(parent, "out"), OutputOptions{})
	for _, name := range []string{"../a", "a/../../a", "a/../../../a", "/a", "", ".", "..", "a\x00b"} {
		for _, folder := range []string{"kept", "", "../kept", ".."} {
			if _, err := out.Writer(folder, name, Plain); err == nil {
				t.Errorf("%q in %q is accepted", name, folder)
			}
		}
	}
	put(t, out, "kept", "a.jsonl", Plain)
	if _, err := out.Writer("kept", "a.jsonl", Plain); err == nil || !strings.Contains(err.Error(), "kept/a.jsonl") {
		t.Errorf("the same name twice: %v", err)
	}
	if _, err := out.Writer("kept", "a.jsonl/b", Plain); err == nil {
		t.Error("a file is taken for a folder")
	}
	out.Abort()
	only(t, parent)
}

// A disk that is full after any number of bytes gives an error that names the file, and no result.
func TestOutputDiskFull(t *testing.T) {
	text := noise(5000)
	for _, codec := range []Codec{Plain, Gzip, Zstd} {
		for _, room := range []int{0, 1, 5, 1000, writeBuffer, writeBuffer + 1, 250000} {
			parent := t.TempDir()
			dir := filepath.Join(parent, "out")
			out := create(t, dir, OutputOptions{create: func(string) (io.WriteCloser, error) { return failAt(room), nil }})
			w, err := out.Writer("kept", "a.jsonl", codec)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitAfterSeq(text, "\n") {
				if err = w.WriteLine([]byte(line)); err != nil {
					break
				}
			}
			closed := w.Close()
			if !strings.Contains(fmt.Sprint(closed), "write kept/a.jsonl: no space left on device") || err != nil && err.Error() != closed.Error() {
				t.Errorf("%s, %d bytes: %v, then %v", codec, room, err, closed)
			}
			if err := w.Close(); err == nil {
				t.Errorf("%s, %d bytes: the error does not last", codec, room)
			}
			if out.Commit() == nil {
				t.Errorf("%s, %d bytes: committed", codec, room)
			}
			out.Abort()
			only(t, parent)
		}
	}
}

func TestOutputOtherErrors(t *testing.T) {
	for name, createFile := range map[string]func(string) (io.WriteCloser, error){
		"close":  func(string) (io.WriteCloser, error) { return closeFails{io.Discard}, nil },
		"commit": func(string) (io.WriteCloser, error) { return failAt(0), nil },
	} {
		out := create(t, filepath.Join(t.TempDir(), "out"), OutputOptions{create: createFile})
		w, err := out.Writer("kept", "a.jsonl", Plain)
		if err != nil {
			t.Fatal(err)
		}
		w.WriteLine([]byte("1\n"))
		if name == "close" && w.Close() == nil {
			t.Error("an error of closing is lost")
		}
		if err := out.Commit(); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
	out := create(t, filepath.Join(t.TempDir(), "out"), OutputOptions{create: func(string) (io.WriteCloser, error) { return nil, errFull }})
	if _, err := out.Writer("kept", "a.jsonl", Plain); !errors.Is(err, errFull) {
		t.Errorf("create: %v", err)
	}
}

// The same on a real small file system, where it can be had.
func TestOutputTmpfsFull(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("mounting a small file system needs root on Linux")
	}
	dir := t.TempDir()
	if msg, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("mount: %v: %s", err, msg)
	}
	t.Cleanup(func() { exec.Command("umount", dir).Run() })
	out := create(t, filepath.Join(dir, "out"), OutputOptions{})
	w, err := out.Writer("kept", "a.jsonl", Plain)
	if err != nil {
		t.Fatal(err)
	}
	w.WriteLine([]byte(noise(5000)))
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), "write kept/a.jsonl: no space left on device") {
		t.Errorf("%v", err)
	}
	if out.Commit() == nil {
		t.Error("committed")
	}
	if err := out.Abort(); err != nil {
		t.Error(err)
	}
	only(t, dir)
}

// The packed bytes are the same whatever the size of the writes and however many writers run at once.
func TestWriterDeterministic(t *testing.T) {
	text := noise(3000)
	for _, codec := range []Codec{Plain, Gzip, Zstd} {
		out := create(t, filepath.Join(t.TempDir(), "out"), OutputOptions{})
		var group sync.WaitGroup
		for i, size := range []int{1, 101, 5000, len(text)} {
			w, err := out.Writer("kept", fmt.Sprint(i), codec)
			if err != nil {
				t.Fatal(err)
			}
			group.Go(func() {
				for at := 0; at < len(text); at += size {
					w.Write([]byte(text[at:min(at+size, len(text))]))
				}
				w.Close()
			})
		}
		group.Wait()
		if err := out.Commit(); err != nil {
			t.Fatal(err)
		}
		first, err := os.ReadFile(filepath.Join(out.Dir(), "kept", "0"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 4 {
			if data, _ := os.ReadFile(filepath.Join(out.Dir(), "kept", fmt.Sprint(i))); string(data) != string(first) {
				t.Errorf("%s: file %d differs", codec, i)
			}
		}
	}
}

// A corpus that goes through unchanged comes out byte for byte.
func TestRoundTrip(t *testing.T) {
	for _, text := range []string{"", bom, bom + "{\"a\":1}\r\n{}", "{}\n{\"b\" : \"ب\"}\n", noise(5000)} {
		for name, packed := range map[string]string{"a": text, "a.gz": gz(t, text), "a.zst": zst(t, text)} {
			dir := t.TempDir()
			src, err := Open(write(t, dir, name, packed))
			if err != nil {
				t.Fatal(err)
			}
			lines, head, defects := readAll(t, NewChunks(src, name, 0), 1000)
			out := create(t, filepath.Join(dir, "out"), OutputOptions{})
			w, err := out.Writer("kept", name, src.Codec())
			if err != nil || defects != nil {
				t.Fatal(err, defects)
			}
			w.Write(head)
			for _, line := range lines {
				w.WriteLine(line.Raw)
			}
			if err := errors.Join(out.Commit(), src.Close()); err != nil {
				t.Fatal(err)
			}
			want := map[string]string{fmt.Sprintf("kept/%s (%s)", name, src.Codec()): text}
			if diff := cmp.Diff(want, tree(t, out.Dir())); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}
