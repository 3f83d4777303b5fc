// Package page is what the measuring commands publish: tables in pages of the documentation, and the machine that they were measured on.
package page

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// Machine is where figures were measured, and what was measured.
type Machine struct {
	Date   string `json:"date"`
	Commit string `json:"commit"`
	Model  string `json:"machine"`
	Cores  int    `json:"cores"`
	Memory string `json:"memory"`
	Go     string `json:"go"`
	Load   string `json:"load"`
}

// ThisMachine asks the system. What it does not tell is unknown.
func ThisMachine() Machine {
	return Machine{
		Date: time.Now().UTC().Format(time.DateOnly), Commit: commit(), Go: strings.TrimPrefix(runtime.Version(), "go"), Cores: runtime.NumCPU(),
		Model:  procValue("/proc/cpuinfo", "model name", runtime.GOARCH),
		Memory: procValue("/proc/meminfo", "MemTotal", "unknown memory"),
		Load:   load(),
	}
}

// Line tells it in one sentence.
func (m *Machine) Line() string {
	return fmt.Sprintf("Measured %s on %s, %d cores; commit %s.", m.Date, m.Model, m.Cores, m.Commit)
}

// Checkout returns the root folder of the checkout.
func Checkout() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("go list -m: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// commit is that of the checkout, and whether anything else was in it.
func commit() string {
	hash, err := exec.Command("git", "rev-parse", "--short=10", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	name := strings.TrimSpace(string(hash))
	if changed, err := exec.Command("git", "status", "--porcelain", "--untracked-files=no").Output(); err != nil || len(changed) > 0 {
		name += " and changes"
	}
	return name
}

// procValue reads one field of a file of the form "name : value", as Linux has them.
func procValue(file, field, otherwise string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return otherwise
	}
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == field {
			return strings.Join(strings.Fields(value), " ")
		}
	}
	return otherwise
}

// load is that of the last minutes, which holds what was measured just now.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(data))[:3], " ") + " (1, 5, 15 minutes, at the end)"
}
