//go:build !amd64 || purego

package recur

func (*textMarks) blocks(string, *[768]uint8) bool { return false }
