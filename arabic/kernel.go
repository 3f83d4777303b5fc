package arabic

import "unicode/utf8"

// A kernelTable holds for the kernel what the characters that it settles become. The places, each of one byte:
//
//	  0  U+0600 to U+06FF: what stands for the second byte: a byte, 0 for nothing, or 1 if this character is not settled
//	256  the same for the first byte; only letters have something here
//	512  ASCII
//	640  U+2000 to U+203F: what stands for all three bytes
//	704  U+0080 to U+00BF: what stands for both bytes
type kernelTable [768]byte

const unsettled = 1

// leastBlocks is the shortest text that is worth a call of the kernel.
const leastBlocks = 32

// kernelTable makes the kernel's table from the others.
func (t *tables) kernelTable() (k kernelTable) {
	for i := range 256 {
		k[256+i], k[i] = kernelEntry(t.rune(rune(0x600 + i)))
	}
	copy(k[512:640], t.ascii[:])
	for i := range 64 {
		if first, last := kernelEntry(t.rune(rune(0x2000 + i))); first == 0 {
			k[640+i] = last
		} else {
			k[640+i] = unsettled
		}
		if first, last := kernelEntry(t.rune(rune(0x80 + i))); first == 0 {
			k[704+i] = last
		} else {
			k[704+i] = unsettled
		}
	}
	return k
}

// rune returns the entry of a character.
func (t *tables) rune(r rune) entry {
	e, _ := t.lookup(utf8.AppendRune(nil, r), 0)
	return e
}

// kernelEntry returns an entry as two bytes: of a letter both, of what is one byte or nothing the last alone.
func kernelEntry(e entry) (first, last byte) {
	switch {
	case e == entrySlow || e > 0xFFFF:
		return 0, unsettled
	case e >= entryBytes:
		return byte(e), byte(e >> 8)
	case e == entryDrop:
		return 0, 0
	}
	return 0, byte(e)
}
