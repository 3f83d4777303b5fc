package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/corpusctl/corpusctl/corpus"
)

var update = flag.Bool("update", false, "write what commands print into the scripts")

// TestMain makes this test binary the command itself where a script calls it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"corpusctl": func() { os.Exit(run(os.Args[1:], environment{os.Stdin, os.Stdout, os.Stderr})) },
	})
}

func TestScripts(t *testing.T) {
	bundled, err := filepath.Abs("../../testdata/news")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NEWS", bundled)
			env.Setenv("HOSTILE", "m\x1b[31m\u202e.jsonl") // a file name
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "counts": counts, "pack": pack, "bytes": writeBytes, "clean": cleanOutput, "cut": cutFile, "damage": damageFile, "append": appendFile,
		},
	})
}

// exits runs the command and wants an exit status: exits 1 dedup in.jsonl -o out. With "< FILE" last, FILE is standard input.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	cmd := exec.Command("corpusctl", args[1:]...)
	if n := len(args); n > 3 && args[n-2] == "<" {
		cmd = exec.Command("corpusctl", args[1:n-2]...)
		cmd.Stdin = strings.NewReader(ts.ReadFile(args[n-1]))
	}
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "PATH="+ts.Getenv("PATH"))
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Path, _ = lookPath("corpusctl", ts.Getenv("PATH"))
	cmd.Run()
	ts.Check(os.WriteFile(ts.MkAbs("stdout.txt"), out.Bytes(), 0o666))
	ts.Check(os.WriteFile(ts.MkAbs("stderr.txt"), errs.Bytes(), 0o666))
	ts.Logf("%s%s", out.String(), errs.String())
	if got := fmt.Sprint(cmd.ProcessState.ExitCode()); got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

func lookPath(name, path string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		full := filepath.Join(dir, name)
		if _, err := os.Stat(full); err == nil {
			return full, nil
		}
	}
	return "", fmt.Errorf("%s is not in %s", name, path)
}

// numbers are those of a report or of one of its inputs.
type numbers struct {
	Name                             string
	Read, Kept, Removed, Quarantined int
}

func (n numbers) list() [4]int { return [...]int{n.Read, n.Kept, n.Removed, n.Quarantined} }

// counts wants numbers of a run (_ for any), that they add up in all and for each input, and that as many lines were written:
// counts out READ KEPT REMOVED QUARANTINED.
func counts(ts *testscript.TestScript, _ bool, args []string) {
	dir := args[0]
	var rep struct {
		Documents numbers
		Inputs    []numbers
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(dir+"/report.json")), &rep))
	for i, n := range rep.Documents.list() {
		if want := args[1+i]; want != "_" && want != fmt.Sprint(n) {
			ts.Fatalf("read, kept, removed, quarantined: %v, want %v", rep.Documents.list(), args[1:])
		}
	}
	sum := numbers{}
	for _, in := range rep.Inputs {
		sum = numbers{"", sum.Read + in.Read, sum.Kept + in.Kept, sum.Removed + in.Removed, sum.Quarantined + in.Quarantined}
		addsUp(ts, in)
		wantLines(ts, dir+"/kept/"+in.Name, in.Kept)
		wantLines(ts, dir+"/removed/"+in.Name, in.Removed)
	}
	addsUp(ts, sum)
	if sum != rep.Documents {
		ts.Fatalf("the inputs have %+v, the report %+v", sum, rep.Documents)
	}
	wantLines(ts, dir+"/quarantine.jsonl", sum.Quarantined)
	wantLines(ts, dir+"/decisions.jsonl", sum.Removed)
}

func addsUp(ts *testscript.TestScript, n numbers) {
	if n.Read != n.Kept+n.Removed+n.Quarantined {
		ts.Fatalf("%+v does not add up", n)
	}
}

// wantLines counts the lines of a file, unpacked; a file that is not there, as after a dry run, may be of any number.
func wantLines(ts *testscript.TestScript, name string, want int) {
	src, err := corpus.Open(ts.MkAbs(name))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	ts.Check(err)
	defer src.Close()
	content, err := io.ReadAll(src)
	ts.Check(err)
	if len(content) > 0 && content[len(content)-1] != '\n' {
		want--
	}
	if got := bytes.Count(content, []byte{'\n'}); got != want {
		ts.Fatalf("%s has %d line ends, want %d", name, got, want)
	}
}

// pack compresses a file: pack in.jsonl in.jsonl.gz.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	content := []byte(ts.ReadFile(args[0]))
	switch filepath.Ext(args[1]) {
	case ".gz":
		w := gzip.NewWriter(&b)
		w.Write(content)
		w.Close()
	case ".zst":
		w, err := zstd.NewWriter(&b)
		ts.Check(err)
		w.Write(content)
		w.Close()
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

// writeBytes writes a Go string literal without quotes: bytes FILE '{"text":"\xff"}\n'.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	r := strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\xff`, "\xff", `\xbf`, "\xbf", `\xef`, "\xef", `\xbb`, "\xbb", `\0`, "\x00", `\e`, "\x1b")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(r.Replace(args[1])), 0o666))
}

// cutFile keeps the first half of a file: cut FILE.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	content := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content[:len(content)/2], 0o666))
}

// damageFile changes a byte in the middle of a file: damage FILE.
func damageFile(ts *testscript.TestScript, _ bool, args []string) {
	content := []byte(ts.ReadFile(args[0]))
	content[len(content)/2] ^= 0xFF
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o666))
}

// appendFile puts text at the end of a file: append FILE TEXT.
func appendFile(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+args[1]), 0o666))
}

// cleanOutput wants that nothing the last command printed could act in a terminal.
func cleanOutput(ts *testscript.TestScript, _ bool, _ []string) {
	for _, name := range []string{"stdout.txt", "stderr.txt"} {
		for _, r := range ts.ReadFile(name) {
			if r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r >= 0x80 && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFFFD {
				ts.Fatalf("%s holds %U", name, r)
			}
		}
	}
}
