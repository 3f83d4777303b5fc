package arabic

// Hangul syllables and their parts, by the arithmetic of the Unicode Standard, section 3.12: a leading consonant, a vowel, and
// perhaps a trailing consonant.
const (
	hangulLo, hangulHi = 0xAC00, 0xD7A4
	leadLo, leadHi     = 0x1100, 0x1113
	vowelLo, vowelHi   = 0x1161, 0x1176
	trailLo, trailHi   = 0x11A8, 0x11C3

	vowels = vowelHi - vowelLo
	trails = trailHi - trailLo + 1 // or none
)

// isJamo says whether r is a part that completes a syllable.
func isJamo(r rune) bool {
	return r >= vowelLo && r < vowelHi || r >= trailLo && r < trailHi
}

// appendJamo opens a syllable.
func appendJamo(out []piece, r rune) []piece {
	s := r - hangulLo
	out = append(out, pieceOf(leadLo+s/(vowels*trails)), pieceOf(vowelLo+s/trails%vowels))
	if t := s % trails; t > 0 {
		out = append(out, pieceOf(trailLo-1+t))
	}
	return out
}

// syllable puts r to the part or syllable before it, or returns 0 if they do not go together.
func syllable(last, r rune) rune {
	switch {
	case last >= leadLo && last < leadHi && r >= vowelLo && r < vowelHi:
		return hangulLo + ((last-leadLo)*vowels+r-vowelLo)*trails
	case last >= hangulLo && last < hangulHi && (last-hangulLo)%trails == 0 && r >= trailLo && r < trailHi:
		return last + r - trailLo + 1
	}
	return 0
}
