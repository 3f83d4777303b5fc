//go:build !amd64 || purego

package recur

const kernels = false

func (*textMarks) blocks(string) bool { return false }

func (*foldedMarks) blocks([]byte) int { return 0 }
