package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// limitMemory makes the collector hold the process below the limit.
func limitMemory(memory int64) {
	const program = 24 << 20 // what the runtime does not count
	late := memory / 16      // what is made while the collector is at work
	debug.SetMemoryLimit(memory - program - late)
}

// letGarbageGrow lets garbage grow to half of what is in use: most of that is large and without pointers, and costs little to collect. Where little
// is in use it may grow to leastGarbage all the same, for a collection every few milliseconds costs more than the room. It looks again after
// every collection.
func letGarbageGrow() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(100 * leastGarbage / leastHeap)
	runtime.SetFinalizer(new(sentinel), func(s *sentinel) { s.collected() })
}

const (
	leastGarbage = 32 << 20
	leastHeap    = 4 << 20 // the runtime's, at 100%
	usualGarbage = 50      // percent
)

// sentinel is found dead by every collection, and lives again until the next.
type sentinel struct {
	percent int
	_       [2]int // tiny objects share a block, and its fate
}

func (s *sentinel) collected() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	percent := max(usualGarbage, int(100*leastGarbage/max(live[0].Value.Uint64(), leastHeap)))
	if percent != s.percent {
		s.percent = percent
		debug.SetGCPercent(percent)
	}
	runtime.SetFinalizer(s, func(s *sentinel) { s.collected() })
}
