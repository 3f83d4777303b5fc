package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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

// TestDiskFullAtEveryPage gives a small run over all formats one page of disk more at a time, until it has enough: so the disk is full at every page
// of every file that is written, in the order of writing.
func TestDiskFullAtEveryPage(t *testing.T) {
	step := os.Getpagesize() / 1024
	if testing.Short() {
		step *= 7
	}
	in := everyFormat(t)
	disk := smallDisk(t, step)
	write(t, filepath.Join(disk, "full"), []byte("the first page: a disk cannot have less"))
	out := filepath.Join(disk, "run", "out")
	if err := os.Mkdir(filepath.Dir(out), 0o777); err != nil {
		t.Fatal(err)
	}
	full := map[string]bool{}
	for kib := step; ; kib += step {
		resize(t, disk, kib)
		_, err := job.Clean(context.Background(), job.Options{Inputs: []string{in}, Output: out, Quality: everything(t), Learn: true, Signals: job.FieldSignals, Memory: 1})
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("%d KiB: %v", kib, err)
		}
		nothingLeft(t, filepath.Dir(out))
		if file := regexp.MustCompile(`write (\S*): `).FindStringSubmatch(err.Error()); file != nil {
			full[file[1]] = true
		}
	}
	for name, content := range files(t, out) {
		if content != "" && !full[name] && !testing.Short() {
			t.Errorf("the disk was never full at %s", name)
		}
	}
}

// everyFormat is a folder with the same articles in all formats and compressions, and a line that cannot be read.
func everyFormat(t *testing.T) string {
	list := articles(t, []string{bundled})[:8]
	all := tree{"bad.jsonl": []byte("[]\n"), "a.txt": []byte(list[0].Text), "b.txt": []byte("نص واحد لا يشبهه غيره")}
	for _, way := range []string{"jsonl", "jsonl.gz", "jsonl.zst", "json", "csv", "wet.gz", "parquet snappy"} {
		for name, content := range ways[way](t, list) {
			all[strings.ReplaceAll(way, " ", "-")+"/"+name] = content
		}
	}
	return all.put(t)
}

// TestDiskFullOfSpills fills the disk with what does not fit in memory.
func TestDiskFullOfSpills(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	p := newProse()
	in := corpusOf(t, 3000, func(int) string { return p.text(100) })
	const step = 128
	disk := smallDisk(t, step)
	spilled := 0
	for kib := step; ; kib += step {
		resize(t, disk, kib)
		_, err := job.Dedup(context.Background(), job.Options{Inputs: []string{in}, Output: filepath.Join(disk, "out"), Memory: 1, DryRun: true})
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("%d KiB: %v", kib, err)
		}
		if strings.Contains(err.Error(), "free disk space, or allow more memory") {
			spilled++
		}
		nothingLeft(t, disk)
	}
	if spilled < 5 {
		t.Errorf("the disk was full of temporary files %d times", spilled)
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

// resize changes the size of such a disk.
func resize(t *testing.T, dir string, kib int) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", kib)); err != nil {
		t.Fatal(err)
	}
}
