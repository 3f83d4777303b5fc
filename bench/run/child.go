package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"time"
)

// usage is what one process took.
type usage struct {
	wall time.Duration
	cpu  time.Duration // user and system, all cores
	peak int64         // most memory at any time in bytes; 0 where the system does not tell
}

// child runs a command to its end and measures it from outside. Its output is thrown away; what it says of a failure is kept.
//
// Between fork and exec a child counts with the memory of its parent, on Linux in its peak too. So this program stays small: it holds no
// corpus and decodes no profile; the labels of ten million documents, the most it ever holds, take a tenth of what such a run may.
func child(name string, args ...string) (usage, error) {
	cmd := exec.Command(name, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	begin := time.Now()
	err := cmd.Run()
	wall := time.Since(begin)
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w: %s", cmd, err, lastLine(said.Bytes()))
	}
	state := cmd.ProcessState
	return usage{wall: wall, cpu: state.UserTime() + state.SystemTime(), peak: peakMemory(state)}, nil
}

func lastLine(text []byte) []byte {
	text = bytes.TrimSpace(text)
	return text[bytes.LastIndexByte(text, '\n')+1:]
}
