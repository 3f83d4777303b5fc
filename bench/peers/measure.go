package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// usage is what a command and all processes that it started took.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // most memory at any time, bytes: of all processes together, shared pages once
}

var errTooLong = errors.New("took longer than the limit")

// sampleEvery is how often memory is looked at while a command runs.
const sampleEvery = 100 * time.Millisecond

// measure runs a command to its end, or stops it and all that it started after the limit.
func measure(limit time.Duration, env []string, name string, args ...string) (usage, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(cmd.Environ(), env...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	asGroup(cmd)
	cmd.WaitDelay = 5 * time.Second
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	stop := make(chan struct{})
	peak := make(chan int64)
	go func() { peak <- watch(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	u := usage{wall: time.Since(begin)}
	close(stop)
	u.peak = <-peak
	if ctx.Err() != nil {
		return u, errTooLong
	}
	if err != nil {
		return u, fmt.Errorf("%w: %s", err, lastLines(said.String(), 3))
	}
	u.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return u, nil
}

// watch samples the memory of a process group until it is stopped and returns the most that was seen.
func watch(group int, stop chan struct{}) (peak int64) {
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for {
		peak = max(peak, groupMemory(group, peak))
		select {
		case <-stop:
			return peak
		case <-tick.C:
		}
	}
}

// lastLines returns the last n lines of what a command said, in one.
func lastLines(said string, n int) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], " / ")
}
