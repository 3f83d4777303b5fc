package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// asGroup makes a command the head of a process group, stopped as a whole.
func asGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// look samples the memory of all processes of a group and the CPU time of each so far, in clock ticks. Resident memory counts shared pages in every process; only when that exceeds the
// peak are the exact shares asked for, which costs the kernel more.
func look(group int, peak int64, ticks map[string]int64) (sum int64) {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	var members []string
	for _, f := range files {
		stat, err := os.ReadFile(f)
		if err != nil || groupOf(stat) != group {
			continue
		}
		dir := filepath.Dir(f)
		members = append(members, dir)
		sum += resident(dir)
		ticks[dir] = ticksOf(stat)
	}
	if sum <= peak || len(members) == 1 {
		return sum
	}
	sum = 0
	for _, dir := range members {
		sum += shared(dir)
	}
	return sum
}

// groupOf reads the process group of /proc/PID/stat: the third field after the name, which stands in brackets and may hold anything.
func groupOf(stat []byte) int {
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 3 {
		return 0
	}
	n, _ := strconv.Atoi(fields[2])
	return n
}

// ticksOf reads the CPU time of a process, user and system, from its /proc/PID/stat.
func ticksOf(stat []byte) int64 {
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return user + system
}

func resident(dir string) int64 {
	data, err := os.ReadFile(dir + "/statm")
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

func shared(dir string) int64 {
	data, err := os.ReadFile(dir + "/smaps_rollup")
	_, rest, ok := strings.Cut(string(data), "\nPss:")
	if err != nil || !ok {
		return 0
	}
	var kib int64
	fmt.Sscan(rest, &kib)
	return kib << 10
}
