package quality

// Eight bytes of a text are looked at in one word: what is true of a byte is the highest bit of its place (Lamport 1975; Mycroft's test for a
// zero byte). Compared with a loop over bytes it has no branch for each space, which no processor can foresee.

const everyByte = 0x0101010101010101 // times a byte: the byte eight times

// zeroBytes marks each byte of x that is 0, and no other. The other bits mean nothing: 0x80 * everyByte takes them away, once for all tests
// of a word.
func zeroBytes(x uint64) uint64 { return ^(x&(0x7F*everyByte) + 0x7F*everyByte | x) }
