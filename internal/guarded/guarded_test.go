package guarded

import (
	"runtime/debug"
	"testing"
	"unsafe"
)

func TestMake(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 4095, 4096, 4097, 70_000} {
		s := Make[uint64](t, n)
		if len(s) != n || cap(s) != n {
			t.Fatalf("%d words, room for %d, want %d", len(s), cap(s), n)
		}
		for i := range s {
			s[i]++
		}
	}
	if s := String(t, "نص"); s != "نص" {
		t.Errorf("%q", s)
	}
}

// TestGuard reads one byte too many.
func TestGuard(t *testing.T) {
	if !guards {
		t.Skip("no guards on this system")
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	b := Make[byte](t, 100)
	defer func() {
		if recover() == nil {
			t.Error("a byte behind the guard was read")
		}
	}()
	b[0] = *(*byte)(unsafe.Add(unsafe.Pointer(&b[99]), 1))
}
