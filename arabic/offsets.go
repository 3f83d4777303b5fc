package arabic

// AppendFoldOffsets appends the folding of src to dst, as [AppendFold] does, and to offsets one place for each byte appended: the
// place in bytes, in src, of the character that the folded byte came from. A letter with marks has the place of the letter,
// a Hangul syllable that of its first part, a space that of the first of the characters that it stands for. Places never decrease.
//
// It goes by the definition, character by character, and is many times slower than AppendFold.
func AppendFoldOffsets(dst []byte, offsets []int, src []byte) ([]byte, []int) {
	f := folder{base: 0, track: true}
	for i := 0; i < len(src); {
		i = f.next(src, i)
	}
	f.flush()
	f.dst = trim(f.dst, 0)
	return append(dst, f.dst...), append(offsets, f.offsets[:len(f.dst)]...)
}
