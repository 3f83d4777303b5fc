//go:build !unix

package advise

// cpuSeconds is not known here.
func cpuSeconds() float64 { return 0 }
