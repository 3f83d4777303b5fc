//go:build !amd64 || purego

package quality

const kernels = false

func (*textMarks) blocks(string) bool { return false }
