// Package spill holds what a run remembers in memory and, when told to, moves it to a temporary file: the same data, the same order,
// read back the same way, so that a memory limit changes where things lie and never what comes of them.
//
// There are two shapes. A [Log] is one sequence of bytes read at any place (texts, names). [Records] are records of a fixed size,
// appended to one of many partitions and read back a partition at a time (keys by their upper bits, partners by document): the
// distribution pass of an external sort, after which each partition fits in memory.
//
// Both live in a [Space], which says how much each may hold; what is more goes to the file when their owner calls Settle. Files last as long
// as a run, are written front to back, and are checked by checksums when they are read.
package spill

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// Space is a folder for temporary files. A nil Space keeps everything in memory. It may be used by several goroutines.
type Space struct {
	dir   string
	share int64

	mu    sync.Mutex
	files []*os.File
}

// NewSpace returns a Space that makes its files in dir when they are first needed.
func NewSpace(dir string) *Space { return &Space{dir: dir} }

// SetShare says how many bytes each Log and each Records of the space may hold from now on. Nobody else may use the space meanwhile.
func (s *Space) SetShare(bytes int64) {
	if s != nil {
		s.share = bytes
	}
}

// over tells whether so many bytes are more than one store may hold.
func (s *Space) over(bytes int64) bool { return s != nil && bytes > s.share }

// keep lets go of the empty blocks, of so many bytes each, that are more than one store may hold.
func keep[B any](s *Space, spare []B, bytes int64) []B {
	if s == nil {
		return spare
	}
	n := min(len(spare), int(s.share/max(bytes, 1)))
	clear(spare[n:])
	return spare[:n]
}

// create makes a file.
func (s *Space) create() (*os.File, error) {
	f, err := os.CreateTemp(s.dir, "spill-*")
	if err != nil {
		return nil, fmt.Errorf("make a temporary file for what does not fit in memory: %w", err)
	}
	s.mu.Lock()
	s.files = append(s.files, f)
	s.mu.Unlock()
	return f, nil
}

// remove closes a file and deletes it, to give its room back before the run ends.
func (s *Space) remove(f *os.File) error {
	s.mu.Lock()
	for i, g := range s.files {
		if g == f {
			s.files = append(s.files[:i], s.files[i+1:]...)
			break
		}
	}
	s.mu.Unlock()
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// Close deletes all files. What lies in them can no longer be read.
func (s *Space) Close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	files := s.files
	s.files = nil
	s.mu.Unlock()
	var errs []error
	for _, f := range files {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	return errors.Join(errs...)
}

// writeError says what happened to a temporary file in words that help.
func writeError(err error) error {
	return fmt.Errorf("write what does not fit in memory to a temporary file (free disk space, or allow more memory): %w", err)
}

func readError(err error) error {
	return fmt.Errorf("read a temporary file of this run back: %w", err)
}

// errDamaged says that a file does not hold what was written.
var errDamaged = errors.New("its checksum is wrong: the disk or another program changed it")
