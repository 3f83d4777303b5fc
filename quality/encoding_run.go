package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// encGap are the ASCII bytes that a run goes over: none that another rule takes, and no letters, which would be text of its own.
var encGap = func() (g [128]bool) {
	for _, c := range []byte("\t\n\r !\"#%'()*+,-./0123456789:;=?@[]_{}|~") {
		g[c] = true
	}
	return g
}()

// latin looks for a run that begins with a Latin letter.
func (s *encScan) latin(i int) int {
	for k := encCP1252; k <= encMacRoman; k++ {
		if end := s.run(k, i); end > 0 {
			return end
		}
	}
	if strings.HasPrefix(s.text[i:], "â") {
		if end := s.run(encCP1256, i); end > 0 { // "â€" and a joiner, the one quote that cp1252 does not share
			return end
		}
	}
	if n := encLostQuote(s.text[i:]); n > 0 {
		s.proved[encCP1252] = true
		return s.add(i, i+n, encRuleNames[encCP1252], "”")
	}
	return s.arabicAsLatin(i)
}

// arabic looks for a run that begins with one of ط ظ ع غ, whose last byte is at i.
func (s *encScan) arabic(i int) int {
	if i == 0 || s.text[i-1] != 0xD8 || i-1 < s.from || !encMayFollow(s.text[i+1:]) {
		return i + 1
	}
	return max(i+1, s.run(encCP1256, i-1))
}

// encMayFollow reports the beginning of a character of the lower rows of cp1256, that is of a continuation of UTF-8. Letters that
// follow in clean Arabic fail at once.
func encMayFollow(s string) bool {
	if len(s) < 2 {
		return false
	}
	switch s[0] {
	case 0xD8:
		return s[1] == 0x8C || s[1] == 0x9B || s[1] == 0x9F
	case 0xD9:
		return s[1] == 0xB9 || s[1] == 0xBE
	}
	return s[0] >= 0xC2
}

// encLostQuote reports a closing quote of UTF-8 read as cp1252 whose last byte, undefined there, was dropped on the way.
func encLostQuote(s string) int {
	if strings.HasPrefix(s, "â€") {
		return len("â€")
	}
	return 0
}

// run takes the run of UTF-8 read by a page at i. It returns its end, also where it is refused, 0 if there is not one pair.
func (s *encScan) run(k, i int) int {
	ev := encLook(k, s.text[i:])
	if ev.end == 0 {
		return 0
	}
	end := i + ev.end
	if raw := s.text[i:end]; ev.proves(k, raw) {
		s.proved[k] = true
		return s.add(i, end, encRuleNames[k], encDecode(k, raw))
	}
	if !s.afterLetter(k, i) && ev.longest >= 2 && (k != encCP1256 || ev.foreign >= 2) {
		s.letters[k] += ev.letters // runs too short to prove themselves do so together
		s.proved[k] = s.proved[k] || s.letters[k] >= 4
	}
	s.from = end
	return end
}

// beside looks at i, where no span is before end, in a text in which the rule was proved. It reports whether the characters up to next
// count.
func (s *encScan) beside(k, i, end int) (next int, ok bool) {
	if k == encArabicAsLatin {
		return s.wordBeside(i, end)
	}
	p := &encPages[k]
	lead, n := utf8.DecodeRuneInString(s.text[i:end])
	_, m := p.unit(s.text[i:end])
	if m == 0 {
		return i + n, false
	}
	after := i != s.from && s.afterLetter(k, i)
	sign, _ := utf8.DecodeRuneInString(s.text[i+n : end])
	switch b := p.byteOf(lead); {
	case k == encCP1256:
		// A clean sentence beside it may end in "ظ،"; no word ends in آ.
		ok = b >= 0xE0 || !after && (b == 0xC2 || encForeign(sign))
	default:
		ok = b < 0xD8 || b >= 0xE0 || !after
	}
	return i + m, ok
}

// afterLetter reports a letter before i that a run of the rule would be part of a word with: "PIÙ…", "حفظ…".
func (s *encScan) afterLetter(k, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s.text[:i])
	return unicode.IsLetter(r) && (k == encCP1256 || r < 0x600)
}

// encEvidence is what speaks for a run.
type encEvidence struct {
	end     int // of the last pair
	letters int // Arabic letters
	foreign int // signs that no text has beside letters
	longest int // most pairs without a gap
	pairs   int // stretches of at least two
	marks   int // punctuation of three bytes, emoji
	latin   int // others
	sign    bool
}

// encLook goes along the run that s begins with.
func encLook(k int, s string) (ev encEvidence) {
	p, at, stretch := &encPages[k], 0, 0
	for at < len(s) {
		r, n := p.unit(s[at:])
		if n == 0 {
			if c := s[at]; c < utf8.RuneSelf && encGap[c] {
				at, stretch = at+1, 0
				continue
			}
			break
		}
		if stretch++; stretch == 2 {
			ev.pairs++
		}
		ev.longest = max(ev.longest, stretch)
		ev.count(r, s[at:at+n])
		at += n
		ev.end = at
	}
	return ev
}

// count adds a pair.
func (ev *encEvidence) count(r rune, raw string) {
	switch {
	case encIsLetter(r):
		ev.letters++
	case r >= 0x2000:
		ev.marks++
	case r < 0x600:
		ev.latin++
		ev.sign = ev.sign || strings.ContainsRune("«©®°£·½²³\u00A0", r)
	}
	if last, _ := utf8.DecodeLastRuneInString(raw); encForeign(last) {
		ev.foreign++
	}
}

// encForeign reports a sign that does not touch a word in any text.
func encForeign(r rune) bool {
	return !unicode.IsLetter(r) && !strings.ContainsRune("،؛؟…‘’“”«»–—•‹›\u00A0\u200C\u200D", r)
}

// proves reports a run that needs no other.
func (ev *encEvidence) proves(k int, raw string) bool {
	switch {
	case k == encCP1256:
		// Its leads are letters of Arabic and some of its signs stand in every text: "حفظ، ظ".
		return ev.letters >= 4 && ev.foreign >= 2 && (ev.longest >= 3 || ev.pairs >= 2)
	case ev.letters >= 4 && ev.longest >= 2:
		return true
	case k == encCP1252 && (ev.marks > 0 || ev.sign):
		return true
	}
	// Read wrongly twice: what comes out is a run again.
	return ev.letters == 0 && ev.latin >= 8 && encLookAll(k, encUnits(k, raw))
}

// encLookAll reports text that begins with a run that proves itself and has Arabic letters.
func encLookAll(k int, text string) bool {
	ev := encLook(k, text)
	return ev.letters >= 4 && ev.longest >= 2 && ev.end > len(text)/2
}

// encDecode returns what a run of a rule stands for.
func encDecode(k int, raw string) string {
	if k == encArabicAsLatin {
		return encByBytes(raw)
	}
	text := encUnits(k, raw)
	if ev := encLook(k, raw); ev.letters == 0 && encLookAll(k, text) {
		text = encUnits(k, text)
	}
	return text
}

// encUnits decodes all pairs in raw and leaves the rest.
func encUnits(k int, raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	for p, at := &encPages[k], 0; at < len(raw); {
		r, n := p.unit(raw[at:])
		switch {
		case n == 0:
			_, n = utf8.DecodeRuneInString(raw[at:])
			b.WriteString(raw[at : at+n])
		case r != 0xFEFF:
			b.WriteRune(r)
		}
		at += n
	}
	return b.String()
}
