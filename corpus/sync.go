package corpus

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// A name must not outlast the bytes that it stands for. The system writes files to the disk when it pleases, and could give the folder its name
// there before: after a power cut a result would stand under it with empty files. So all files and folders are synced before the folder gets
// its name, and the folder that holds it after. Nothing else is: what a run keeps to go on with is checked when it is used.
//
// Writing is begun early, while files grow, so that there is little left to wait for: see writeBehind.

// syncers is how many files are synced at a time: the disk takes several in one go.
const syncers = 16

// Sync waits until all that was written is on the disk. Call it before Commit, when all writers are closed. It ends early, with the context's
// cause, when the context is cancelled.
func (o *Output) Sync(ctx context.Context) error {
	var files, folders []string
	err := filepath.WalkDir(o.Files(), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		} else if err == nil {
			files = append(files, path)
		}
		return err
	})
	if err == nil {
		err = o.syncAll(ctx, files, syncFile)
	}
	if err == nil {
		err = o.syncAll(ctx, folders, syncFolder)
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("write the output to the disk: %w", fileError(err))
	}
	return err
}

// syncAll syncs on several goroutines. It does not wait for them when the context is cancelled.
func (o *Output) syncAll(ctx context.Context, paths []string, one func(string) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(syncers, len(paths)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(paths)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				if err := one(paths[i]); err != nil {
					cancel(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return context.Cause(ctx)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// syncFolder syncs the names in a folder, where the system can do that.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !noFolderSync(err) {
		return err
	}
	return nil
}
