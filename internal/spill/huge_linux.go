package spill

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// hugePage is the size of a huge page of most processors; where it is another, the hint says a little less or more.
const hugePage = 2 << 20

// wantHuge asks the system for huge pages where a block lies, which nothing was written to yet. It gives them with one fault each, not
// 512, and need not look for them in so many places. What is asked for are whole huge pages, of which the block has half or more: its neighbours are
// mostly blocks too. It is a hint: the system may do without.
func wantHuge(block []byte) {
	first := uintptr(unsafe.Pointer(unsafe.SliceData(block)))
	from, to := first&^(hugePage-1), (first+uintptr(cap(block))+hugePage-1)&^(hugePage-1)
	unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_HUGEPAGE)
}
