package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRun scores a folder with one right removal and one wrong one.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	labels := filepath.Join(dir, "labels.jsonl")
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(labels, `{"a":"n000000000","b":"n000000001","relation":"copy","drop":"either","kind":"exact","holds":"ffffffffffffffff"}
{"a":"n000000000","b":"n000000002","relation":"template","drop":"none","kind":"facts","holds":"0"}
`)
	write(filepath.Join(dir, "decisions.jsonl"), `{"id":"n000000001","action":"removed","duplicate_of":"n000000000"}
{"id":"n000000002","action":"removed","duplicate_of":"n000000000"}
`)
	var out strings.Builder
	if err := run(&out, labels, dir); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"recall     1.00000  1 of 1 pairs", "precision  0.50000  1 of 2 removed"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if err := run(&out, labels, t.TempDir()); err == nil {
		t.Error("no error for a folder without decisions")
	}
}
