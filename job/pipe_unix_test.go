//go:build unix

package job_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/corpusctl/corpusctl/job"
)

// TestCancelWhileAPipeIsSilent cancels jobs that wait for a pipe: one to which nobody writes, and one whose writer stopped in
// the middle of a record.
func TestCancelWhileAPipeIsSilent(t *testing.T) {
	for _, dry := range []bool{false, true} {
		for name, begin := range map[string]string{"nobody": "", "half": `{"id":"1","text":"x"}` + "\n" + `{"id":"2","te`} {
			t.Run(name, func(t *testing.T) {
				pipe := filepath.Join(t.TempDir(), "pipe")
				if err := syscall.Mkfifo(pipe, 0o666); err != nil {
					t.Skip(err)
				}
				if begin != "" {
					go writeAndWait(t.Context(), pipe, begin)
				}
				ctx, cancel := context.WithCancelCause(context.Background())
				cause := errors.New("enough")
				defer time.AfterFunc(200*time.Millisecond, func() { cancel(cause) }).Stop()
				start, out := time.Now(), filepath.Join(t.TempDir(), "out")
				_, err := job.Dedup(ctx, job.Options{Inputs: []string{pipe}, Output: out, DryRun: dry})
				if !errors.Is(err, cause) {
					t.Errorf("dry run %t: error %v", dry, err)
				}
				if d := time.Since(start); d > 1200*time.Millisecond {
					t.Errorf("dry run %t: it took %v to end", dry, d)
				}
				nothingLeft(t, filepath.Dir(out))
				unblock(pipe)
			})
		}
	}
}

func writeAndWait(ctx context.Context, pipe, content string) {
	f, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	f.WriteString(content)
	<-ctx.Done()
}

// unblock lets a reader that still waits for a writer go on.
func unblock(pipe string) {
	if f, err := os.OpenFile(pipe, os.O_RDWR, 0); err == nil {
		time.Sleep(20 * time.Millisecond)
		f.Close()
	}
}
