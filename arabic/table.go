package arabic

import (
	_ "embed" // the entries
	"encoding/binary"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The definition of the folding, as data. Ranges are of Unicode 15.0.

// silent are the characters that are deleted before marks are composed, beside the format characters (unicode.Cf).
var silent = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034F, Hi: 0x034F, Stride: 1}, // combining grapheme joiner: normalisers put it into long runs of marks
		{Lo: 0x0610, Hi: 0x061A, Stride: 1}, // honorifics, small tah, small high letters
		{Lo: 0x0640, Hi: 0x0640, Stride: 1}, // tatweel
		{Lo: 0x064B, Hi: 0x065F, Stride: 1}, // harakat, maddah and hamza above and below: أ is alef and U+0654
		{Lo: 0x0670, Hi: 0x0670, Stride: 1}, // superscript alef
		{Lo: 0x06D6, Hi: 0x06DC, Stride: 1}, // Quranic pauses
		{Lo: 0x06DF, Hi: 0x06E8, Stride: 1}, // Quranic signs; 06E5 and 06E6 are small letters
		{Lo: 0x06EA, Hi: 0x06ED, Stride: 1},
		{Lo: 0x0898, Hi: 0x089F, Stride: 1}, // Arabic Extended-B
		{Lo: 0x08CA, Hi: 0x08FF, Stride: 1}, // Arabic Extended-A
	},
}

// united lists the letters that become another one. Those with a decomposition (آ أ إ ؤ ئ ۀ ۂ ۓ) lose their mark instead, and
// presentation forms are opened before.
var united = []struct {
	to     rune
	from   string
	lo, hi rune // the first and the last of from
}{
	{'ا', "ٱٲٳ", 'ٱ', 'ٳ'},
	{'ي', "ىیۍېے", 'ى', 'ے'},
	{'ك', "کڪ", 'ک', 'ڪ'},
	{'ه', "ةھہۃە", 'ة', 'ە'},
	{'σ', "ς", 'ς', 'ς'}, // upper case Σ does not know where it stands
}

// signs are words written as one character that have no decomposition in Unicode; their names give the words. They are spelt
// here without hamza and madda, which folding would take away.
var signs = []struct {
	sign  rune
	words string
}{
	{0xFD40, "رحمه الله"},
	{0xFD41, "رضي الله عنه"},
	{0xFD42, "رضي الله عنها"},
	{0xFD43, "رضي الله عنهم"},
	{0xFD44, "رضي الله عنهما"},
	{0xFD45, "رضي الله عنهن"},
	{0xFD46, "صلى الله عليه واله"},
	{0xFD47, "عليه السلام"},
	{0xFD48, "عليهم السلام"},
	{0xFD49, "عليهما السلام"},
	{0xFD4A, "عليه الصلاة والسلام"},
	{0xFD4B, "قدس سره"},
	{0xFD4C, "صلى الله عليه واله وسلم"},
	{0xFD4D, "عليها السلام"},
	{0xFD4E, "تبارك وتعالى"},
	{0xFD4F, "رحمهم الله"},
	{0xFDCF, "سلامه علينا"},
	{0xFDFD, "بسم الله الرحمن الرحيم"},
	{0xFDFE, "سبحانه وتعالى"},
	{0xFDFF, "عز وجل"},
}

// An entry says what one character becomes when nothing before it matters and no mark that composes follows:
//
//	0             not settled here: the slow path decides
//	' '           a space, unless one stands there already
//	other < 0x80  that ASCII letter or digit
//	entryDrop     nothing
//	else          the UTF-8 bytes, first byte lowest: two, or four for the two letters of a ligature
type entry = uint32

const (
	entrySlow  = 0
	entryDrop  = 0x80
	entryBytes = 0x8000 // this and above: bytes, for the second byte of a UTF-8 pair has its high bit set
)

// tables are the entries of the characters that are frequent in Arabic text.
type tables struct {
	// ascii holds the letter or digit that an ASCII byte becomes, or a space.
	ascii [utf8.RuneSelf]byte

	// pairs holds the entries, all of 16 bits, of the characters of two bytes: the place of bytes a, b is a<<8 | b. All other
	// places are slow, so that a look tells whether the two are a character at all. Arabic text reads 256 bytes of it.
	pairs [1 << 16]uint16

	// Two blocks of characters of three bytes are frequent: general punctuation, and the presentation forms in which some
	// print systems export Arabic.
	punct [punctHi - punctLo]entry
	forms [formsHi - formsLo]entry

	kernel kernelTable
}

const (
	punctLo, punctHi = 0x2000, 0x2070
	formsLo, formsHi = 0xFB50, 0xFF00
)

// settled holds the entries of the characters of settledBlocks, one after the other, four bytes each, the lowest first. A test computes them
// from the definition, which takes too long to do at each start of a program.
//
//go:generate go test -run TestSettled|TestComposites -update
//go:embed settled.bin
var settled string

// settledBlocks are the characters that tables has places for.
var settledBlocks = [...]struct{ lo, hi rune }{{0, 0x800}, {punctLo, punctHi}, {formsLo, formsHi}}

// table fills in the tables when they are first wanted.
var table = sync.OnceValue(func() *tables {
	t, rest := new(tables), []byte(settled)
	for _, block := range settledBlocks {
		for r := block.lo; r < block.hi; r++ {
			t.set(r, binary.LittleEndian.Uint32(rest))
			rest = rest[4:]
		}
	}
	t.kernel = t.kernelTable()
	return t
})

// set enters what a character becomes.
func (t *tables) set(r rune, e entry) {
	switch {
	case r < utf8.RuneSelf:
		t.ascii[r] = byte(e)
	case r < 0x800:
		if e <= 0xFFFF {
			b := string(r)
			t.pairs[int(b[0])<<8|int(b[1])] = uint16(e)
		}
	case r < punctHi:
		t.punct[r-punctLo] = e
	default:
		t.forms[r-formsLo] = e
	}
}

// lookup returns the entry of the character at src[i] and its length in bytes.
func (t *tables) lookup(src []byte, i int) (entry, int) {
	c := src[i]
	if c < utf8.RuneSelf {
		return entry(t.ascii[c]), 1
	}
	r, n := utf8.DecodeRune(src[i:])
	switch {
	case n == 2:
		return entry(t.pairs[int(c)<<8|int(src[i+1])]), n
	case n == 3 && r >= punctLo && r < punctHi:
		return t.punct[r-punctLo], n
	case n == 3 && r >= formsLo && r < formsHi:
		return t.forms[r-formsLo], n
	}
	return entrySlow, n
}
