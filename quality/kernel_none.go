//go:build !amd64 || purego

package quality

const kernels = false

func (*textMarks) blocks(string) bool { return false }

func (*plainLetters) blocks(string) bool { return false }

func (*letterRuns) blocks(*plainLetters) int { return -1 }
