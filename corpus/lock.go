package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// Two runs into one folder would remove each other's work. So a run holds a lock on a file beside the folder, ".<folder>.corpusctl-lock". The system lets
// go of it when the process ends, however it ends: who has the lock knows that whatever work folders lie there are of runs that are dead.

// errLocked is what lockFile gives when another process, or another run of this one, has the lock.
var errLocked = errors.New("locked")

// lock takes the lock of the output, and removes what dead runs left. Where the system has no locks it does neither.
func (o *Output) lock() error {
	name := o.beside("lock")
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return nil // a folder that is missing or cannot be written: making the work folder says so
		}
		switch err := lockFile(f); {
		case errors.Is(err, errLocked):
			f.Close()
			return fmt.Errorf("output: another run is writing to %s; wait for it, or choose another folder", o.dir)
		case err != nil: // not on this file system
			f.Close()
			os.Remove(name)
			return nil
		}
		if here, err := os.Stat(name); err == nil && sameFile(f, here) {
			o.locked = f
			return o.clear()
		}
		f.Close() // the run that had it has removed it meanwhile
	}
}

func sameFile(f *os.File, info fs.FileInfo) bool {
	mine, err := f.Stat()
	return err == nil && os.SameFile(mine, info)
}

// unlock lets go of the lock. The file is removed first, so that nobody takes a lock that is about to vanish unseen: see lock.
func (o *Output) unlock() {
	if o.locked == nil {
		return
	}
	os.Remove(o.locked.Name())
	o.locked.Close()
	o.locked = nil
}

// beside is the name of a hidden file beside the folder.
func (o *Output) beside(what string) string {
	parent, base := filepath.Split(o.dir)
	return filepath.Join(parent, fmt.Sprintf(".%s.%s-%s", base, toolName, what))
}

// clear removes the work folders of dead runs, but for one to go on in. A run that died while it replaced a folder has moved that aside: it goes
// back.
func (o *Output) clear() error {
	parent, base := filepath.Split(o.dir)
	ours := regexp.MustCompile(`^\.` + regexp.QuoteMeta(base) + `\.` + toolName + `-([0-9]+|work)$`)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return nil // making the work folder says what is wrong
	}
	for _, e := range entries {
		if !ours.MatchString(e.Name()) || !e.IsDir() {
			continue
		}
		work := filepath.Join(parent, e.Name())
		if err := o.clearOne(work); err != nil {
			return fmt.Errorf("output: what a run that was killed left cannot be removed: %w", err)
		}
	}
	return nil
}

func (o *Output) clearOne(work string) error {
	if _, err := os.Lstat(o.dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(filepath.Join(work, oldFolder), o.dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if info, err := os.Lstat(filepath.Join(work, filesFolder)); o.options.Resume && work == o.beside("work") && err == nil && info.IsDir() {
		o.work, o.unfinished = work, true
		return nil
	}
	o.leftovers = append(o.leftovers, work)
	return os.RemoveAll(work)
}

// Leftovers are the work folders of runs that were killed, which CreateOutput has removed.
func (o *Output) Leftovers() []string { return o.leftovers }
