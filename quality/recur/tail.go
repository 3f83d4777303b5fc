package recur

import "strings"

const (
	tailUnits = 8    // at most so many units from the end, and
	tailBytes = 2500 // so many bytes, is near the end
)

// tailOf returns the index of the first unit that is near the end of the text; the last always is.
func tailOf(units []unit) int {
	i := max(0, len(units)-1)
	for i > 0 && len(units)-i < tailUnits && units[len(units)-1].end-units[i-1].start <= tailBytes {
		i--
	}
	return i
}

// addUnits appends the marks of a text.
func (b *Batch) addUnits(text string, units []unit) {
	tail, first := tailOf(units), len(b.marks)
	open := uint8(0)
	if n := len(units); n > 0 && !units[n-1].closed {
		open = isOpen
	}
	for i := range units {
		u := &units[i]
		if u.wordless {
			continue
		}
		b.mask.set(text[u.start:u.end])
		if b.mask.words == 0 {
			continue
		}
		m := mark{key: hash(b.mask.text), start: uint32(u.start), end: uint32(u.end), words: uint16(min(b.mask.words, 1<<16-1)), flags: open | place(units, i, tail)}
		m.whole = b.mask.whole && b.mask.words <= maxWords
		if i >= tail {
			m.depth = uint8(depth(units, i))
		}
		if n := len(b.marks); n == first {
			m.flags |= isFirst
		} else {
			b.marks[n-1].next = sketchBit(m.key)
		}
		if strings.HasSuffix(text[u.start:u.end], "؟") {
			m.flags |= isQuestion
		}
		m.leads = b.addLeads(m.flags)
		b.marks = append(b.marks, m)
	}
}

// addLeads appends the leads of the unit that is masked, and returns their number: everywhere those of one and two words, near an end
// of the text all. What follows a lead is its next word, what follows the longest the rest of the unit.
func (b *Batch) addLeads(flags uint8) uint8 {
	most := 2
	switch {
	case flags&isFirst != 0:
		most = maxLead
	case flags&inTail != 0:
		most = tailLead
	}
	if most = min(most, b.mask.words-1); most < 1 {
		return 0
	}
	text, spaces := b.mask.text, b.mask.marks.spaces
	end := spaces.Next(0, len(text))
	b.leads = append(b.leads, firstLead(sumWord(text, 0, end)))
	for n := 1; n <= most; n++ {
		to := len(text)
		if n < maxLead {
			to = spaces.Next(end+1, len(text))
		}
		b.leads = append(b.leads, sumWord(text, end, to)|1)
		end = to
	}
	return uint8(most)
}

// place returns the flags of a unit's place.
func place(units []unit, i, tail int) (flags uint8) {
	u := &units[i]
	if i >= tail && i > 0 {
		flags |= inTail
	}
	if !u.closed {
		flags |= isLoose
	}
	if u.line == units[len(units)-1].line || i == len(units)-1 {
		flags |= isLast
	}
	if (i == 0 || units[i-1].line != u.line) && (i == len(units)-1 || units[i+1].line != u.line) {
		flags |= isLine
	}
	if i == 0 || units[i-1].line != u.line {
		flags |= isLineStart
	}
	return flags
}

// depth returns the number of lines with text from that of unit i to the last, for a unit near the end.
func depth(units []unit, i int) int {
	n, line := 0, int32(-1)
	for _, u := range units[i:] {
		if u.line != line && !u.wordless {
			n, line = n+1, u.line
		}
	}
	return n
}
