//go:build !amd64 || purego

package arabic

const kernels = false

func (*tables) blocks(out []byte, n, base int, src []byte, i int) (int, int) { return n, i }
