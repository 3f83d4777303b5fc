//go:build !amd64 || purego

package corpus

const kernels = false

func plainRun(line []byte, i int) (end int, valid bool) { return plainRunPortable(line, i) }
