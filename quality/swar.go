package quality

// Eight bytes of a text are looked at in one word: what is true of a byte is the highest bit of its place (Lamport 1975; Mycroft's test for a
// zero byte). Compared with a loop over bytes it has no branch for each space, which no processor can foresee.
const (
	everyByte = 0x0101010101010101 // times a byte: the byte eight times
	highBits  = 0x8080808080808080
)

// load8 returns the eight bytes of s from i on, the first the lowest.
func load8(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// zeroBytes marks each byte of x that is 0, and no other. The other bits mean nothing: highBits takes them away, once for all tests of a word.
func zeroBytes(x uint64) uint64 { return ^(x&(0x7F*everyByte) + 0x7F*everyByte | x) }

// bytesBelow marks the bytes of x below n, for n up to 128. A byte above one of those may be marked too: only the lowest mark is sure, which
// is enough for who looks at one after the other, and cheaper.
func bytesBelow(x uint64, n byte) uint64 { return (x - everyByte*uint64(n)) &^ x }

// bytesEqual marks the bytes of x that are c, as sure as bytesBelow.
func bytesEqual(x uint64, c byte) uint64 { return bytesBelow(x^everyByte*uint64(c), 1) }
