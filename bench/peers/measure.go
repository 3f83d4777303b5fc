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
	seen := make(chan usage)
	go func() { seen <- watch(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	wall := time.Since(begin)
	close(stop)
	u := <-seen
	u.wall = wall
	if ctx.Err() != nil {
		return u, errTooLong
	}
	if err != nil {
		return u, fmt.Errorf("%w: %s", err, lastLines(said.String(), 3))
	}
	u.cpu = max(u.cpu, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	return u, nil
}

// tick is the unit in which Linux tells CPU time.
const tick = time.Second / 100

// watch samples the memory and CPU time of a process group until it is stopped. The system tells a parent the time of those of its children
// that it waits for; workers that outlive their parent, or have another one, are only seen here.
func watch(group int, stop chan struct{}) (u usage) {
	every := time.NewTicker(sampleEvery)
	defer every.Stop()
	ticks := map[string]int64{}
	for {
		u.peak = max(u.peak, look(group, u.peak, ticks))
		select {
		case <-stop:
			for _, t := range ticks {
				u.cpu += time.Duration(t) * tick
			}
			return u
		case <-every.C:
		}
	}
}

// lastLines returns the last n lines of what a command said, in one.
func lastLines(said string, n int) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], " / ")
}
