package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// thisMachine asks the system. What it does not tell is unknown.
func thisMachine() machine {
	return machine{
		date: today(), commit: commit(), goVersion: strings.TrimPrefix(runtime.Version(), "go"), cores: runtime.NumCPU(),
		model:  procValue("/proc/cpuinfo", "model name", runtime.GOARCH),
		memory: procValue("/proc/meminfo", "MemTotal", "unknown memory"),
		load:   load(),
	}
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
