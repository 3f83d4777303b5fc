package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a job is: documents, MB/s and time left, on a terminal only.
type progress struct {
	to  io.Writer
	bar *progressbar.ProgressBar // nil when nothing is shown
	on  bool
}

func newProgress(to io.Writer, quiet bool) *progress {
	f, ok := to.(*os.File)
	return &progress{to: to, on: ok && !quiet && term.IsTerminal(int(f.Fd()))}
}

// Stage begins a new bar.
func (p *progress) Stage(name string, total int64) {
	p.finish()
	if !p.on {
		return
	}
	p.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.to),
		progressbar.OptionSetDescription(fmt.Sprintf("%-7s", name)),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetWidth(20),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(true),
	)
}

// Advance moves the bar.
func (p *progress) Advance(bytes int64, documents int) {
	if p.bar == nil {
		return
	}
	p.bar.Describe(fmt.Sprintf("%d documents", documents))
	p.bar.Set64(bytes)
}

func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
		p.bar = nil
	}
}
