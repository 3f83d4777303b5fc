//go:build unix && !solaris && !aix

package corpus

import (
	"os"
	"syscall"
)

// lockFile takes a lock that ends with the process, or gives errLocked.
func lockFile(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return errLocked
	}
	return err
}
