package quality

// What is trimmed off texts and lines is looked for at each of their ends, and mostly there is none: these tell so at once.

// plainStart says that s begins with an ASCII character that has a shape, or with an Arabic letter or haraka: nothing that any of the
// trims of this package takes away. No says nothing.
func plainStart(s string) bool {
	return s != "" && s[0] > ' ' && s[0] < 0x7F || len(s) > 1 && plainPair(s[0], s[1])
}

// plainEnd says the same of the end of s.
func plainEnd(s string) bool {
	n := len(s)
	return n > 0 && s[n-1] > ' ' && s[n-1] < 0x7F || n > 1 && plainPair(s[n-2], s[n-1])
}

// plainPair says that two bytes are one character from U+0620 to U+06BF.
func plainPair(a, b byte) bool {
	return (a == 0xD8 && b >= 0xA0 || a == 0xD9 || a == 0xDA) && b >= 0x80 && b < 0xC0
}
