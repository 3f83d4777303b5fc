//go:build !linux

package job

import "runtime"

// peakMemory is what the runtime got from the system, in bytes: no less than the peak of the resident size.
func peakMemory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
