// Command corpusctl cleans text corpora for language-model training, Arabic news first.
//
// It is thin: flags, progress bar, exit status. The work is done by the packages of this module, all of them importable.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/job"
)

// The exit statuses.
const (
	exitDone        = 0 // done
	exitQuarantined = 1 // done, but something could not be read and was quarantined
	exitNotDone     = 2 // not done
)

// errQuarantined ends a command that is done with exitQuarantined.
var errQuarantined = errors.New("some records were quarantined")

// environment is what a command may touch of the world, so that tests can run it in-process.
type environment struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	letGarbageGrow()
	os.Exit(run(os.Args[1:], environment{os.Stdin, os.Stdout, os.Stderr}))
}

// run executes a command line and returns the exit status.
func run(args []string, env environment) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	var prof profile
	defer prof.finish()
	root := newRoot(env, &prof)
	root.SetArgs(args)
	var interrupted *job.Interrupted
	switch err := root.ExecuteContext(ctx); {
	case err == nil:
		return exitDone
	case errors.Is(err, errQuarantined):
		return exitQuarantined
	case errors.As(err, &interrupted):
		fmt.Fprintf(env.err, "corpusctl: %s\n", safe(interrupted))
		return exitNotDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(env.err, "corpusctl: interrupted; nothing was written")
		return exitNotDone
	default:
		fmt.Fprintf(env.err, "corpusctl: %s\n", safe(err))
		return exitNotDone
	}
}

// safe is what an error says, line by line, without what a file name could do to a terminal.
func safe(err error) string {
	lines := strings.Split(strings.ReplaceAll(err.Error(), "\t", "  "), "\n")
	for i, line := range lines {
		lines[i] = corpus.Printable(line)
	}
	return strings.Join(lines, "\n")
}
