//go:build !linux

package main

import "os/exec"

func asGroup(*exec.Cmd) {}

// look sees nothing elsewhere.
func look(int, int64, map[string]int64) int64 { return 0 }
