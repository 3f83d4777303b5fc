//go:build darwin || freebsd || linux

package guarded

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

const guards = true

// before returns size bytes with a guard behind. They are gone when the test ends.
func before(t testing.TB, size int) []byte {
	t.Helper()
	page := os.Getpagesize()
	room := (size + page - 1) / page * page
	all, err := unix.Mmap(-1, 0, room+page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Munmap(all); err != nil {
			t.Error(err)
		}
	})
	if err := unix.Mprotect(all[room:], unix.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	return all[room-size : room : room]
}
