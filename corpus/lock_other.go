//go:build !unix || solaris || aix

package corpus

import (
	"errors"
	"os"
)

// lockFile says that there are no locks here.
func lockFile(*os.File) error { return errors.ErrUnsupported }
