package truth

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each runs one worker per processor; together they draw the numbers 0 to n-1 with next, each number once.
func each(n int, worker func(next func() (int, bool))) {
	var drawn atomic.Int64
	next := func() (int, bool) {
		i := int(drawn.Add(1)) - 1
		return i, i < n
	}
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() { worker(next) })
	}
	wg.Wait()
}
