//go:build !darwin && !freebsd && !linux

package guarded

import "testing"

const guards = false

// before returns size bytes, aligned for any type.
func before(_ testing.TB, size int) []byte { return make([]byte, size) }
