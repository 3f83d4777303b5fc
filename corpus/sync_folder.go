package corpus

import (
	"errors"
	"runtime"
	"syscall"
)

// noFolderSync tells whether an error says that folders cannot be synced here.
func noFolderSync(err error) bool {
	return runtime.GOOS == "windows" || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported)
}
