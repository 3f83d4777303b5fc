package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/cespare/xxhash/v2"
)

// What an output offers to a run that goes on where an earlier one was stopped. What is finished is known to the run, which keeps a state
// file in the work folder; here files are checked, kept or removed, and the work folder is left for the next run.

// A FileSum is what a finished file of an output is known by.
type FileSum struct {
	Name string `json:"name"`         // slash-separated, below the output
	Size int64  `json:"bytes"`        // as it lies on disk
	Sum  uint64 `json:"xxh64,string"` // XXH64 of these bytes
}

// Unfinished tells whether the work folder is that of an earlier run, see [OutputOptions]: with all files that this has written, whole or not.
func (o *Output) Unfinished() bool { return o.unfinished }

// Restart removes all that an earlier run has left in the work folder.
func (o *Output) Restart() error {
	entries, err := os.ReadDir(o.work)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(o.work, e.Name())))
	}
	if err == nil {
		err = os.Mkdir(o.Files(), 0o777)
	}
	if err != nil {
		return fmt.Errorf("output: what an earlier run left cannot be removed: %w", fileError(err))
	}
	o.unfinished = false
	return nil
}

// Check tells whether a file that an earlier run has finished is what it was then.
func (o *Output) Check(file FileSum) error {
	f, err := os.Open(filepath.Join(o.Files(), filepath.FromSlash(file.Name)))
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name, fileError(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != file.Size || !info.Mode().IsRegular() {
		return fmt.Errorf("%s has not the size that it had", file.Name)
	}
	sum := xxhash.New()
	if _, err := io.Copy(sum, f); err != nil {
		return fmt.Errorf("%s: %w", file.Name, fileError(err))
	}
	if sum.Sum64() != file.Sum {
		return fmt.Errorf("%s has not the checksum that it had", file.Name)
	}
	return nil
}

// Keep removes all files of an earlier run whose names are not wanted: those that were not finished are written again.
func (o *Output) Keep(wanted func(name string) bool) error {
	err := fs.WalkDir(os.DirFS(o.Files()), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || wanted(name) {
			return err
		}
		return os.Remove(filepath.Join(o.Files(), filepath.FromSlash(name)))
	})
	if err != nil {
		return fmt.Errorf("output: what an earlier run left cannot be removed: %w", fileError(err))
	}
	return nil
}

// Append opens a file of an earlier run, not packed, to write on after its first bytes; the rest is cut off. The checksum of its writer is that of
// what is written on. Of 0 bytes a file is made anew.
func (o *Output) Append(name string, bytes int64) (*ShardWriter, error) {
	if bytes == 0 {
		return o.Writer("", name, Plain)
	}
	f, err := os.OpenFile(filepath.Join(o.Files(), filepath.FromSlash(name)), os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("write on %s: %w", name, fileError(err))
	}
	if err = f.Truncate(bytes); err == nil {
		_, err = f.Seek(bytes, io.SeekStart)
	}
	if err != nil {
		return nil, fmt.Errorf("write on %s: %w", name, errors.Join(fileError(err), f.Close()))
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	w, err := newShardWriter(o, path.Clean(name), f, Plain)
	if err != nil {
		return nil, fmt.Errorf("write on %s: %w", name, errors.Join(err, f.Close()))
	}
	w.size, w.behind = bytes, bytes
	o.open[w] = true
	return w, nil
}

// Leave closes what is open and leaves the work folder to the next run, which goes on in it with [OutputOptions.Resume]. After Commit or
// Abort it does nothing. It tells whether there will be something to go on in: without locks there is not, and it does what Abort does.
func (o *Output) Leave() (left bool, err error) {
	if o.locked == nil {
		return false, o.Abort()
	}
	if o.finish() {
		return false, nil
	}
	defer o.unlock()
	o.closeAll() // what is not whole is not finished
	return true, nil
}

// finish tells whether the output was finished already; now it is.
func (o *Output) finish() (already bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	already, o.done = o.done, true
	return already
}
