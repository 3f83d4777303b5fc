package corpus

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// writeBehind lets the system begin to write a stretch of a file to the disk, without waiting for it.
func writeBehind(file io.Writer, from, n int64) {
	if f, ok := file.(*os.File); ok {
		unix.SyncFileRange(int(f.Fd()), from, n, unix.SYNC_FILE_RANGE_WRITE) // it is a hint: Sync tells of errors
	}
}
