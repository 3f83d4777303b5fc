package job

import (
	"context"
	"sync"
)

// ordered runs work on what produce yields, on several goroutines, and hands the results to consume in the order in which they were
// produced. At most about two items a worker are under way at a time. It ends at the first error, or when the context is
// cancelled; it does not wait then for a produce that is blocked, as by the read of a pipe that nobody writes to.
func ordered[In, Out any](ctx context.Context, workers int, produce func(yield func(In) bool) error, newWorker func() func(In) Out, consume func(Out) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type task struct {
		in  In
		out chan Out
	}
	tasks := make(chan task)
	queue := make(chan chan Out, 2*workers)

	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			work := newWorker()
			for t := range tasks {
				t.out <- work(t.in)
			}
		})
	}
	wg.Go(func() {
		defer close(queue)
		defer close(tasks)
		err := produce(func(in In) bool {
			t := task{in, make(chan Out, 1)}
			select {
			case queue <- t.out:
				tasks <- t
				return true
			case <-ctx.Done():
				return false
			}
		})
		if err != nil {
			cancel(err)
		}
	})

	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case out, more := <-queue:
			if !more {
				wg.Wait()
				return context.Cause(ctx)
			}
			if err := consume(<-out); err != nil {
				return err
			}
		}
	}
}
