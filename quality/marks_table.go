package quality

// Where the three tables stand in markTable: the classes of a byte, the pairs that it may begin, the pairs that it may end.
const (
	markAlone  = 0
	markFirst  = 256
	markSecond = 512
)

// Leads of characters of two bytes that finders ask about.
const (
	leadLatin   = 0xC2 // U+0080 to U+00BF
	leadArabic  = 0xD8 // U+0600 to U+063F
	leadArabic2 = 0xD9 // U+0640 to U+067F
)

var markTable = newMarkTable()

func newMarkTable() *[768]uint8 {
	var t [768]uint8
	add := func(table int, bit uint8, bytes byteSet) {
		for b, in := range bytes {
			if in {
				t[table+b] |= bit
			}
		}
	}
	pair := func(bit uint8, first, second byteSet) {
		add(markFirst, bit, first)
		add(markSecond, bit, second)
	}
	add(markAlone, markLine, bytesBetween(0, '\r'))
	add(markAlone, markStop, bytesOf('.', '!', '?'))
	add(markAlone, markWrong, bytesThat(func(b byte) bool {
		c := encClass[b]
		return c == encAmp || c == encControl || c == encLatin || c == encMark
	}))
	add(markAlone, markCode, bytesOf([]byte(codeMarks)...))

	pair(pairSpaces, bytesOf(' '), bytesOf(' '))
	pair(pairLatin, bytesOf(leadLatin), bytesBetween(0x80, 0xA0))
	pair(pairSeparator, bytesOf(0x80), bytesOf(0xA8, 0xA9))
	pair(pairQuestion, bytesOf(leadArabic), bytesOf(questionTrail))
	pair(pairSign, bytesOf(leadArabic), bytesOf(0x8C, 0x9B))
	pair(pairArabic, bytesThat(func(b byte) bool { return encClass[b] == encArabic }), bytesThat(func(b byte) bool {
		return b >= leadLatin && b != leadArabic && b != leadArabic2
	}))
	pair(pairArabic, bytesOf(leadArabic2), bytesOf(0xB9, 0xBE))
	pair(pairCode, bytesThat(func(b byte) bool { return codeClass[b]&ccName != 0 || b == '/' || b == '[' }), bytesOf('(', '/', '*'))
	pair(pairClose, bytesOf(')', '?'), bytesOf('?', ' ', '\n'))
	return &t
}

func bytesBetween(low, high byte) byteSet {
	return bytesThat(func(b byte) bool { return low <= b && b <= high })
}
