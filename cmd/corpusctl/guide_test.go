package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// TestGuide runs the blocks of docs/GUIDE.md in a copy of the module, those in Python and SQL where the libraries are there: it needs python3, or what
// CORPUSCTL_PYTHON names, with datasets, pandas, pyarrow and duckdb.
func TestGuide(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	root := copyOfModule(t, "../..")
	guide, err := os.ReadFile(filepath.Join(root, "docs", "GUIDE.md"))
	if err != nil {
		t.Fatal(err)
	}
	python := pythonWith(t, "datasets, pandas, pyarrow, duckdb")
	ran := map[string]int{}
	for _, b := range regexp.MustCompile("(?ms)^```(sh|python|sql)\n(.*?)^```$").FindAllStringSubmatch(string(guide), -1) {
		script := b[2]
		switch ran[b[1]]++; b[1] {
		case "sh":
			shell(t, root, script)
			continue
		case "sql":
			script = "import duckdb\nfor s in duckdb.extract_statements('''" + script + "'''):\n  assert len(duckdb.execute(s).fetchall()) > 0, s.query\n"
		}
		if python == "" {
			t.Logf("not run, for want of libraries: %s", b[1])
			continue
		}
		cmd := exec.Command(python, "-c", script)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "HF_HOME="+t.TempDir(), "HF_HUB_OFFLINE=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s%s\n%v", b[2], out, err)
		}
	}
	if ran["sh"] < 11 || ran["python"] != 1 || ran["sql"] != 1 {
		t.Errorf("blocks that were run: %v", ran)
	}
}

// pythonWith returns a Python that has some modules, "" if there is none.
func pythonWith(t *testing.T, modules string) string {
	python := os.Getenv("CORPUSCTL_PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import "+modules).Run(); err != nil {
		if os.Getenv("CORPUSCTL_PYTHON") != "" {
			t.Fatalf("%s has no %s: %v", python, modules, err)
		}
		return ""
	}
	return python
}
