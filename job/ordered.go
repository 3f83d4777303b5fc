package job

import (
	"context"
	"sync"
)

// ordered runs work on what produce yields, on several goroutines, and hands the results to consume in the order in which they were
// produced. At most about two items a worker are under way at a time. It ends at the first error, or when the context is
// cancelled.
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

	for out := range queue {
		result := <-out
		if ctx.Err() != nil {
			continue // drain, so that everybody ends
		}
		if err := consume(result); err != nil {
			cancel(err)
		}
	}
	wg.Wait()
	return context.Cause(ctx)
}
