package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/corpusctl/corpusctl/job"
)

// TestDiskFull writes to file systems of several sizes, so that the disk is full at the first record, among the records, and at
// the files after them: nothing stands under the final name, and an earlier result stays.
func TestDiskFull(t *testing.T) {
	ran, full := 0, 0
	for _, kib := range []int{40, 100, 200, 300, 360, 420, 500, 900, 1400} {
		t.Run(fmt.Sprintf("KiB=%d", kib), func(t *testing.T) {
			disk := smallDisk(t, kib)
			ran++
			out := filepath.Join(disk, "out")
			_, err := job.Dedup(context.Background(), job.Options{Inputs: []string{bundled}, Output: out})
			if err == nil {
				files(t, out) // enough room: all must be there
				return
			}
			full++
			if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "no space left") {
				t.Errorf("error %v", err)
			}
			nothingLeft(t, disk)
		})
	}
	if ran > 0 && (full < 4 || full == ran) {
		t.Errorf("the disk was full %d times of %d: choose other sizes", full, ran)
	}
}

// TestDiskFullKeepsOldResult fills the disk while an earlier result is to be replaced.
func TestDiskFullKeepsOldResult(t *testing.T) {
	disk := smallDisk(t, 700)
	out := filepath.Join(disk, "out")
	if _, err := job.Dedup(context.Background(), job.Options{Inputs: []string{bundled}, Output: out}); err != nil {
		t.Fatal(err)
	}
	want := files(t, out)
	_, err := job.Dedup(context.Background(), job.Options{Inputs: []string{bundled}, Output: out, Force: true})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v, want no space left", err)
	}
	sameFiles(t, "after a full disk", want, files(t, out))
	if left, _ := os.ReadDir(disk); len(left) != 1 {
		t.Errorf("%v are left behind", left)
	}
}

// TestDiskFullByAPipe fills the disk with the copy of an input that can be read only once.
func TestDiskFullByAPipe(t *testing.T) {
	disk := smallDisk(t, 100)
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Skip(err)
	}
	go os.WriteFile(pipe, bytes.Repeat([]byte(`{"text":"x"}`+"\n"), 100_000), 0)
	_, err := job.Dedup(context.Background(), job.Options{Inputs: []string{pipe}, Output: filepath.Join(disk, "out")})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "can be read only once") {
		t.Errorf("error %v", err)
	}
	nothingLeft(t, disk)
}

// smallDisk mounts a file system in memory, where that is allowed.
func smallDisk(t *testing.T, kib int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kib)); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}
