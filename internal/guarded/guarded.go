// Package guarded is for tests that a kernel stays within what it is given: what it hands out ends where the page behind may be neither read
// nor written, so that one byte too many ends the test.
package guarded

import (
	"testing"
	"unsafe"
)

// Make is make([]T, n) of memory that a guard stands behind, with no room for more. T must hold no pointers; its size times n is best a
// multiple of its alignment, as that of every slice is. Where the system has no such guard, it is plain memory.
func Make[T any](t testing.TB, n int) []T {
	t.Helper()
	var one T
	size := n * int(unsafe.Sizeof(one))
	b := before(t, size)
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)[:n:n]
}

// Bytes is a copy of text that a guard stands behind.
func Bytes(t testing.TB, text string) []byte {
	t.Helper()
	b := Make[byte](t, len(text))
	copy(b, text)
	return b
}

// String is Bytes as a string.
func String(t testing.TB, text string) string {
	t.Helper()
	b := Bytes(t, text)
	return unsafe.String(unsafe.SliceData(b), len(b))
}
