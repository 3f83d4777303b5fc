package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/corpusctl/corpusctl/report"
)

// TestManySources gives each document a source of its own, with a long name, as --source-field url does: the limit is kept all the
// same, and the report adds up what it does not list.
func TestManySources(t *testing.T) {
	if testing.Short() {
		t.Skip("a run of 100,000 documents: not with -short")
	}
	const documents, limit = 100_000, 128 << 20
	dir, command := t.TempDir(), linkToCommand(t)
	input := filepath.Join(dir, "a.jsonl")
	writeManySources(t, input, documents)
	for _, name := range []string{"quality", "dedup", "clean"} {
		out := filepath.Join(dir, name)
		if said, err := exec.Command(command, name, input, "--memory", "128MiB", "-q", "-o", out).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, said)
		}
		text, err := os.ReadFile(filepath.Join(out, "report.json"))
		if err != nil {
			t.Fatal(err)
		}
		var rep report.Report
		if err := json.Unmarshal(text, &rep); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d MiB, %d sources listed", name, rep.Run.PeakMemory>>20, len(rep.Sources))
		if rep.Run.PeakMemory > limit {
			t.Errorf("%s takes %d MiB, more than --memory", name, rep.Run.PeakMemory>>20)
		}
		read, kept, removed := 0, 0, 0
		for _, s := range rep.Sources {
			read, kept, removed = read+s.Read, kept+s.Kept, removed+s.Removed
		}
		if d := rep.Documents; read != d.Read || kept != d.Kept || removed != d.Removed || read != documents {
			t.Errorf("%s: sources have %d documents, %d kept, %d removed; want %+v", name, read, kept, removed, d)
		}
		if last := rep.Sources[len(rep.Sources)-1].Name; last != "(other sources)" {
			t.Errorf("%s: the last source is %q", name, last)
		}
	}
}

func writeManySources(t *testing.T, file string, documents int) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w, host := bufio.NewWriter(f), strings.Repeat("موقع", 60)
	for i := range documents {
		fmt.Fprintf(w, `{"id":%d,"source":"%d%s","date":"2015-01-%02d","text":"`, i, i, host, 1+i%28)
		for j := range 40 {
			fmt.Fprintf(w, "كلمة%d ", (i/2+1)*(j+7)%9973)
		}
		w.WriteString("\"}\n")
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
