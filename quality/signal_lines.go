package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// before says whether a key was added before. A full table says no to what it does not hold.
func (t *table) before(s string) bool {
	if t.n >= measuredTokens {
		return t.find(xxhash.Sum64String(s)).id != 0
	}
	_, fresh := t.add(xxhash.Sum64String(s))
	return !fresh
}

// endRow counts a row, without its end, for Gopher's rules and C4's.
func (a *Analyzer) endRow(row string) {
	s, n, r := &a.out, &a.n, &a.scan.row
	s.Sentences += float64(r.sentences)
	n.rows++
	row = trimPython(row)
	if row == "" {
		return
	}
	n.bullets += bit(row[0] == '-' || strings.HasPrefix(row, "•"))
	n.ellipses += bit(endsInEllipsis(row))
	a.c4(row, r)
}

// pythonSpace is str.isspace of one character.
func pythonSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }

// trimPython is str.strip.
func trimPython(s string) string {
	if plainStart(s) && plainEnd(s) {
		return s
	}
	return strings.TrimFunc(s, pythonSpace)
}

func endsInEllipsis(s string) bool {
	return strings.HasSuffix(s, "...") || strings.HasSuffix(s, "…")
}

// endLine counts a line, without its "\n", for the rules over lines.
func (a *Analyzer) endLine(line string) {
	n, c := &a.n, &a.scan
	chars := c.chars - c.lineChars
	a.longest(chars)
	n.newlines += bit(c.lineStart+len(line) < len(c.text))
	if line == "" {
		return
	}
	dup := a.lines.before(line)
	n.gopherLines++
	n.dupLines += bit(dup)
	n.dupLineChars += chars * bit(dup)
	if bare := trimPython(line); bare != "" {
		a.out.Lines++
		n.short += bit(chars <= 30)
		n.fineDup += chars * bit(dup)
		a.lineEnds(line, bare)
		a.unit(trimmed(bare))
	}
}

// bulletPoints are RedPajama-2's.
const bulletPoints = "•‣▶◀◦■□▪▫–"

// lineEnds looks at the ends of a line, as it stands for FineWeb, bare of white space for RedPajama-2.
func (a *Analyzer) lineEnds(line, bare string) {
	n := &a.n
	n.ended += bit(a.scan.lastClass(line)&isTerminal != 0)
	first, _ := utf8.DecodeRuneInString(bare)
	last, _ := utf8.DecodeLastRuneInString(bare)
	n.rpBullets += bit(strings.ContainsRune(bulletPoints, first))
	n.rpEnded += bit(strings.ContainsRune(".!?”", last))
	n.rpEllipsis += bit(endsInEllipsis(bare))
}

// longest keeps the lengths of the three longest lines.
func (a *Analyzer) longest(chars int) {
	for i, l := range a.top {
		if chars > l {
			a.top[i], chars = chars, l
		}
	}
}

// emptyEnds is the number of empty lines that re.split("\n+") finds at the ends of a text.
func (a *Analyzer) emptyEnds(text string) int {
	if text == "" {
		return 1
	}
	return bit(text[0] == '\n') + bit(text[len(text)-1] == '\n')
}

// paragraphs counts those that stood before: what re.split("\n{2,}") makes of the text without its white ends.
func (a *Analyzer) paragraphs(text string) {
	rest := trimPython(text)
	all, dup, chars := 0, 0, 0
	for more := true; more; {
		var p string
		p, rest, more = strings.Cut(rest, "\n\n")
		rest = strings.TrimLeft(rest, "\n")
		all++
		if a.paras.before(p) {
			dup++
			chars += utf8.RuneCountInString(p)
		}
	}
	a.out.GopherDupParas = ratio(dup, all)
	a.out.GopherDupParaChars = ratio(chars, a.scan.chars)
}

// unit counts a trimmed line or sentence.
func (a *Analyzer) unit(u string) {
	if u == "" {
		return
	}
	n := &a.n
	n.units++
	n.finished += bit(a.scan.lastClass(u)&isTerminal != 0 || closed(u))
	n.unitChars += len(u)
	a.lastUnit = u
	if len(u) >= shortestUnit && a.unitBefore(u) {
		n.dupUnitChars += len(u)
	}
}

// shortestUnit is the length, in bytes, from which a unit counts that stood before.
const shortestUnit = 20

// unitBefore says whether a unit, of that length at least, stood before; in a quick look, whether one stood that may be the same.
func (a *Analyzer) unitBefore(u string) bool {
	if !a.quick {
		return a.units.before(u)
	}
	key := load64(u)*0x9E3779B97F4A7C15 ^ load64(u[len(u)-8:])*0xD6E8FEB86659FD93 ^ load64(u[len(u)/2-4:]) ^ uint64(len(u))
	_, fresh := a.units.add(key)
	return !fresh
}

// closers may follow the mark that ends a sentence.
const closers = "»\"”’')]}﴾…*"

// closed says whether a unit ends with the end of a quotation or of brackets.
func closed(u string) bool {
	r, _ := utf8.DecodeLastRuneInString(u)
	return strings.ContainsRune(closers, r)
}

// sentence notes where a sentence begins: the units of a text of one line.
func (a *Analyzer) sentence(i int) {
	if len(a.starts) < measuredTokens {
		a.starts = append(a.starts, i)
	}
}

// openEnds are the last signs of a text that promises more: a colon, a comma, a question that it does not answer.
const openEnds = ":،,؟?؛"

func (a *Analyzer) finishUnits() {
	s, n := &a.out, &a.n
	if s.Lines == 1 && len(a.starts) > 1 {
		a.sentences()
	}
	s.Units = float64(n.units)
	s.UnitsFinished = ratio(n.finished, n.units)
	s.UnitsDupChars = ratio(n.dupUnitChars, n.unitChars)
	s.UnitWords = ratio(int(s.ProseWords), n.units)
	last, _ := utf8.DecodeLastRuneInString(a.lastUnit)
	s.EndsOpen = float64(bit(a.lastUnit != "" && strings.ContainsRune(openEnds, last)))
}

// sentences counts sentences as units, in place of the one line.
func (a *Analyzer) sentences() {
	n := &a.n
	n.units, n.finished, n.unitChars, n.dupUnitChars = 0, 0, 0, 0
	a.units.reset(0)
	text := a.scan.text
	for i, start := range a.starts {
		end := len(text)
		if i+1 < len(a.starts) {
			end = a.starts[i+1]
		}
		a.unit(trimmed(text[start:end]))
	}
}
