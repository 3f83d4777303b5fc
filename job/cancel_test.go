package job_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/corpusctl/corpusctl/internal/evaldata"
	"github.com/corpusctl/corpusctl/job"
)

// canceller cancels a job some time after a stage began.
type canceller struct {
	stage  string
	after  time.Duration
	cancel context.CancelFunc
	at     chan time.Time
}

func (c *canceller) Stage(name string, _ int64) {
	if name == c.stage {
		time.AfterFunc(c.after, func() {
			c.at <- time.Now()
			c.cancel()
		})
	}
}

func (*canceller) Advance(int64, int) {}

// TestCancelInTheMiddle cancels a job over a real corpus in the middle of each stage.
func TestCancelInTheMiddle(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	corpus := evaldata.Plain(t, "corpora/saudinewsnet.jsonl.zst")
	for _, c := range []canceller{
		{stage: "read", after: 300 * time.Millisecond},
		{stage: "compare", after: 50 * time.Millisecond},
		{stage: "compare", after: 400 * time.Millisecond},
		{stage: "write", after: 10 * time.Millisecond},
	} {
		t.Run(c.stage+"+"+c.after.String(), func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			c.cancel, c.at = cancel, make(chan time.Time, 1)
			out := filepath.Join(t.TempDir(), "out")
			_, err := job.Dedup(ctx, job.Options{Inputs: []string{corpus}, Output: out, Progress: &c})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("error %v, want that of the context", err)
			}
			if d := time.Since(<-c.at); d > time.Second {
				t.Errorf("it took %v to end", d)
			} else {
				t.Logf("ended after %v", d)
			}
			var interrupted *job.Interrupted
			if !errors.As(err, &interrupted) {
				nothingLeft(t, filepath.Dir(out))
			} else if c.stage != "write" {
				t.Errorf("before all is decided, there is nothing to go on from: %v", err)
			}
		})
	}
}
